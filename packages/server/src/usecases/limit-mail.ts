import { hashToken } from '../domain/api-token.ts';
import type { RateLimit } from '../domain/rate-limit.ts';
import type { SendMail } from '../mail/mail.ts';
import type { Context } from './context.ts';
import { prepareTakeFromLimit } from './take-from-limit.ts';

/** Strangers can have mails sent to any address: of each kind no more than a person who is in a hurry could want. */
const MAILS_AN_HOUR = 10;

const HOUR_MS = 60 * 60 * 1000;

/**
 * A way of sending mail on which nobody is flooded: what is too much of one kind for one address in an hour, over
 * all servers, is left out. The subject is the kind. Whoever asked for it learns nothing, since that would tell whether the address is known.
 */
export function limitMail(context: Pick<Context, 'db' | 'clock' | 'log'>, send: SendMail): SendMail {
  const { take } = prepareTakeFromLimit(context);
  return async (mail) => {
    const limit: RateLimit = {
      // By kind, or who signs up with somebody's address over and over keeps them from a new password. A hash: the
      // table of limits is no list of addresses.
      bucket: `mail:${hashToken(`${mail.subject} ${mail.to.toLowerCase()}`)}`,
      most: MAILS_AN_HOUR,
      windowMs: HOUR_MS,
    };
    const { passes } = await take(limit);
    if (passes) return send(mail);
    context.log.warn({ bucket: limit.bucket }, 'a mail was left out: there were too many to this address');
  };
}
