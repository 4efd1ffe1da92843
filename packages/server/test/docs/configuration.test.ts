import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Config, ConfigError, readConfig } from '../../src/config.ts';

const read = (file: string) => readFileSync(new URL(`../../../../${file}`, import.meta.url), 'utf8');

const sections = new Map(
  read('docs/configuration.md')
    .split(/^#{2,3} /m)
    .flatMap((section) => {
      const [, name, text = ''] = /^`([A-Z_]+)`\n(.*)$/s.exec(section) ?? [];
      return name === undefined ? [] : [[name, text] as const];
    }),
);

/** Every variable that is looked at, found by looking which are. */
const variables = [...variablesRead()].sort();

function variablesRead(): Set<string> {
  const names = new Set<string>();
  const note = (_: object, name: string) => {
    names.add(name);
    return undefined;
  };
  readConfig(new Proxy({}, { get: note }) as Record<string, string>);
  return names;
}

/** What a value is refused with; null where it is taken. */
function complaint(environment: Record<string, string>): string | null {
  try {
    readConfig(environment);
    return null;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

/** Where the name of the field is not the name of the variable. */
const FIELDS: Record<string, keyof Config> = { ALLOW_LOCAL_WEBHOOKS: 'localWebhooks' };

function defaultOf(name: string): Config[keyof Config] {
  const field = name.toLowerCase().replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  const config = readConfig({});
  expect(Object.keys(config)).toContain(FIELDS[name] ?? field);
  return config[FIELDS[name] ?? (field as keyof Config)];
}

/** What stands in place of nothing, where that is not "none". */
const SPOKEN: Record<string, RegExp> = {
  PUBLIC_URL: /Default `http:\/\/HOST:PORT`/,
  MAIL_FROM: /Required with `SMTP_URL`/,
};

describe('the page about the configuration', () => {
  it('has each variable that is read, and no other', () => {
    expect([...sections.keys()].sort()).toEqual(variables);
  });

  it.each(variables)('says the default and the range of %s', (name) => {
    const text = sections.get(name) ?? '';
    const value = defaultOf(name);
    const none = value === null || (Array.isArray(value) && value.length === 0);
    if (!none) expect(text).toContain(`Default \`${value}\``);
    else expect(text).toMatch(SPOKEN[name] ?? /Default none\b/);

    const wrong = complaint({ [name]: '?' }) ?? '';
    const [, min, max] = /whole number from (\d+) to (\d+)/.exec(wrong) ?? [];
    if (min !== undefined) expect(text).toMatch(new RegExp(`\\b${min} to ${max}\\b`));
    const [, length] = /at least (\d+) characters/.exec(wrong) ?? [];
    if (length !== undefined && length !== '1') expect(text).toContain(`at least ${length} characters`);
    const [, choices] = /one of ([\w, ]+);/.exec(wrong) ?? [];
    for (const choice of choices?.split(', ') ?? []) expect(text).toContain(`\`${choice}\``);
  });
});

describe('the table of the README', () => {
  const rows = [...read('README.md').matchAll(/^\| (`[A-Z_`, ]+`) +\| (.+?) +\|/gm)].flatMap(
    ([, names = '', shown = '']) =>
      [...names.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => [name, shown] as const),
  );

  it('has each variable that is read, and no other', () => {
    expect(rows.map(([name]) => name).sort()).toEqual(variables);
  });

  it.each(rows)('says the default of %s', (name, shown) => {
    const value = defaultOf(name);
    const none = value === null || (Array.isArray(value) && value.length === 0);
    if (!none && /^`/.test(shown)) expect(shown).toContain(`\`${value}\``);
    else expect(shown).toMatch(/^(none|made at the first start|see the details|`http:\/\/HOST:PORT`)$/);
  });
});
