import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { smtpMail } from '../../src/mail/smtp-mail.ts';

const MAIL = { to: 'zoe@example.com', subject: 'Grüße', text: 'Hello Zoë' };
const FROM = 'Talkturo <numbers@example.com>';

/** A mail server of the simplest kind: it says yes to everything, or to one command something else. */
async function startMailServer(objection: { to?: string; says?: string } = {}) {
  const lines: string[] = [];
  const server: Server = createServer((socket) => {
    let inBody = false;
    socket.write('220 ready\r\n');
    socket.on('data', (data) => {
      for (const line of data.toString().split('\r\n').filter(Boolean)) {
        lines.push(line);
        if (inBody && line !== '.') continue;
        inBody = line === 'DATA';
        const [command = ''] = line.split(' ');
        if (command === objection.to) socket.write(`${objection.says}\r\n`);
        else socket.write(inBody ? '354 go on\r\n' : '250 yes\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return { url: `smtp://127.0.0.1:${(server.address() as { port: number }).port}`, lines };
}

const servers: Server[] = [];
afterEach(() => servers.splice(0).map((server) => server.close()));

describe('mail over SMTP', () => {
  it('is from us, to one address, and plain text', async () => {
    const { url, lines } = await startMailServer();
    await smtpMail(url, FROM)(MAIL);
    expect(lines).toContain('MAIL FROM:<numbers@example.com>');
    expect(lines).toContain('RCPT TO:<zoe@example.com>');
    expect(lines).toContain('From: Talkturo <numbers@example.com>');
    expect(lines.join('\n')).toMatch(/Content-Type: text\/plain/);
  });

  it('goes to one address, whatever stands in it', async () => {
    const { url, lines } = await startMailServer();
    await smtpMail(url, FROM)({ ...MAIL, to: 'a@example.com, b@example.com' }).catch(() => undefined);
    expect(lines.filter((line) => line.startsWith('RCPT TO:')).length).toBeLessThanOrEqual(1);
  });

  it('fails without the address in the words, where the server does not take it', async () => {
    const { url } = await startMailServer({ to: 'RCPT', says: '550 <zoe@example.com> is unknown here' });
    const failure = await smtpMail(url, FROM)(MAIL).catch((error: Error) => error);
    expect(failure).toEqual(new Error('the mail server did not take a mail (EENVELOPE, 550)'));
  });

  it('fails where there is no server', async () => {
    const failure = await smtpMail('smtp://127.0.0.1:1', FROM)(MAIL).catch((error: Error) => error);
    expect(failure).toEqual(new Error('the mail server did not take a mail (ESOCKET, no answer)'));
  });
});
