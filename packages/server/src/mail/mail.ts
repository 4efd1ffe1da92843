/** A mail to one person: plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** The port: hands a mail over for delivery. Resolves once it is taken over, rejects where it cannot be, and does not name the address then. */
export type SendMail = (mail: Mail) => Promise<void>;
