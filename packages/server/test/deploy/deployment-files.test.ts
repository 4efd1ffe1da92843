import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { buildServer } from '../support/build.ts';

const root = new URL('../../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Every variable that operators can set. */
const VARIABLES = [...read('docs/configuration.md').matchAll(/^### `([A-Z][A-Z_]+)`$/gm)].map(
  ([, name]) => name,
);
const NODE_VERSION: string = JSON.parse(read('package.json')).dependencies.node;

interface Container {
  image: string;
  command?: string[];
  securityContext: object;
}

interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: { template: { spec: { containers: Container[]; securityContext: object } } };
}

// What the files start is in the build.
beforeAll(buildServer);

const FENCED = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

describe('the Dockerfile', () => {
  const dockerfile = read('Dockerfile');

  it('is well-formed', () => {
    expect(validate(dockerfile).map(({ message }) => message)).toEqual([]);
  });

  it('copies what is there', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, paths = '']) =>
      paths.split(' ').slice(0, -1),
    );
    expect(copied.length).toBeGreaterThan(10);
    for (const path of copied) expect(existsSync(new URL(path, root)), path).toBe(true);
  });

  it('takes the Node.js that the tests run on, and runs as nobody', () => {
    expect(dockerfile).toContain(`ARG NODE_IMAGE=node:${NODE_VERSION}-alpine`);
    expect(dockerfile).toMatch(/^USER 65534:65534$/m);
  });

  it('starts the server like npm start', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const [, started = ''] = /^CMD (.+)$/m.exec(dockerfile) ?? [];
    expect(scripts.start).toContain(JSON.parse(started).join(' '));
  });
});

describe('the compose file', () => {
  const { services, 'x-server': server } = parse(read('deploy/compose.yaml'), { merge: true });

  it('sets variables that there are', () => {
    for (const name of Object.keys(server.environment)) expect(VARIABLES).toContain(name);
  });

  it('runs two servers after the migration, fenced in', () => {
    for (const name of ['server-1', 'server-2']) {
      expect(services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      expect(services[name].depends_on).toHaveProperty('migrate.condition', 'service_completed_successfully');
    }
    expect(existsSync(new URL(services.migrate.command[1], root))).toBe(true);
  });
});

describe('the manifests', () => {
  const folder = 'deploy/kubernetes/';
  const files = readdirSync(new URL(folder, root)).filter((name) => name !== 'kustomization.yaml');
  const kustomization = parse(read(`${folder}kustomization.yaml`));
  const manifests = files.flatMap((name) =>
    parseAllDocuments(read(folder + name)).map((document) => document.toJS() as Manifest),
  );

  it('are all applied', () => {
    expect(kustomization.resources.toSorted()).toEqual(files.toSorted());
  });

  it('set variables that there are', () => {
    const literals: string[] = kustomization.configMapGenerator[0].literals;
    for (const literal of literals) expect(VARIABLES).toContain(literal.split('=')[0]);
  });

  it.each(['Job', 'Deployment'])('fence the containers of the %s in', (kind) => {
    const found = manifests.filter((manifest) => manifest.kind === kind);
    expect(found).toHaveLength(1);
    for (const { spec } of found) {
      expect(spec.template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
      for (const container of spec.template.spec.containers) {
        expect(container.image).toBe(kustomization.images[0].name);
        expect(container.securityContext).toEqual(FENCED);
        for (const path of container.command?.slice(1) ?? [])
          expect(existsSync(new URL(path, root)), path).toBe(true);
      }
    }
  });
});

describe('the systemd unit', () => {
  it('starts the server like npm start', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const [, started = ''] =
      /^ExecStart=\S+\/node (.+)$/m.exec(read('deploy/systemd/talkturo-numbers.service')) ?? [];
    expect(started).not.toBe('');
    expect(scripts.start).toContain(started);
  });
});
