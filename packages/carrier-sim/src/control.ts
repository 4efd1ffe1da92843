import type { FastifyInstance } from 'fastify';
import { CarrierError } from './errors.ts';
import type { FaultSpec } from './faults.ts';
import { MAGIC_BEHAVIOURS } from './magic-numbers.ts';
import { addOwnedNumbers, type OwnedNumbersRequest } from './owned-numbers.ts';
import { type Query, textParameter } from './query-parameters.ts';
import { COLLECTIONS, type SimContext } from './sim-context.ts';

const MAX_OWNED_NUMBERS = 500_000;

function badRequest(detail: string): CarrierError {
  return new CarrierError('10015', { detail });
}

function objectBody(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw badRequest('The body must be a JSON object.');
}

function ownedNumbersRequest(body: unknown): OwnedNumbersRequest {
  const { count, customerReference, connectionId, deletionLockEnabled } = objectBody(body);
  if (!Number.isInteger(count) || Number(count) < 1 || Number(count) > MAX_OWNED_NUMBERS) {
    throw badRequest(`count must be from 1 to ${MAX_OWNED_NUMBERS}.`);
  }
  return {
    count: Number(count),
    ...(typeof customerReference === 'string' ? { customerReference } : {}),
    ...(typeof connectionId === 'string' ? { connectionId } : {}),
    ...(typeof deletionLockEnabled === 'boolean' ? { deletionLockEnabled } : {}),
  };
}

function webhookUrl(body: unknown): string | undefined {
  const { url } = objectBody(body);
  if (url === null) return undefined;
  if (typeof url !== 'string' || !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw badRequest('url must be an http or https address, or null.');
  }
  return url;
}

/** Forgets everything: orders, numbers, ledger, faults, webhooks under way. The webhook address stays. */
export async function resetState(ctx: SimContext): Promise<void> {
  ctx.faults.clear();
  ctx.webhooks.clear();
  for (const collection of COLLECTIONS) await ctx.store.clear(collection);
}

/** The endpoints under /_sim, with which tests and people steer the simulator. They ask for no key. */
export function registerControl(app: FastifyInstance, ctx: SimContext): void {
  app.get('/_sim/faults', async () => ({ data: ctx.faults.list() }));
  app.post('/_sim/faults', async (request, reply) => {
    try {
      const data = ctx.faults.add(objectBody(request.body) as unknown as FaultSpec);
      return reply.code(201).send({ data });
    } catch (error) {
      throw error instanceof TypeError ? badRequest(error.message) : error;
    }
  });
  app.delete('/_sim/faults', async () => {
    ctx.faults.clear();
    return { data: [] };
  });

  app.get('/_sim/ledger', async (request) => {
    const query = request.query as Query;
    // In a query string a bare plus means a space.
    const phoneNumber = textParameter(query, 'phone_number')?.replace(/^ ?(?=\d)/, '+');
    const customerReference = textParameter(query, 'customer_reference');
    return ctx.ledger.report({
      ...(phoneNumber === undefined ? {} : { phoneNumber }),
      ...(customerReference === undefined ? {} : { customerReference }),
    });
  });

  app.post('/_sim/owned-numbers', async (request, reply) =>
    reply.code(201).send({ data: await addOwnedNumbers(ctx, ownedNumbersRequest(request.body)) }),
  );

  app.post('/_sim/webhooks', async (request) => {
    ctx.webhooks.setUrl(webhookUrl(request.body));
    return { data: { url: ctx.webhooks.url() ?? null } };
  });
  app.get('/_sim/public-key', async () => ({ data: { public_key: ctx.webhooks.publicKey } }));

  app.get('/_sim/magic-numbers', async () => ({
    data: Object.entries(MAGIC_BEHAVIOURS)
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([code, { name, description }]) => ({ line: `555-09${code}`, name, description })),
  }));

  app.delete('/_sim/state', async () => {
    await resetState(ctx);
    return { data: {} };
  });
}
