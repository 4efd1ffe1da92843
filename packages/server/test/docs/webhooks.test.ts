import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.ts';
import { newWebhookSecret, signedHeaders } from '../../src/domain/webhook-signature.ts';

const text = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');

describe('the table of events', () => {
  it('has each type once, with its sentence', () => {
    const section = text.slice(text.indexOf('## Types of events'));
    const rows = [...section.matchAll(/^\| `([a-z_.]+)` +\| (\S.*\S) +\|$/gm)];
    expect(rows.map(([, type]) => type)).toEqual([...EVENT_TYPES]);
    for (const [, , sentence] of rows) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });
});

describe('the example of a receiver', () => {
  const directory = mkdtempSync(join(tmpdir(), 'talkturo-docs-'));
  const file = join(directory, 'receiver.mjs');
  writeFileSync(file, /```js\n(.*?)```/s.exec(text)?.[1] ?? '');
  afterAll(() => rmSync(directory, { recursive: true }));

  it('takes what we sign, once, and nothing else', async () => {
    const secret = newWebhookSecret();
    const environment = { ...process.env, WEBHOOK_SECRET: secret, PORT: '0' };
    const receiver = spawn(process.execPath, [file], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const lines = createInterface({ input: receiver.stdout })[Symbol.asyncIterator]();
      const port = (await lines.next()).value?.split(' ')[1];
      const send = async (secrets: string[], { at = new Date(), changed = '' } = {}) => {
        const event = { id: 'evt_1', subject: 'pn_1' };
        const body = JSON.stringify({ type: 'phone_number.purchased', data: event });
        const headers = signedHeaders(secrets, { id: event.id, at, body });
        const url = `http://127.0.0.1:${port}/`;
        return (await fetch(url, { method: 'POST', headers, body: body + changed })).status;
      };
      expect(await send([newWebhookSecret()])).toBe(401);
      expect(await send([secret], { changed: ' ' })).toBe(401);
      expect(await send([secret], { at: new Date(Date.now() - 600_000) })).toBe(401);
      expect(await send([newWebhookSecret(), secret])).toBe(204);
      expect(await send([secret])).toBe(204);
      expect((await lines.next()).value).toBe('phone_number.purchased pn_1');
    } finally {
      receiver.kill();
    }
  });
});
