import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { listed, startSim } from './support.ts';

// The carrier's own description is not ours to publish; where a copy lies beside the repository, answers must fit it.
const DESCRIPTION = new URL('../../../../shared/telnyx/telnyx-numbers-openapi.json', import.meta.url);

/** A check that an answer fits what the description says about it. */
function openCheck() {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const text = readFileSync(DESCRIPTION, 'utf8');
  ajv.addSchema(JSON.parse(text), 'openapi');
  const check = (path: string, answer: unknown) => {
    const pointer = path
      .split(' ')
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const validate = ajv.getSchema(`openapi#/${pointer}`);
    if (!validate) throw new Error(`The description has no ${path}.`);
    expect(validate(answer), `${path}: ${ajv.errorsText(validate.errors)}`).toBe(true);
  };
  const ok = (method: string, path: string, answer: unknown) =>
    check(`paths ${path} ${method} responses 200 content application/json schema`, answer);
  return { check, ok };
}

test.runIf(existsSync(DESCRIPTION))('every answer fits the OpenAPI description', async () => {
  const { check, ok } = openCheck();
  const sim = await startSim();
  const { body: found } = await sim.search({ country_code: 'US', best_effort: 'true', limit: '60' });
  ok('get', '/available_phone_numbers', found);
  ok('get', '/available_phone_numbers', (await sim.search({ country_code: 'FR' })).body);
  for (const number of ['+14155550101', '+14155550911', '+14155550902', '+442079460000']) {
    const { body } = await sim.buy(number);
    ok('post', '/number_orders', body);
    ok(
      'get',
      '/number_orders/{number_order_id}',
      (await sim.call('GET', `/number_orders/${body.data.id}`)).body,
    );
  }
  ok('get', '/number_orders', (await sim.call('GET', '/number_orders')).body);
  ok('get', '/phone_numbers', (await sim.call('GET', '/phone_numbers')).body);
  const { id } = await listed(sim, '+14155550101');
  ok('get', '/phone_numbers/{id}', (await sim.call('GET', `/phone_numbers/${id}`)).body);
  ok('patch', '/phone_numbers/{id}', (await sim.call('PATCH', `/phone_numbers/${id}`, { tags: ['a'] })).body);
  ok('delete', '/phone_numbers/{id}', (await sim.call('DELETE', `/phone_numbers/${id}`)).body);
  const errors = [
    await sim.call('GET', '/number_orders/none'),
    await sim.call('GET', '/number_orders', undefined, { authorization: '' }),
    await sim.call('POST', '/number_orders', {}),
    await sim.order('+14155550910'),
  ];
  for (const { body } of errors) {
    expect(body.errors).toHaveLength(1);
    check('components schemas numbers_Errors', body);
  }
});

test.runIf(existsSync(DESCRIPTION))('the check notices an answer that does not fit', () => {
  const { ok } = openCheck();
  expect(() => ok('get', '/number_orders', { data: [{ status: 'done' }] })).toThrow('status');
});
