import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  newKey,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../../../server/test/support/service.ts';
import { type Agent, agentOverHttp, agentOverStdio } from './agents.ts';

const READING = [
  'search_phone_numbers',
  'check_eligibility',
  'list_phone_numbers',
  'get_phone_number',
  'list_assistants',
  'resolve_inbound_call',
];
const TAKING = ['buy_phone_number', 'assign_phone_numbers', 'release_phone_number'];

describe.each([
  ['stdio', agentOverStdio],
  ['HTTP', agentOverHttp],
])('tools over %s', (_name, start) => {
  let service: Service;
  let baseUrl: string;
  let team: TeamWithKey;
  let agent: Agent;

  beforeAll(async () => {
    service = await startService();
    baseUrl = await service.app.server.listen({ port: 0, host: '127.0.0.1' });
    team = await newTeam(service, { plan: 'starter' });
    agent = await start(baseUrl, team.token);
  });
  afterAll(async () => {
    await agent.close();
    await service.stop();
  });

  const ordered = async (phoneNumber: string) => (await service.sim.ledger({ phoneNumber })).totals.orders;

  /** Buys as an agent does: asks, then confirms. */
  async function buy(phoneNumber: string): Promise<void> {
    const { offer } = await agent.use('buy_phone_number', { phoneNumber });
    const { monthlyPrice, setupPrice } = offer;
    const prices = { confirm: true, monthlyPrice, setupPrice };
    expect(await agent.use('buy_phone_number', { phoneNumber, ...prices })).toMatchObject({
      purchased: true,
    });
  }

  it('are listed with schemas, and say what they change', async () => {
    const { tools } = await agent.client.listTools();
    const withHints = (hint: 'readOnlyHint' | 'destructiveHint') =>
      tools.filter(({ annotations }) => annotations?.[hint]).map(({ name }) => name);
    expect(withHints('readOnlyHint')).toEqual(READING);
    expect(withHints('destructiveHint')).toEqual(TAKING);
    expect(tools.map(({ name }) => name).sort()).toEqual(
      [...READING, ...TAKING, 'restore_phone_number'].sort(),
    );
    for (const { annotations, inputSchema, outputSchema, description } of tools) {
      expect(annotations).toMatchObject({ idempotentHint: true, title: expect.any(String) });
      expect(inputSchema.type).toBe('object');
      expect(outputSchema).toMatchObject({ type: 'object', additionalProperties: {} });
      expect(description).toMatch(/\.$/);
    }
    expect(agent.client.getServerVersion()).toMatchObject({ name: 'talkturo', version: '0.1.0' });
    expect(agent.client.getInstructions()).toContain('confirm: true');
  });

  it('search, ask, and buy only what was confirmed with its price', async () => {
    const { numbers } = await agent.use('search_phone_numbers', {
      countryCode: 'US',
      areaCode: '415',
      limit: 1,
    });
    const [{ phoneNumber, monthlyPrice, setupPrice }] = numbers;
    expect(await agent.use('check_eligibility', { phoneNumber })).toMatchObject({ eligible: true });

    const offered = {
      purchased: false,
      mode: 'live',
      offer: { phoneNumber, monthlyPrice, setupPrice },
      eligibility: { currentCount: 0, maxAllowed: 3 },
    };
    const confirmed = { phoneNumber, confirm: true, monthlyPrice, setupPrice };
    for (const input of [
      { phoneNumber },
      { ...confirmed, confirm: false },
      { phoneNumber, confirm: true },
      { phoneNumber, confirm: true, monthlyPrice },
      { ...confirmed, monthlyPrice: '0.99' },
      { ...confirmed, monthlyPrice: '999.00' },
      { ...confirmed, setupPrice: '0.00' },
    ]) {
      const answer = await agent.use('buy_phone_number', input);
      expect(answer).toMatchObject(offered);
      expect(answer.next).toContain(`confirm: true, monthlyPrice: "${monthlyPrice}"`);
    }
    expect(await ordered(phoneNumber)).toBe(0);

    expect(await agent.use('buy_phone_number', confirmed)).toMatchObject({
      purchased: true,
      phoneNumber: { phone_number: phoneNumber, status: 'active' },
      eligibility: { currentCount: 1 },
    });
    expect(await ordered(phoneNumber)).toBe(1);
    expect(await agent.use('list_phone_numbers', { search: phoneNumber })).toMatchObject({ count: 1 });
    expect(await agent.use('get_phone_number', { id: phoneNumber })).toMatchObject({
      phoneNumber: { phone_number: phoneNumber },
    });
  });

  it('repeat a purchase by its key, and do not buy twice', async () => {
    const phoneNumber = '+12125550101';
    await agent.use('search_phone_numbers', { countryCode: 'US', areaCode: '212', limit: 1 });
    const { offer } = await agent.use('buy_phone_number', { phoneNumber });
    const { monthlyPrice, setupPrice } = offer;
    const input = { phoneNumber, confirm: true, monthlyPrice, setupPrice, idempotencyKey: 'mine' };
    const first = await agent.use('buy_phone_number', input);
    expect(first.purchased).toBe(true);
    expect(await agent.use('buy_phone_number', input)).toEqual(first);
    const again = await agent.use('buy_phone_number', { ...input, idempotencyKey: 'another' });
    expect(again.failed).toMatchObject({ code: 'number_already_owned' });
    expect(await ordered(phoneNumber)).toBe(1);
  });

  it('assign, say who answers, and release only what was confirmed with its digits', async () => {
    const phoneNumber = '+13105550101';
    await agent.use('search_phone_numbers', { countryCode: 'US', areaCode: '310', limit: 1 });
    await buy(phoneNumber);
    const { assistantId, campaignId } = await withCampaign(phoneNumber);

    expect(await agent.use('list_assistants')).toMatchObject({
      assistants: [{ id: assistantId, name: 'Sales' }],
    });
    expect(
      await agent.use('assign_phone_numbers', { assistantId, phoneNumberIds: [phoneNumber] }),
    ).toMatchObject({ count: 1 });
    expect(await agent.use('resolve_inbound_call', { to: phoneNumber })).toMatchObject({
      action: 'assistant',
      assistant: { id: assistantId },
    });

    for (const input of [
      {},
      { confirm: true },
      { confirm: true, phoneNumber: '+13105550102' },
      { confirm: false, phoneNumber },
    ]) {
      const answer = await agent.use('release_phone_number', { id: phoneNumber, ...input });
      expect(answer).toMatchObject({
        released: false,
        phoneNumber: { status: 'active' },
        assistant: { id: assistantId, name: 'Sales' },
        campaigns: [{ id: campaignId, name: 'Spring' }],
      });
      expect(answer.next).toContain(`confirm: true and phoneNumber: "${phoneNumber}"`);
    }

    const released = await agent.use('release_phone_number', { id: phoneNumber, confirm: true, phoneNumber });
    const releaseAt = released.phoneNumber.release_at;
    expect(released).toMatchObject({ released: true, phoneNumber: { status: 'releasing' } });
    expect(released.next).toContain(releaseAt);
    expect((await agent.use('release_phone_number', { id: phoneNumber })).next).toContain(releaseAt);
    expect(await agent.use('resolve_inbound_call', { to: phoneNumber })).toMatchObject({ action: 'reject' });
    expect(await agent.use('restore_phone_number', { id: phoneNumber })).toMatchObject({
      phoneNumber: { status: 'active', assistant_id: null },
    });
  });

  async function withCampaign(phoneNumber: string) {
    const post = async (path: string, body: object) => {
      const response = await fetch(baseUrl + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${team.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await response.json()) as Record<string, { id: string }>;
    };
    const { assistant } = await post('/api/assistants', { name: 'Sales' });
    const fromNumbers = [{ phoneNumberId: phoneNumber }];
    const { campaign } = await post('/api/crm/campaigns', { name: 'Spring', fromNumbers });
    await post('/api/crm/campaigns', { name: 'Without numbers' });
    return { assistantId: assistant?.id ?? '', campaignId: campaign?.id ?? '' };
  }

  it('answer with the sentence and the code of the API where it refuses', async () => {
    expect((await agent.use('get_phone_number', { id: '+14155550999' })).failed).toEqual({
      error: expect.stringMatching(/\.$/),
      code: 'not_found',
      request_id: expect.stringMatching(/^req_/),
    });
    const invalid = await agent.use('search_phone_numbers', { countryCode: 'us' });
    expect(invalid.failed).toMatchObject({
      code: 'invalid_request',
      issues: [{ path: 'filters.countryCode' }],
    });
    expect((await agent.use('search_phone_numbers', {})).failed).toContain('countryCode');
  });

  it('tell what stands in the way of a purchase', async () => {
    await agent.use('search_phone_numbers', { countryCode: 'US', areaCode: '646', limit: 1 });
    const full = await agent.use('buy_phone_number', { phoneNumber: '+16465550101' });
    expect(full).toMatchObject({ purchased: false, refusals: [{ code: 'plan_limit_reached' }] });
    expect(full.next).toBe(`Nothing was bought. ${full.refusals[0].error}`);
    const { monthlyPrice, setupPrice } = full.offer;
    const confirmed = { phoneNumber: '+16465550101', confirm: true, monthlyPrice, setupPrice };
    expect((await agent.use('buy_phone_number', confirmed)).failed).toMatchObject({
      code: 'plan_limit_reached',
      eligibility: { currentCount: 3, maxAllowed: 3 },
      idempotencyKey: expect.any(String),
    });
  });

  it('work as far as the key may', async () => {
    const { token } = await newKey(service, team.teamId, { scopes: ['numbers:read'] });
    const reader = await start(baseUrl, token);
    try {
      const { numbers } = await reader.use('list_phone_numbers', { limit: 1 });
      const preview = await reader.use('release_phone_number', { id: numbers[0].id });
      expect(preview).toMatchObject({ released: false, campaigns: null });
      const { phone_number: phoneNumber } = numbers[0];
      const refused = await reader.use('release_phone_number', {
        id: phoneNumber,
        confirm: true,
        phoneNumber,
      });
      expect(refused.failed).toMatchObject({ code: 'forbidden' });
    } finally {
      await reader.close();
    }
  });
});
