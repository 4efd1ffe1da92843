import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { routesOf } from '../http/routes.ts';
import { call, type Service, startService } from '../support/service.ts';

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
  annotations: { summary: string; description: string };
}

const text = readFileSync(new URL('../../../../deploy/prometheus-rules.yaml', import.meta.url), 'utf8');
const rules: Rule[] = parse(text).groups.flatMap(({ rules }: { rules: Rule[] }) => rules);

/** What Prometheus itself brings: the state of the target, and the labels that it puts on. */
const OF_PROMETHEUS = { metrics: ['up'], labels: ['job', 'instance', 'le'] };

describe('the alarms', () => {
  let service: Service;
  let samples: { name: string; labels: string[] }[];

  beforeAll(async () => {
    service = await startService({ kind: 'postgres' });
    await call(service, 'GET', '/healthz');
    const { body } = await call(service, 'GET', '/metrics');
    samples = [...String(body).matchAll(/^([a-z_0-9]+)(?:\{(.*)\})? /gm)].map(
      ([, name = '', labels = '']) => {
        return { name, labels: [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label) };
      },
    );
  });
  afterAll(() => service.stop());

  it('are well-formed, each with a name of its own', () => {
    expect(rules.length).toBeGreaterThan(5);
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels, annotations, for: wait } of rules) {
      expect(alert).toMatch(/^Talkturo[A-Z]\w+$/);
      expect(['critical', 'warning']).toContain(labels.severity);
      expect(annotations.summary).toMatch(/\S/);
      expect(annotations.description).toMatch(/\.$/);
      if (wait !== undefined) expect(wait).toMatch(/^\d+[mh]$/);
    }
  });

  it.each(rules)('speak of metrics, labels and routes that there are: $alert', ({ expr }) => {
    const urls = routesOf(service.app.server).map(({ url }) => url);
    // Whatever has labels or stands for itself, and is no function.
    const bare = expr.replace(/"[^"]*"/g, '""').replace(/\b(by|without) *\([^)]*\)/g, '');
    const names = [...bare.replace(/\{[^}]*\}/g, '').matchAll(/\b[a-z][a-z0-9_]{1,}\b(?! *\()/g)].map(
      ([name]) => name,
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const there = samples.filter((sample) => sample.name === name);
      expect(there.length > 0 || OF_PROMETHEUS.metrics.includes(name), name).toBe(true);
      const labels = [...there.flatMap((sample) => sample.labels), ...OF_PROMETHEUS.labels];
      for (const [, selector = ''] of expr.matchAll(new RegExp(`${name}\\{([^}]*)\\}`, 'g'))) {
        for (const [, label] of selector.matchAll(/(\w+) *=/g)) expect(labels).toContain(label);
      }
    }
    for (const [, url = ''] of expr.matchAll(/route="([^"]+)"/g)) expect(urls).toContain(url);
  });
});

describe('the page for operators', () => {
  it('names each alarm', () => {
    const page = readFileSync(new URL('../../../../docs/operating.md', import.meta.url), 'utf8');
    for (const { alert } of rules) expect(page).toContain(`\`${alert}\``);
  });
});
