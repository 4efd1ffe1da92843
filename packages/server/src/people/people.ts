import type { IncomingHttpHeaders } from 'node:http';

/*
 * The port: what we need of whoever keeps people, their passwords and their sessions, in our own words.
 */

/** Whose session the cookies of a request are, and the cookies to set anew; null where nobody is signed in. */
export type FindSession = (
  headers: IncomingHttpHeaders,
) => Promise<{ userId: string; setCookie: string[] } | null>;
