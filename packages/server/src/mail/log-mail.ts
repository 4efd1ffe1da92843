import type { Logger } from 'pino';
import type { SendMail } from './mail.ts';

/** Mail for a server without SMTP, such as a laptop: it goes to the log, to be read there. */
export function logMail(log: Logger): SendMail {
  return async (mail) => {
    log.info({ mail }, 'a mail, which goes to the log because SMTP_URL is not set');
  };
}
