import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limitMail } from '../../src/usecases/limit-mail.ts';
import { type Service, startService } from '../support/service.ts';

describe('mail to one address', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('stops at ten of a kind in an hour, over all servers, and goes on in the next', async () => {
    const sent: string[] = [];
    const send = async ({ to }: { to: string }) => {
      sent.push(to);
    };
    const servers = [limitMail(service.app.context, send), limitMail(service.app.context, send)];
    const mailAll = async (to: string) => {
      for (let i = 0; i < 8; i += 1)
        for (const mail of servers) await mail({ to, subject: 'Hello', text: 'Hello' });
    };
    await mailAll('alice@example.com');
    expect(sent).toHaveLength(10);
    await mailAll('ALICE@example.com');
    expect(sent).toHaveLength(10);
    await mailAll('bob@example.com');
    expect(sent.filter((to) => to === 'bob@example.com')).toHaveLength(10);

    // Whoever has mails of one kind sent to somebody does not keep them from those of another.
    await servers[0]?.({ to: 'alice@example.com', subject: 'Choose a new password', text: 'Hello' });
    expect(sent).toHaveLength(21);

    service.clock.advance(60 * 60 * 1000);
    await mailAll('alice@example.com');
    expect(sent).toHaveLength(31);
  });
});
