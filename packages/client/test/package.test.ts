import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES_WITH_SAMPLES } from '../../server/test/docs/samples.ts';
import { newTeam, OPERATOR_TOKEN, type Service, startService } from '../../server/test/support/service.ts';
import { type Packed, pack, run } from './support/packed.ts';

const TSC = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));

/** Uses a bit of everything, so that the types have to be there. */
const PROGRAM = `import { type Offer, PlanLimitReachedError, Talkturo, verifyWebhook } from '@talkturo/client';

const [baseUrl, apiKey, teamId] = JSON.parse(globalThis.atob('SETTINGS')) as [string, string, string];
const client = new Talkturo({ baseUrl, apiKey, teamId });
const { numbers } = await client.phoneNumbers.search({ countryCode: 'US', areaCode: '415', limit: 1 });
const offer: Offer | undefined = numbers[0];
try {
  const { phoneNumber } = await client.phoneNumbers.purchaseAndWait({ phoneNumber: offer?.phoneNumber ?? '' });
  for await (const { phone_number } of client.phoneNumbers.list()) console.log(phone_number, phoneNumber.status);
} catch (error) {
  if (error instanceof PlanLimitReachedError) console.log(error.eligibility?.maxAllowed, error.code === 'plan_limit_reached');
  throw error;
}
// @ts-expect-error a country is wanted
client.phoneNumbers.search({ areaCode: '415' }).catch(() => {});
await verifyWebhook('{}', new Headers(), 'whsec_AAAA').catch(({ reason }) => console.log(reason));
`;

/** The examples that are there to be run: each says by itself all that it needs. */
const samples = ['packages/client/README.md', ...PAGES_WITH_SAMPLES].flatMap((file) => {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  return [...text.matchAll(/```ts\n(.*?)```/gs)].map(
    ([, sample = ''], index) => [file, index + 1, sample] as const,
  );
});

describe('the package', () => {
  let packed: Packed;

  beforeAll(() => {
    packed = pack();
  });
  afterAll(() => packed.remove());

  it('has the licence, the README, what was built and its source, and needs nothing', () => {
    const folder = join(packed.directory, 'node_modules/@talkturo/client');
    expect(readdirSync(folder).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json', 'src']);
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies');
    expect(readdirSync(join(packed.directory, 'node_modules/@talkturo'))).toEqual(['client']);
    // It has dependencies, and is for the command line.
    for (const part of ['dist', 'src']) expect(readdirSync(join(folder, part))).not.toContain('mcp');
  });

  it('is one that publint has nothing to say about', async () => {
    const { messages, pkg } = await publint({
      pack: { tarball: arrayBufferOf(packed.tarball) },
      strict: true,
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('has types that are right however it is imported', async () => {
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(packed.tarball)));
    if (!analysis.types) expect.fail('has no types');
    // It is for \`import\`; who requires it gets the same module, on versions of Node.js that can.
    const problems = analysis.problems.filter(({ kind }) => kind !== 'CJSResolvesToESM');
    expect(problems).toEqual([]);
    expect(Object.keys(analysis.entrypoints)).toEqual(['.', './package.json']);
  });

  it.each([
    ['bundler', 'esnext'],
    ['nodenext', 'nodenext'],
  ])('type-checks with moduleResolution %s, in browsers as well', (moduleResolution, module) => {
    packed.write('main.ts', PROGRAM);
    const compilerOptions = {
      module,
      moduleResolution,
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable'],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: false,
    };
    packed.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['main.ts'] }));
    run(process.execPath, [TSC, '-p', '.'], packed.directory);
  });

  describe('against a server', () => {
    let service: Service;
    let environment: Record<string, string>;

    beforeAll(async () => {
      service = await startService({ kind: 'postgres' });
      const { token, teamId } = await newTeam(service, { mode: 'test' });
      environment = {
        TALKTURO_BASE_URL: await service.app.server.listen({ port: 0, host: '127.0.0.1' }),
        TALKTURO_API_KEY: token,
        TALKTURO_TEAM_ID: teamId,
        OPERATOR_TOKEN,
      };
    });
    afterAll(() => service.stop());

    const runProgram = async (text: string) => {
      const file = packed.write('run.ts', text);
      const env = { PATH: process.env.PATH, ...environment };
      return promisify(execFile)(process.execPath, [file], { cwd: packed.directory, env });
    };

    it('has a command line that needs nothing else', async () => {
      const { token } = await newTeam(service, { mode: 'test' });
      const talkturo = (...parameters: string[]) =>
        promisify(execFile)(join(packed.directory, 'node_modules/.bin/talkturo'), parameters, {
          cwd: packed.directory,
          env: { PATH: process.env.PATH, HOME: packed.directory, ...environment, TALKTURO_API_KEY: token },
        });
      expect((await talkturo('--help')).stdout).toContain('carrier-sim');
      const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
      expect((await talkturo('--version')).stdout).toBe(`${version}\n`);
      await talkturo('login');
      const { stdout } = await talkturo('numbers', 'buy', '--area-code', '212', '--yes');
      expect(JSON.parse(stdout)).toMatchObject([{ status: 'active' }]);
      expect((await talkturo('completion', 'zsh')).stdout).toContain('talkturo');
      // What is bundled only where it is asked for.
      expect((await talkturo('carrier-sim', '--help')).stdout).toContain('talkturo carrier-sim [--port');
    });

    it('works from an empty folder', async () => {
      const { TALKTURO_BASE_URL, TALKTURO_API_KEY, TALKTURO_TEAM_ID } = environment;
      const settings = btoa(JSON.stringify([TALKTURO_BASE_URL, TALKTURO_API_KEY, TALKTURO_TEAM_ID]));
      const { stdout } = await runProgram(PROGRAM.replace('SETTINGS', settings));
      expect(stdout).toMatch(/^\+1415\d{7} active\nmissing_headers\n$/);
    });

    it.each(samples)('runs example of %s, number %s', async (_file, _number, sample) => {
      expect(sample).toContain("from '@talkturo/client';");
      await runProgram(sample);
    });
  });
});

function arrayBufferOf({ buffer, byteOffset, byteLength }: Buffer): ArrayBuffer {
  return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
}
