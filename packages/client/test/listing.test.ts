import { describe, expect, it } from 'vitest';
import { clientWith, ok, refused } from './support/fake-server.ts';

const page = (ids: string[], next_cursor: string | null) =>
  ok({ numbers: ids.map((id) => ({ id })), next_cursor });
const query = (url = '') => Object.fromEntries(new URL(url).searchParams);

describe('a list', () => {
  it('comes page by page, each asked for when it is needed', async () => {
    const { client, sent } = clientWith([page(['a', 'b'], 'c1'), page([], 'c2'), page(['c'], null)]);
    const seen: [string, number][] = [];
    const numbers = client.phoneNumbers.list({ teamId: 'team_1', status: 'active' });
    expect(sent).toHaveLength(0);
    for await (const { id } of numbers) seen.push([id, sent.length]);
    expect(seen).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 3],
    ]);
    const filters = { teamId: 'team_1', status: 'active', limit: '100' };
    expect(sent.map(({ url }) => query(url))).toEqual([
      filters,
      { ...filters, cursor: 'c1' },
      { ...filters, cursor: 'c2' },
    ]);
  });

  it('asks for no more than what is looked at', async () => {
    const { client, sent } = clientWith([page(['a'], 'c1')]);
    for await (const _ of client.phoneNumbers.list({ teamId: 'team_1' })) break;
    expect(sent).toHaveLength(1);
  });

  it('gives all at once, or one page, of the size and from the place that was asked for', async () => {
    const { client, sent } = clientWith([page(['a'], 'c1'), page(['b'], null), page(['c'], 'c9')]);
    const all = await client.phoneNumbers.list({ teamId: 'team_1', limit: 1 }).all();
    expect(all.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(query(sent[1]?.url)).toEqual({ teamId: 'team_1', limit: '1', cursor: 'c1' });

    const one = await client.phoneNumbers.list({ teamId: 'team_1', cursor: 'c8' }).page();
    expect(one).toMatchObject({ numbers: [{ id: 'c' }], next_cursor: 'c9' });
    expect(query(sent[2]?.url)).toEqual({ teamId: 'team_1', limit: '100', cursor: 'c8' });
  });

  it('can be gone through again', async () => {
    const { client } = clientWith([page(['a'], null), page(['b'], null)]);
    const numbers = client.phoneNumbers.list({ teamId: 'team_1' });
    expect(await numbers.all()).toEqual([{ id: 'a' }]);
    expect(await numbers.all()).toEqual([{ id: 'b' }]);
  });

  it('ends with what a page is refused with, and with the signal', async () => {
    const { client } = clientWith([page(['a'], 'c1'), refused(403, 'forbidden')]);
    const seen: string[] = [];
    const work = async () => {
      for await (const { id } of client.phoneNumbers.list({ teamId: 'team_1' })) seen.push(id);
    };
    await expect(work()).rejects.toMatchObject({ code: 'forbidden' });
    expect(seen).toEqual(['a']);

    const reason = new Error('left');
    const numbers = client.phoneNumbers.list({ teamId: 'team_1' }, { signal: AbortSignal.abort(reason) });
    await expect(numbers.all()).rejects.toBe(reason);
  });
});
