import type { Body, Path } from '../call.ts';
import type { RequestOptions } from '../send.ts';
import { Resource } from './resource.ts';

type Wish<Route extends string> = Body<`/api/auth/${Route}` & Path, 'post'>;

/**
 * A person's account and session. The session is a cookie that the browser keeps; Node.js keeps none by itself.
 * Most answer with who is signed in and the teams that they may work in.
 */
export class Auth extends Resource {
  /** Makes an account. A mail with a link follows. */
  signUp(person: Wish<'sign-up'>, options?: RequestOptions) {
    return this.call('post', '/api/auth/sign-up', { body: person }, options);
  }

  /** Confirms the address with the token of the mail, and signs its owner in. */
  verifyEmail(proof: Wish<'verify-email'>, options?: RequestOptions) {
    return this.call('post', '/api/auth/verify-email', { body: proof }, options);
  }

  /** Sends the link again. */
  resendVerification(address: Wish<'resend-verification'>, options?: RequestOptions) {
    return this.call('post', '/api/auth/resend-verification', { body: address }, options);
  }

  signIn(credentials: Wish<'sign-in'>, options?: RequestOptions) {
    return this.call('post', '/api/auth/sign-in', { body: credentials }, options);
  }

  /** Ends the session. Goes well without one too. */
  signOut(options?: RequestOptions) {
    return this.call('post', '/api/auth/sign-out', {}, options);
  }

  /**
   * Who is signed in.
   * @throws UnauthorizedError where nobody is
   */
  session(options?: RequestOptions) {
    return this.call('get', '/api/auth/session', {}, options);
  }

  /** Changes one's name. */
  updateUser(change: Body<'/api/auth/user', 'patch'>, options?: RequestOptions) {
    return this.call('patch', '/api/auth/user', { body: change }, options);
  }

  /** Sends a mail with a token for `resetPassword`, if the address has an account. */
  forgotPassword(address: Wish<'forgot-password'>, options?: RequestOptions) {
    return this.call('post', '/api/auth/forgot-password', { body: address }, options);
  }

  /** Sets a new password. All sessions end. */
  resetPassword(wish: Wish<'reset-password'>, options?: RequestOptions) {
    return this.call('post', '/api/auth/reset-password', { body: wish }, options);
  }

  /** Changes the password of whoever is signed in. All their other sessions end. */
  changePassword(wish: Wish<'change-password'>, options?: RequestOptions) {
    return this.call('post', '/api/auth/change-password', { body: wish }, options);
  }
}
