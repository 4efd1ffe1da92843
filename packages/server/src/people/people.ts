import type { IncomingHttpHeaders } from 'node:http';

/*
 * The port: what we need of whoever keeps people, their passwords and their sessions, in our own words.
 */

/** What a request tells of who sends it: its cookies, its browser, its address. */
export interface Visitor {
  headers: IncomingHttpHeaders;
  ip: string;
}

/** Somebody who is signed in, and the cookies to set for it. */
export interface Session {
  userId: string;
  setCookie: string[];
}

/** Whose session the cookies of a request are, and the cookies to set anew; null where nobody is signed in. */
export type FindSession = (headers: IncomingHttpHeaders) => Promise<Session | null>;

export interface People {
  findSession: FindSession;

  /** Makes an account and mails a link that confirms the address. A known address gets another mail; the caller cannot tell. */
  signUp(person: { email: string; name: string; password: string }): Promise<void>;

  /**
   * Confirms the address that the token was mailed to, and signs its owner in.
   * @throws Refusal `invalid_token`, `already_verified`
   */
  verifyEmail(token: string, visitor: Visitor): Promise<Session>;

  /** Mails a new link to an address that waits for being confirmed. The caller cannot tell whether there is one. */
  resendVerification(email: string): Promise<void>;

  /** @throws Refusal `invalid_credentials`; `email_not_verified` after the right password, and a new link is mailed */
  signIn(credentials: { email: string; password: string }, visitor: Visitor): Promise<Session>;

  /** Lets somebody in who has proved in another way who they are. */
  letIn(userId: string, visitor: Visitor): Promise<Session>;

  /** Ends the visitor's session, if there is one. Returns the cookies that clear theirs. */
  signOut(visitor: Visitor): Promise<string[]>;

  /** Mails a token for a new password. The caller cannot tell whether the address is known. */
  forgotPassword(email: string): Promise<void>;

  /**
   * Sets the first or a new password, which ends all sessions and confirms the address.
   * @throws Refusal `invalid_token`
   */
  resetPassword(token: string, newPassword: string): Promise<void>;

  /**
   * Changes the signed-in visitor's password and ends their other sessions. Returns the cookies of the new session.
   * @throws Refusal `invalid_credentials`
   */
  changePassword(
    passwords: { currentPassword: string; newPassword: string },
    visitor: Visitor,
  ): Promise<string[]>;
}
