import {
  AlreadyAssignedError,
  AssistantInUseError,
  ForbiddenError,
  InvalidCredentialsError,
  NoCallerIdError,
  NotFoundError,
  NumberAlreadyOwnedError,
  NumberUnavailableError,
  PlanLimitReachedError,
  PurchasePendingError,
  Talkturo,
  UnauthorizedError,
  verifyWebhook,
} from '@talkturo/client';
import type { OpenAPI3 } from 'openapi-typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../server/src/domain/time.ts';
import { resumePurchases } from '../../server/src/usecases/resume-purchases.ts';
import { DATABASE_KINDS } from '../../server/test/support/databases.ts';
import { lastMail, tokenIn } from '../../server/test/support/people.ts';
import {
  newTeam,
  OPERATOR_TOKEN,
  type Service,
  startService,
  type TeamWithKey,
} from '../../server/test/support/service.ts';
import { startSubscriber } from '../../server/test/support/subscriber.ts';
import { forClients } from '../generate.ts';
import { fetchWithCookies } from './support/cookies.ts';

describe.each(DATABASE_KINDS)('against a server on %s', (kind) => {
  let service: Service;
  let baseUrl: string;
  let team: TeamWithKey;
  let client: Talkturo;

  beforeAll(async () => {
    service = await startService({
      kind,
      environment: { PURCHASE_WAIT_MS: '1000', ALLOW_LOCAL_WEBHOOKS: 'true' },
    });
    baseUrl = await service.app.server.listen({ port: 0, host: '127.0.0.1' });
    team = await newTeam(service, { plan: 'business' });
    client = clientOf(team);
  });
  afterAll(() => service.stop());

  const clientOf = ({ token, teamId }: TeamWithKey) => new Talkturo({ apiKey: token, baseUrl, teamId });

  it('searches, asks, buys, names, releases and restores a number, and lists what happened', async () => {
    const { numbers } = await client.phoneNumbers.search({ countryCode: 'US', areaCode: '415', limit: 2 });
    const phoneNumber = numbers[0]?.phoneNumber ?? '';
    expect(await client.phoneNumbers.eligibility({ phoneNumber })).toMatchObject({ eligible: true });

    const bought = await client.phoneNumbers.purchase({ phoneNumber }, { idempotencyKey: 'first' });
    expect(bought.phoneNumber).toMatchObject({ phone_number: phoneNumber, status: 'active' });
    expect(await client.phoneNumbers.purchase({ phoneNumber }, { idempotencyKey: 'first' })).toEqual(bought);
    await expect(client.phoneNumbers.purchase({ phoneNumber })).rejects.toThrow(NumberAlreadyOwnedError);

    const { id } = bought.phoneNumber;
    const named = await client.phoneNumbers.update(id, { label: 'Front desk' });
    expect(await client.phoneNumbers.get(phoneNumber)).toEqual(named);
    expect((await client.phoneNumbers.release(id)).phoneNumber.status).toBe('releasing');
    expect((await client.phoneNumbers.restore(id)).phoneNumber.status).toBe('active');
    expect((await client.phoneNumbers.release(id, { immediately: true })).phoneNumber.status).toBe(
      'released',
    );

    const events = await client.phoneNumbers.events(id, { limit: 2 }).all();
    expect(events.map(({ type }) => type).reverse()).toEqual([
      'phone_number.purchase_started',
      'phone_number.purchased',
      'phone_number.updated',
      'phone_number.release_started',
      'phone_number.restored',
      'phone_number.release_started',
      'phone_number.released',
    ]);
    expect(await client.events.list({ subject: id, type: 'phone_number.updated' }).all()).toHaveLength(1);
  });

  it('goes through a list page by page', async () => {
    const own = await newTeam(service, { plan: 'business' });
    const { phoneNumbers } = clientOf(own);
    const { numbers } = await phoneNumbers.search({ countryCode: 'US', areaCode: '212', limit: 5 });
    for (const { phoneNumber } of numbers) await phoneNumbers.purchase({ phoneNumber });
    const listed = [];
    for await (const { phone_number } of phoneNumbers.list({ limit: 2 })) listed.push(phone_number);
    expect(listed.toReversed()).toEqual(numbers.map(({ phoneNumber }) => phoneNumber));
    expect(await phoneNumbers.list({ limit: 2 }).page()).toMatchObject({ count: 5, limit: 2 });
  });

  it('orders once where an answer is lost on the way to the client', async () => {
    const phoneNumber = '+13105550101';
    await client.phoneNumbers.search({ countryCode: 'US', areaCode: '310', limit: 1 });
    let lost = 0;
    const shaky = new Talkturo({
      apiKey: team.token,
      baseUrl,
      teamId: team.teamId,
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        await response.text();
        if (lost++ === 0) throw new TypeError('fetch failed');
        return fetch(url, init);
      },
    });
    expect((await shaky.phoneNumbers.purchase({ phoneNumber })).phoneNumber.status).toBe('active');
    expect((await service.sim.ledger({ phoneNumber })).totals.orders).toBe(1);
  });

  it('waits for a purchase that takes its time', async () => {
    const phoneNumber = '+14155550903';
    await client.phoneNumbers.search({ countryCode: 'US', areaCode: '415', startsWith: '5550903' });
    await expect(
      client.phoneNumbers.purchaseAndWait({ phoneNumber }, { idempotencyKey: 'slow', waitMs: 1, pollMs: 1 }),
    ).rejects.toThrow(PurchasePendingError);

    const waiting = client.phoneNumbers.purchaseAndWait(
      { phoneNumber },
      { idempotencyKey: 'slow', pollMs: 1 },
    );
    service.clock.advance(600_000);
    await resumePurchases(service.app.context);
    const { phoneNumber: bought } = await waiting;
    expect(bought).toMatchObject({ phone_number: phoneNumber, status: 'active' });
  });

  it('has a class for each way in which a purchase ends badly', async () => {
    await expect(
      client.phoneNumbers.purchaseAndWait({ phoneNumber: '+14155550901' }, { pollMs: 1 }),
    ).rejects.toThrow(NumberUnavailableError);

    const small = clientOf(await newTeam(service, { plan: 'enterprise', maxNumbers: 1 }));
    await small.phoneNumbers.search({ countryCode: 'US', areaCode: '646', limit: 2 });
    await small.phoneNumbers.purchase({ phoneNumber: '+16465550101' });
    const error = await small.phoneNumbers
      .purchase({ phoneNumber: '+16465550102' })
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(PlanLimitReachedError);
    expect(error).toMatchObject({
      status: 403,
      code: 'plan_limit_reached',
      requestId: expect.stringMatching(/^req_/),
      eligibility: { currentCount: 1, maxAllowed: 1 },
    });
  });

  it('buys several at once, near by where an area code has none, and once where it is repeated', async () => {
    const many = clientOf(await newTeam(service, { plan: 'business' })).phoneNumbers;
    const { nearby } = await many.searchNearby({ countryCode: 'US', areaCode: '628' });
    const phoneNumbers = [nearby[0]?.numbers[0]?.phoneNumber ?? '', '+14155550901'];
    const bought = await many.purchaseMany({ phoneNumbers }, { idempotencyKey: 'many' });
    expect(bought).toMatchObject({
      purchased: 1,
      failed: 1,
      results: [{ success: true }, { success: false }],
    });
    expect(await many.purchaseMany({ phoneNumbers }, { idempotencyKey: 'many' })).toEqual(bought);
    const filters = { countryCode: 'US', areaCode: '206' };
    expect((await many.purchaseMany({ filters, quantity: 3 })).purchased).toBe(3);
    expect((await many.list({ status: 'active' }).all()).length).toBe(4);
    expect((await many.listDetails({ limit: 3 }).all()).length).toBe(4);
    expect(await many.listDetails({ limit: 1 }).page()).toMatchObject({ count: 4, monthly_cost: '4.00' });
    service.clock.advance(31 * DAY_MS);
    expect((await many.idle({ days: 30, limit: 3 }).all()).length).toBe(4);
    expect((await many.overview({ months: 2 })).months).toMatchObject([{ numbers: 4 }, { numbers: 4 }]);
    expect(await many.idle({ days: 32 }).page()).toMatchObject({ count: 0, monthly_cost: '0.00' });
  });

  it('gives numbers to assistants and campaigns, and says where calls go', async () => {
    const voice = clientOf(await newTeam(service, { plan: 'business' }));
    const { numbers } = await voice.phoneNumbers.search({ countryCode: 'US', areaCode: '503', limit: 2 });
    const ids = numbers.map(({ phoneNumber }) => phoneNumber);
    for (const phoneNumber of ids) await voice.phoneNumbers.purchase({ phoneNumber });
    const [one = '', two = ''] = ids;

    const { assistant } = await voice.assistants.create({ name: 'Sales', metadata: { crm: { id: 7 } } });
    expect(assistant.metadata).toEqual({ crm: { id: 7 } });
    const other = (await voice.assistants.create({ name: 'Support' })).assistant;
    expect((await voice.assistants.list({ limit: 1 }).all()).map(({ id }) => id)).toEqual([
      other.id,
      assistant.id,
    ]);
    expect((await voice.assistants.assignNumbers(assistant.id, { phoneNumberIds: [one] })).count).toBe(1);
    const taken = await voice.assistants
      .setNumbers(other.id, { phoneNumberIds: ids })
      .catch((thrown) => thrown);
    expect(taken).toBeInstanceOf(AlreadyAssignedError);
    expect(taken.issues).toMatchObject([{ code: 'already_assigned', assistant: { id: assistant.id } }]);
    expect((await voice.assistants.numbers(assistant.id)).available).toMatchObject([{ phone_number: two }]);
    await voice.assistants.setNumbers(assistant.id, { phoneNumberIds: ids });
    expect(await voice.assistants.assignments().all()).toHaveLength(2);

    expect(await voice.routing.inbound({ to: one })).toMatchObject({
      action: 'assistant',
      reason: 'assigned',
    });
    const { campaign } = await voice.campaigns.create({
      name: 'Spring',
      assistantId: assistant.id,
      fromNumbers: [{ phoneNumberId: two }],
      status: 'running',
    });
    const call = { campaignId: campaign.id, to: '+15035550199' };
    expect(await voice.routing.callerId(call)).toMatchObject({
      phone_number: { phone_number: two },
      calls_today: 1,
    });
    await voice.phoneNumbers.reportHealth(two, { signal: 'spam_flagged' });
    const none = await voice.routing.callerId({ ...call, dryRun: true }).catch((thrown) => thrown);
    expect(none).toBeInstanceOf(NoCallerIdError);
    expect(none.body.decision).toEqual(expect.arrayContaining([expect.any(String)]));
    expect((await voice.phoneNumbers.calls(two, { days: 1 })).days).toMatchObject([
      { outbound_calls: 1, spam_flags: 1 },
    ]);

    expect((await voice.campaigns.update(campaign.id, { status: 'paused' })).campaign.status).toBe('paused');
    expect((await voice.campaigns.get(campaign.id)).campaign.from_numbers).toHaveLength(1);
    expect(await voice.campaigns.list({ limit: 1 }).all()).toMatchObject([{ id: campaign.id }]);
    await voice.campaigns.delete(campaign.id);
    expect((await voice.assistants.update(assistant.id, { name: 'Sellers' })).assistant.name).toBe('Sellers');
    await expect(voice.assistants.delete(assistant.id)).rejects.toThrow(AssistantInUseError);
    await voice.assistants.delete(assistant.id, { force: true });
    await expect(voice.assistants.get(assistant.id)).rejects.toThrow(NotFoundError);
    expect((await voice.assistants.get(other.id)).assistant.phone_number_count).toBe(0);
  });

  it('tells refusals apart', async () => {
    await expect(client.phoneNumbers.get('pn_01m83k6q95fzzsqx74s9617345')).rejects.toThrow(NotFoundError);
    await expect(client.phoneNumbers.list({ teamId: 'team_1' }).page()).rejects.toThrow(ForbiddenError);
    await expect(new Talkturo({ baseUrl }).teams.list().page()).rejects.toThrow(
      /sign in\. \(This client was made without one: new Talkturo\({ apiKey: … }\)\.\)$/,
    );
    await expect(client.phoneNumbers.search({ countryCode: 'us' })).rejects.toMatchObject({
      code: 'invalid_request',
      issues: [{ path: 'filters.countryCode' }],
    });
    await expect(
      new Talkturo({ apiKey: team.token, baseUrl: `${baseUrl}/docs` }).teams.list().page(),
    ).rejects.toThrow('There is no GET /docs/api/teams');
  });

  it('says that an address is that of a page', async () => {
    const lost = new Talkturo({ baseUrl, fetch: () => fetch(`${baseUrl}/docs/`) });
    await expect(lost.teams.list().page()).rejects.toThrow(
      'an HTML page, which is not an answer of this API',
    );
  });

  it('reads the version of the server from every answer', async () => {
    for (const path of ['/api/teams', '/nowhere', '/healthz']) {
      expect((await fetch(baseUrl + path)).headers.get('x-api-version')).toBe('0.1.0');
    }
  });

  it('manages keys, members, invitations and the team', async () => {
    const { apiKey } = await client.apiKeys.create({ mode: 'test', name: 'Second' });
    const second = new Talkturo({ apiKey: apiKey.fullKey, baseUrl });
    expect((await second.apiKeys.test()).success).toBe(true);
    expect((await client.apiKeys.update(apiKey.id, { name: 'Renamed' })).apiKey.name).toBe('Renamed');
    expect((await client.apiKeys.list({ limit: 1 }).all()).map(({ name }) => name)).toContain('Renamed');
    await client.apiKeys.revoke(apiKey.id);
    await expect(second.apiKeys.test()).rejects.toThrow(UnauthorizedError);

    const { teamId } = team;
    expect((await client.teams.update(teamId, { name: 'Renamed' })).team.name).toBe('Renamed');
    expect((await client.teams.get(teamId)).team).toMatchObject({ plan: 'business' });
    expect((await client.teams.plans()).plans[0]).toMatchObject({ id: 'free' });
    expect(await client.teams.list().all()).toMatchObject([{ id: teamId }]);
    const [owner] = await client.members.list(teamId).all();
    await expect(
      client.members.update(teamId, owner?.user_id ?? '', { role: 'member' }),
    ).rejects.toMatchObject({
      code: 'last_owner',
    });
    await expect(client.members.remove(teamId, owner?.user_id ?? '')).rejects.toMatchObject({
      code: 'last_owner',
    });
    const { invitation } = await client.invitations.create(teamId, {
      email: 'zoe@example.com',
      role: 'member',
    });
    expect(await client.invitations.list(teamId).all()).toEqual([invitation]);
    await client.invitations.revoke(teamId, invitation.id);
    expect(await client.invitations.list(teamId).all()).toEqual([]);
  });

  it('sets up a webhook, believes what arrives, and looks into the deliveries', async () => {
    const subscriber = await startSubscriber();
    try {
      const { webhookEndpoints } = client;
      const { endpoint } = await webhookEndpoints.create({ url: subscriber.url, types: ['phone_number.*'] });
      const { delivery } = await webhookEndpoints.test(endpoint.id);
      expect(delivery).toMatchObject({ status: 'succeeded', event_type: 'webhook.test' });
      const [received] = subscriber.received;
      const event = await verifyWebhook(received?.text ?? '', received?.headers ?? {}, endpoint.secret, {
        now: service.clock.now(),
      });
      expect(event).toMatchObject({ type: 'webhook.test', data: { id: delivery.event_id } });
      expect(Object.keys(event.data).sort()).toEqual(
        Object.keys((await client.events.list({ limit: 1 }).page()).events[0] ?? {}).sort(),
      );

      expect((await webhookEndpoints.update(endpoint.id, { enabled: false })).endpoint.enabled).toBe(false);
      expect((await webhookEndpoints.rotateSecret(endpoint.id)).endpoint.secret).not.toBe(endpoint.secret);
      expect((await webhookEndpoints.get(endpoint.id)).endpoint.id).toBe(endpoint.id);
      expect(await webhookEndpoints.list().all()).toHaveLength(1);
      const [listed] = await webhookEndpoints.deliveries(endpoint.id, { limit: 1 }).all();
      const looked = await webhookEndpoints.getDelivery(endpoint.id, listed?.id ?? '');
      expect(looked.delivery.attempts).toHaveLength(1);
      await webhookEndpoints.update(endpoint.id, { enabled: true });
      expect((await webhookEndpoints.redeliver(endpoint.id, delivery.id)).delivery.status).toBe('pending');
      await webhookEndpoints.delete(endpoint.id);
      await expect(webhookEndpoints.get(endpoint.id)).rejects.toThrow(NotFoundError);
    } finally {
      await subscriber.close();
    }
  });

  it('lets people in, and lets them work in a team and a mode', async () => {
    const fetch = fetchWithCookies();
    const browser = new Talkturo({ baseUrl, fetch });
    const email = `ann.${kind}@example.com`;
    const password = 'correct horse battery';
    await browser.auth.signUp({ email, password, name: 'Ann' });
    await browser.auth.resendVerification({ email });
    const { user } = await browser.auth.verifyEmail({ token: tokenIn(await lastMail(service, email)) });
    expect((await browser.auth.session()).user).toEqual(user);
    expect((await browser.auth.updateUser({ name: 'Ann Lee' })).user.name).toBe('Ann Lee');
    await browser.auth.changePassword({ currentPassword: password, newPassword: `${password}!` });
    await browser.auth.signOut();
    await expect(browser.auth.session()).rejects.toThrow(UnauthorizedError);
    await expect(browser.auth.signIn({ email, password })).rejects.toThrow(InvalidCredentialsError);
    await browser.auth.forgotPassword({ email });
    await browser.auth.resetPassword({
      token: tokenIn(await lastMail(service, email)),
      newPassword: password,
    });
    expect((await browser.auth.signIn({ email, password })).teams).toEqual([]);

    const { team: own } = await browser.teams.create({ name: 'Ann’s' });
    const join = async () => {
      await client.invitations.create(team.teamId, { email, role: 'admin' });
      await browser.invitations.accept({ token: tokenIn(await lastMail(service, email)) });
    };
    await join();
    await client.members.remove(team.teamId, user.id);
    await join();
    await expect(browser.webhookEndpoints.get('whe_01m83k6q95fzzsqx74s9617345')).rejects.toMatchObject({
      code: 'invalid_request',
    });

    const inTeam = (teamId: string, mode: 'live' | 'test') => new Talkturo({ baseUrl, fetch, teamId, mode });
    const { numbers } = await inTeam(own.id, 'live').phoneNumbers.search({ countryCode: 'CA', limit: 1 });
    const phoneNumber = numbers[0]?.phoneNumber ?? '';
    expect((await inTeam(own.id, 'live').phoneNumbers.purchase({ phoneNumber })).phoneNumber.is_trial).toBe(
      true,
    );
    expect(await inTeam(own.id, 'live').phoneNumbers.list().all()).toHaveLength(1);
    expect(await inTeam(own.id, 'test').phoneNumbers.list().all()).toEqual([]);
    await expect(inTeam(team.teamId, 'live').phoneNumbers.get(phoneNumber)).rejects.toThrow(NotFoundError);
    const { member } = await client.members.update(team.teamId, user.id, { role: 'member' });
    expect(member).toMatchObject({ user_id: user.id, role: 'member' });
    await browser.teams.leave(team.teamId);
    await expect(inTeam(team.teamId, 'live').phoneNumbers.list().all()).rejects.toThrow(ForbiddenError);
  });

  it('runs the platform', async () => {
    const { operator } = new Talkturo({ operatorToken: OPERATOR_TOKEN, baseUrl });
    const owner = { email: 'zed@example.com', name: 'Zed' };
    const { team: made } = await operator.createTeam({ name: 'Made', plan: 'free', owner });
    expect((await operator.changePlan(made.id, { plan: 'growth' })).team.plan).toBe('growth');
    expect(await operator.listTeams({ search: made.id }).all()).toMatchObject([{ id: made.id, owner }]);
    expect((await operator.listTeams({ limit: 1 }).all()).length).toBeGreaterThan(1);
    const { apiKey } = await operator.createApiKey(made.id, { mode: 'live', name: 'First' });
    expect((await new Talkturo({ apiKey: apiKey.fullKey, baseUrl }).apiKeys.test()).success).toBe(true);
    await operator.revokeApiKey(made.id, apiKey.id);
    expect((await operator.attention()).count).toEqual(expect.any(Number));
    const { reports } = await operator.reconcile({ apply: false });
    expect((await operator.reconciliation()).reports).toEqual(reports);
    await expect(new Talkturo({ operatorToken: 'wrong', baseUrl }).operator.attention()).rejects.toThrow(
      UnauthorizedError,
    );
  });

  it('has by now had a good answer of every route that is for clients', async () => {
    const { paths = {} } = forClients((await (await fetch(`${baseUrl}/openapi.json`)).json()) as OpenAPI3);
    const wanted = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/{(\w+)}/g, ':$1')}`),
    );
    const metrics = await (await fetch(`${baseUrl}/metrics`)).text();
    const counted = metrics.matchAll(/^http_request_duration_seconds_count\{(.*)\}/gm);
    const answered = [...counted].flatMap(([, labels = '']) => {
      const { method, route, status } = Object.fromEntries(
        [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
      );
      return /^2/.test(status ?? '') ? [`${method} ${route}`] : [];
    });
    expect(wanted.filter((route) => !answered.includes(route))).toEqual([]);
    expect(wanted.length).toBeGreaterThan(40);
  });
});
