import { createTransport } from 'nodemailer';
import type { SendMail } from './mail.ts';

/** How long the mail server may take to answer, ms. */
const ANSWER_MS = 10_000;

/**
 * Mail over SMTP.
 * @param url `smtp://user:password@host:587`, or `smtps://…` with TLS from the start
 * @param from who the mails are from, `Talkturo <numbers@example.com>`
 */
export function smtpMail(url: string, from: string): SendMail {
  const transport = createTransport(
    {
      url,
      connectionTimeout: ANSWER_MS,
      greetingTimeout: ANSWER_MS,
      socketTimeout: ANSWER_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { from },
  );
  return async ({ to, subject, text }) => {
    try {
      // As an object the address is one address, whatever is in it.
      await transport.sendMail({ to: { name: '', address: to }, subject, text });
    } catch (error) {
      // The server's own words often repeat the address, and the log does not want it.
      const { code = 'no code', responseCode = 'no answer' } = error as {
        code?: string;
        responseCode?: number;
      };
      throw new Error(`the mail server did not take a mail (${code}, ${responseCode})`);
    }
  };
}
