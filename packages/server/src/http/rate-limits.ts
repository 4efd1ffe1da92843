import type { FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../domain/network.ts';
import { type Counted, limitOfAddress, limitsOf, type Standing, secondsUntil } from '../domain/rate-limit.ts';
import { Refusal } from '../domain/refusal.ts';
import { isoTime } from '../domain/time.ts';
import type { Context } from '../usecases/context.ts';
import { prepareTakeFromLimit } from '../usecases/take-from-limit.ts';

/**
 * What requests to a route count as. Without a word, those of keys and people are `general`, and public ones are
 * `none`. `search` and `purchase` have a tighter limit besides. `address` is for public routes that try something
 * out, like a password: each request counts against the address that it comes from. `none` is for what has to be
 * answered however often it is asked.
 */
export type RouteLimit = Counted | 'address' | 'none';

declare module 'fastify' {
  interface FastifyContextConfig {
    limit?: RouteLimit;
  }
}

/** The limits on requests, as {@link guardRoutes} asks for them. */
export interface RequestLimits {
  /**
   * Before anything is looked up: refuses what comes from an address over its limit. Only routes that say so count
   * here, so keys and sessions that work cost their address nothing.
   * @throws Refusal `rate_limited`
   */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /**
   * Counts a request of nobody against its address. The one that is too many is refused as such, so that from no
   * address more tokens than the limit can be tried.
   * @throws Refusal `rate_limited`
   */
  countStranger(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /**
   * Counts a request of a key or a person, also one that will be refused for want of a scope.
   * @throws Refusal `rate_limited`
   */
  countCaller(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/** What each limit is for, as callers read it. */
const NAMES: Record<Counted, string> = {
  general: 'requests',
  search: 'searches',
  purchase: 'purchases and restores',
};

/** The limits of one server, which holds its portions in memory. */
export function requestLimits(context: Context): RequestLimits {
  const { rateLimitPerHour, rateLimitPerAddress } = context.settings;
  const { take, usedUp } = prepareTakeFromLimit(context);
  const ofAddress = ({ ip }: FastifyRequest) => limitOfAddress(networkOf(ip), rateLimitPerAddress);

  return {
    async admit(request, reply) {
      const { access, limit } = request.routeOptions.config;
      if (limit === 'address') return countAddress(request, reply);
      if (access === 'public' || rateLimitPerAddress === 0) return;
      const standing = usedUp(ofAddress(request));
      if (standing) refuse(reply, standing, tooManyFrom(standing));
    },

    countStranger: countAddress,

    async countCaller({ routeOptions, person, caller }, reply) {
      const { limit = 'general' } = routeOptions.config;
      const who = person?.userId ?? caller?.actor.id;
      // A key's own figure holds also where there is none for everybody.
      const perHour = caller?.rateLimitPerHour ?? (rateLimitPerHour || null);
      if (who === undefined || perHour === null || limit === 'none' || limit === 'address') return;
      const standings: Standing[] = [];
      for (const { counted, ...each } of limitsOf(who, perHour, limit)) {
        const { passes, ...standing } = await take(each);
        if (!passes) {
          const whose = person ? 'You are at your limit' : 'This API key is at its limit';
          refuse(reply, standing, `${whose} for ${NAMES[counted]}: ${standing.most} an hour.`);
        }
        standings.push(standing);
      }
      tell(
        reply,
        standings.reduce((one, other) => (other.remaining < one.remaining ? other : one)),
      );
    },
  };

  async function countAddress(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (rateLimitPerAddress === 0) return;
    const limit = ofAddress(request);
    const { passes, ...standing } = await take(limit);
    if (!passes) {
      request.log.warn({ bucket: limit.bucket }, 'too many attempts from an address');
      refuse(reply, standing, tooManyFrom(standing));
    }
    if (request.routeOptions.config.limit === 'address') tell(reply, standing);
  }

  /** The headers of draft-ietf-httpapi-ratelimit-headers as clients know them: figures, and seconds. */
  function tell(reply: FastifyReply, { most, remaining, freeAgainAt }: Standing): number {
    const seconds = secondsUntil(freeAgainAt, context.clock.now());
    reply.headers({
      'ratelimit-limit': most,
      'ratelimit-remaining': remaining,
      'ratelimit-reset': seconds,
    });
    return seconds;
  }

  function refuse(reply: FastifyReply, standing: Standing, sentence: string): never {
    const seconds = tell(reply, standing);
    throw new Refusal(
      'rate_limited',
      `${sentence} Ask again from ${isoTime(standing.freeAgainAt)} on, in ${seconds} seconds.`,
      { retryAfterSeconds: seconds },
    );
  }
}

function tooManyFrom({ most }: Standing): string {
  return `Too many attempts have come from your address: ${most} are allowed in 10 minutes.`;
}
