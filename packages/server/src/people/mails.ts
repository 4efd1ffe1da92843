import type { Mail } from '../mail/mail.ts';

/*
 * What people are sent. Nothing that a stranger typed stands in them, not even a name: whoever signs up with
 * somebody else's address must not be able to write to them.
 */

interface To {
  email: string;
  /** Where people reach this server, without a slash at the end. */
  publicUrl: string;
}

/** The link that confirms an address. */
export function confirmAddress({ email, publicUrl, token }: To & { token: string }): Mail {
  return {
    to: email,
    subject: 'Confirm your e-mail address',
    text: [
      'Somebody, hopefully you, has signed up at Talkturo Numbers with this address.',
      `To confirm it and sign in, open this link within a day:\n\n${publicUrl}/api/auth/verify-email?token=${token}`,
      'If it was not you, do nothing: nobody can use the account before the link is opened.',
    ].join('\n\n'),
  };
}

/** For who signs up a second time, or is signed up by somebody else. */
export function addressIsKnown({ email, publicUrl }: To): Mail {
  return {
    to: email,
    subject: 'You have an account already',
    text: [
      'Somebody, hopefully you, has signed up at Talkturo Numbers with this address, which has an account already. Nothing was changed.',
      `Sign in with your password. If you do not know it, or never had one, ask for a new one: choose "Forgot password", or send your address as {"email":"…"} to\n\nPOST ${publicUrl}/api/auth/forgot-password`,
      'If it was not you, do nothing.',
    ].join('\n\n'),
  };
}

/** The token for a new password. */
export function chooseNewPassword({ email, publicUrl, token }: To & { token: string }): Mail {
  return {
    to: email,
    subject: 'Choose a new password',
    text: [
      'Somebody, hopefully you, has asked for a new password at Talkturo Numbers for this address.',
      `To choose one, open this link within an hour:\n\n${publicUrl}/reset-password?token=${token}`,
      `Or send {"token":"${token}","newPassword":"…"} to\n\nPOST ${publicUrl}/api/auth/reset-password`,
      'If it was not you, do nothing: your password stays as it is.',
    ].join('\n\n'),
  };
}
