import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as people from '../support/people.ts';
import {
  buy,
  call,
  newTeam,
  OPERATOR_TOKEN,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { differences, PAGES_WITH_SAMPLES, type Sample, samplesOf } from './samples.ts';

/** What says nothing to a machine, or is another program's. */
const TEXT = ['text', 'mermaid', 'toml', 'yaml'];

/** `ts` is run by packages/client/test/package.test.ts, `js` of docs/webhooks.md by webhooks.test.ts. */
const RUN_ELSEWHERE = ['ts', 'tsx', 'js'];

/** How many samples say that they are not run, and why. One more is to be noticed. */
const NOT_RUN: Record<string, number> = {
  'README.md': 3,
  'docs/client.md': 1,
  'docs/configuration.md': 1,
  'docs/dashboard.md': 1,
  'docs/deploying.md': 5,
  'docs/mcp.md': 2,
  'docs/performance.md': 1,
  'docs/quick-start.md': 2,
  'docs/de/quick-start.md': 2,
};

/** Its commands are tried out by packages/client/test/cli/docs.test.ts. */
const COMMANDS_RUN_ELSEWHERE = ['docs/cli.md'];

describe.each(PAGES_WITH_SAMPLES)('%s', (file) => {
  const samples = samplesOf(file);
  const named = (languages: string[]) =>
    samples
      .filter(({ language, notRun }) => languages.includes(language) && notRun === null)
      .map((sample) => [sample.line, sample] as const);

  it('has samples that are run, or say why not', () => {
    const kinds = ['sh', 'json', 'sql', ...RUN_ELSEWHERE, ...TEXT];
    expect(samples.filter(({ language }) => !kinds.includes(language)).map(({ line }) => line)).toEqual([]);
    const reasons = samples.flatMap(({ notRun }) => notRun ?? []);
    expect(reasons, reasons.join('\n')).toHaveLength(NOT_RUN[file] ?? 0);
  });

  it.each(named(['json']))('has JSON in line %i', (_line, { text }) => {
    JSON.parse(text);
  });

  const queries = named(['sql']);
  const commands = COMMANDS_RUN_ELSEWHERE.includes(file) ? [] : named(['sh']);
  if (queries.length + commands.length === 0) return;

  describe('against a server', () => {
    let service: Service;
    let shell: Shell;

    beforeAll(async () => {
      service = await startService({ kind: 'postgres' });
      shell = await openShell(service, file);
      // A busy machine starts it slowly, and it turns requests away until it has caught up.
      const answers = async () => expect((await call(service, 'GET', '/openapi.json')).status).toBe(200);
      await vi.waitFor(answers, { timeout: 20_000 });
    });
    afterAll(async () => {
      shell.close();
      await service.stop();
    });

    it.each(commands)('runs the commands of line %i', async (_line, sample) => {
      const output = await shell.run(sample);
      if (sample.answer === null) return;
      const shown = JSON.parse(sample.answer);
      const real = JSON.parse(output);
      expect(differences(shown, real)).toEqual([]);
      expect([real.success, real.code]).toEqual([shown.success, shown.code]);
    });

    it.each(queries)('runs the queries of line %i', async (_line, { text }) => {
      for (const query of text.split(';').filter((each) => /\w/.test(each)))
        await service.app.context.db.execute(sql.raw(query));
    });
  });
});

interface Shell {
  run(sample: Sample): Promise<string>;
  close(): void;
}

/** A shell whose variables stay from one sample to the next, with those that the pages speak of. */
async function openShell(service: Service, file: string): Promise<Shell> {
  const baseUrl = await service.app.server.listen({ port: 0, host: '127.0.0.1' });
  const directory = mkdtempSync(join(tmpdir(), 'talkturo-samples-'));
  const env = { PATH: process.env.PATH, OPERATOR_TOKEN, ...(await variables(service, file)) };
  const run = async ({ text, answer }: Sample) => {
    // What is shown as a refusal has to be one.
    const refused = answer?.includes('"success": false');
    const script = `
      [ -f variables ] && . ./variables
      curl() { command curl ${refused ? '' : '--fail-with-body'} --write-out '\\n' "$@"; }
      ${text.replaceAll('http://127.0.0.1:3000', baseUrl)}
      export -p > variables`;
    const options = { cwd: directory, env };
    const shell = promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', script], options);
    const { stdout } = await shell.catch((error) => {
      throw new Error(`${error.message}\n${error.stdout}`);
    });
    return stdout;
  };
  return { run, close: () => rmSync(directory, { recursive: true }) };
}

/** What a page takes for granted: a team with a key, and what it says that there is. */
async function variables(service: Service, file: string): Promise<Record<string, string>> {
  const team = await newTeam(service, { mode: 'test', plan: 'growth' });
  const prepared = await PREPARED[file]?.(service, team);
  return { TEAM: team.teamId, KEY: team.token, ...prepared };
}

type Prepare = (service: Service, team: TeamWithKey) => Promise<Record<string, string>>;

const PREPARED: Record<string, Prepare> = {
  'docs/api.md': async (service, team) => {
    const person = await people.signUp(service, {
      email: 'ann@example.com',
      password: 'correct horse battery',
    });
    await people.join(service, person, team.teamId);
    const { assistant } = await withAssistant(service, team, ['+14155550120']);
    return { ASSISTANT: assistant };
  },
  'docs/assistants.md': async (service, team) => {
    const { assistant, campaign } = await withAssistant(service, team, ['+14155550101', '+14155550102']);
    return { ASSISTANT: assistant, CAMPAIGN: campaign };
  },
};

/** An assistant and a campaign that have numbers. */
async function withAssistant(service: Service, team: TeamWithKey, phoneNumberIds: string[]) {
  const post = async (url: string, body: object) => {
    const answer = await call(service, 'POST', url, { token: team.token, body });
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    return answer.body;
  };
  await post('/api/phone-numbers/search', { filters: { countryCode: 'US', areaCode: '415', limit: 100 } });
  for (const phoneNumber of phoneNumberIds) expect((await buy(service, team, phoneNumber)).status).toBe(200);
  const { assistant } = await post('/api/assistants', { name: 'Sales' });
  await post(`/api/assistants/${assistant.id}/telephony/assign-phone-numbers`, { phoneNumberIds });
  const fromNumbers = phoneNumberIds.map((phoneNumberId) => ({ phoneNumberId }));
  const { campaign } = await post('/api/crm/campaigns', {
    name: 'Run',
    assistantId: assistant.id,
    fromNumbers,
  });
  return { assistant: assistant.id as string, campaign: campaign.id as string };
}
