import * as library from '@talkturo/client';
import {
  InvalidRequestError,
  PlanLimitReachedError,
  RefusalError,
  TalkturoError,
  UnexpectedResponseError,
} from '@talkturo/client';
import { describe, expect, it } from 'vitest';
import { REFUSAL_STATUS } from '../../server/src/domain/refusal.ts';
import { clientWith, connectionRefused, htmlPage, type Reply, refused } from './support/fake-server.ts';

async function errorOf(reply: Reply, options: library.TalkturoOptions = {}): Promise<library.RefusalError> {
  const { client } = clientWith([reply], { maxRetries: 0, ...options });
  return client.phoneNumbers.get('pn_1').then(
    () => expect.fail('went well'),
    (error) => error,
  );
}

describe('a refusal', () => {
  it.each(Object.entries(REFUSAL_STATUS))('%s has a class of its own', async (code, status) => {
    const error = await errorOf(refused(status, code));
    expect(error).toMatchObject({ status, code, requestId: 'req_1', message: 'No.' });
    expect(error).toBeInstanceOf(RefusalError);
    expect(error).toBeInstanceOf(TalkturoError);
    const Class = Object.values(library).find((each) => each === error.constructor);
    expect(Class).not.toBe(RefusalError);
    expect(error.name).toBe((Class as { name: string }).name);
  });

  it('has what the code has besides', async () => {
    const eligibility = { currentCount: 3, maxAllowed: 3, hasSubscription: true, planName: 'Starter' };
    const full = await errorOf(refused(403, 'plan_limit_reached', { eligibility }));
    expect(full).toBeInstanceOf(PlanLimitReachedError);
    expect(full.eligibility).toEqual(eligibility);

    const issues = [{ path: 'label', message: 'must be text' }];
    const wrong = await errorOf(refused(400, 'invalid_request', { issues, more: 1 }));
    expect(wrong).toBeInstanceOf(InvalidRequestError);
    expect(wrong.issues).toEqual(issues);
    expect(wrong.body).toMatchObject({ success: false, more: 1 });
    expect(wrong.retryAfter).toBeUndefined();
  });

  it.each(['number_is_cursed', 'constructor', 'toString'])(
    'with the code %s of a newer server is a RefusalError',
    async (code) => {
      const error = await errorOf(refused(418, code));
      expect(error.constructor).toBe(RefusalError);
      expect(error).toMatchObject({ code, status: 418, name: 'RefusalError' });
    },
  );

  it('for want of a key says what the client was made without', async () => {
    const unauthorized = () => refused(401, 'unauthorized');
    expect((await errorOf(unauthorized(), { apiKey: undefined })).message).toBe(
      'No. (This client was made without one: new Talkturo({ apiKey: … }).)',
    );
    expect((await errorOf(unauthorized())).message).toBe('No.');
    const { client } = clientWith([unauthorized()]);
    await expect(client.operator.attention()).rejects.toThrow('new Talkturo({ operatorToken: … })');
  });

  it.each([
    ['not_found', 404, '0.2.0', true],
    ['invalid_request', 400, '1.1.0', true],
    ['not_found', 404, '0.1.9', false],
    ['not_found', 404, undefined, false],
    ['forbidden', 403, '0.2.0', false],
  ])(
    '%s (%s) of a server of version %s tells that it is another: %s',
    async (code, status, version, told) => {
      const headers = version === undefined ? {} : { 'x-api-version': version };
      const { message } = await errorOf(refused(status, code, { headers }));
      expect(message).toBe(
        told
          ? `No. (The server speaks version ${version} of the API, and this client was made for 0.1.0: bring the older of the two up to date.)`
          : 'No.',
      );
    },
  );
});

describe('what is no answer of the API', () => {
  it.each([
    [
      'a page',
      htmlPage(200),
      'https://numbers.example.com/api/phone-numbers/pn_1 answered 200 with an HTML page, which is not an answer of this API. Check baseUrl.',
    ],
    ['a page that something is not there', htmlPage(404), 'answered 404 with an HTML page'],
    ['a proxy without its server', htmlPage(502), 'the server may be down behind its proxy'],
    ['other JSON', Response.json({ hello: 1 }), 'application/json of another form'],
    ['nothing', new Response(null, { status: 204 }), 'something without a content type'],
    ['a list', Response.json([]), 'not an answer of this API'],
    ['half a refusal', Response.json({ success: false }, { status: 400 }), 'not an answer of this API'],
    [
      'a refusal with 200',
      Response.json({ success: false, error: 'No.', code: 'x' }),
      'not an answer of this API',
    ],
    [
      'a redirect',
      new Response(null, { status: 301, headers: { location: 'https://other.example/' } }),
      'redirects to https://other.example/. Set baseUrl',
    ],
  ])('is told as such: %s', async (_name, reply, sentence) => {
    const error = await errorOf(reply);
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toContain(sentence);
    expect(error).toMatchObject({ status: reply.status });
  });

  it('names the address and the reason where nothing listens', async () => {
    const error = await errorOf(connectionRefused());
    expect(error.message).toBe(
      'No answer from https://numbers.example.com (ECONNREFUSED). Does the server run there, and is baseUrl right?',
    );
    expect(error.cause).toBeInstanceOf(TypeError);
  });
});
