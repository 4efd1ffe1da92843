import { request } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { Talkturo } from '@talkturo/client';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpOptions } from '../../src/mcp/serve-http.ts';
import { serve } from './agents.ts';

const TOKEN = 'a-token-of-this-very-server';
const LIST = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}';

describe('access over HTTP', () => {
  let close: () => Promise<void> = async () => {};
  afterEach(() => close());

  const start = async (http: HttpOptions): Promise<string> => {
    const client = new Talkturo({ baseUrl: 'http://127.0.0.1:9', apiKey: 'tk_test_none' });
    const server = await serve({ client, teamId: 'team_1', http });
    close = server.close;
    return server.url;
  };

  /** With headers that `fetch` would not send. */
  const post = (url: string, headers: Record<string, string> = {}, method = 'POST', body = LIST) =>
    new Promise<{ status: number; text: string; headers: object }>((resolve, reject) => {
      const accept = 'application/json, text/event-stream';
      const all = { accept, 'content-type': 'application/json', ...headers };
      const sent = request(url, { method, headers: all }, async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode ?? 0, text, headers: response.headers });
      });
      sent.on('error', reject).end(body);
    });

  it('listens on the loopback unless told otherwise', async () => {
    const url = await start({});
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect(await post(url)).toMatchObject({ status: 200, text: expect.stringContaining('buy_phone_number') });
  });

  it('answers to names of this machine, and to pages of nobody', async () => {
    const url = await start({});
    for (const host of ['localhost', 'localhost:1234', '127.0.0.1', '[::1]:80']) {
      expect((await post(url, { host })).status).toBe(200);
    }
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      'evil@127.0.0.2',
    ]) {
      expect((await post(url, { host })).status).toBe(403);
    }
    for (const origin of ['https://evil.example', 'http://localhost:5173', 'null', new URL(url).origin]) {
      expect((await post(url, { origin })).status).toBe(403);
    }
  });

  it('lets in the hosts and origins that were named', async () => {
    const url = await start({
      token: TOKEN,
      allowedHosts: ['mcp.example.com'],
      allowedOrigins: ['https://app.example.com'],
    });
    const authorization = `Bearer ${TOKEN}`;
    expect((await post(url, { authorization, host: 'mcp.example.com' })).status).toBe(200);
    expect((await post(url, { authorization, host: 'other.example.com' })).status).toBe(403);
    expect((await post(url, { authorization, origin: 'https://app.example.com' })).status).toBe(200);
    expect((await post(url, { authorization, origin: 'https://app.example.com.evil.example' })).status).toBe(
      403,
    );
  });

  it('wants its own token where it has one', async () => {
    const url = await start({ token: TOKEN });
    for (const authorization of ['', TOKEN, `Bearer ${TOKEN}x`, `Basic ${TOKEN}`, 'Bearer ']) {
      expect(await post(url, { authorization })).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'Bearer' },
      });
    }
    const transport = new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { authorization: `Bearer ${TOKEN}` } },
    });
    const client = new Client({ name: 'tests', version: '1.0.0' });
    await client.connect(transport as Transport);
    expect((await client.listTools()).tools).toHaveLength(10);
    await client.close();
  });

  it.each<[HttpOptions, RegExp]>([
    [{ host: '0.0.0.0' }, /give a token/],
    [{ host: '::', allowedHosts: ['mcp.example.com'] }, /give a token/],
    [{ allowedHosts: ['mcp.example.com'] }, /give a token/],
    [{ host: '0.0.0.0', token: TOKEN }, /Name the hosts/],
    [{ host: '0.0.0.0', token: TOKEN, allowedHosts: [] }, /Name the hosts/],
    [{ token: 'short' }, /at least 24/],
    [{ token: '' }, /not empty/],
    [{ token: `${TOKEN}\n` }, /without blanks/],
  ])('does not start open to others: %j', async (http, sentence) => {
    await expect(start(http)).rejects.toThrow(sentence);
  });

  it('says what it does not serve', async () => {
    const url = await start({});
    expect((await post(url.replace('/mcp', '/'))).status).toBe(404);
    expect(await post(url, {}, 'GET', '')).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect((await post(url, {}, 'DELETE', '')).status).toBe(405);
    expect((await post(url, {}, 'POST', 'x'.repeat(70_000))).status).toBe(413);
    expect((await post(url, {}, 'POST', '{')).status).toBe(400);
  });

  it('says that nothing answers at the address of the API', async () => {
    const url = await start({});
    const call = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'get_phone_number', arguments: { id: '+14155550101' } },
    };
    const { text } = await post(url, {}, 'POST', JSON.stringify(call));
    const { result } = JSON.parse(text);
    expect(result.isError).toBe(true);
    expect(JSON.parse(result.content[0].text)).toMatchObject({
      code: 'ConnectionError',
      error: expect.stringContaining('No answer from http://127.0.0.1:9'),
    });
  });
});
