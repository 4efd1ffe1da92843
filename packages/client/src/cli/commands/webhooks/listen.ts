import { randomBytes } from 'node:crypto';
import { type Command, InvalidArgumentError } from 'commander';
import { Webhook } from 'standardwebhooks';
import type { Event } from '../../../index.ts';
import { usageFailure } from '../../failure.ts';
import { followEvents } from '../../follow-events.ts';
import type { Session } from '../../session.ts';
import { untilStopped } from '../../until-stopped.ts';
import { wholeNumber, words } from '../../values.ts';
import type { Within } from '../../within.ts';

/** As long as the server waits for a receiver, ms. */
const ANSWER_TIMEOUT_MS = 10_000;

interface ListenOptions {
  forward: string;
  types?: string[];
  secret?: string;
  last: number;
  interval: number;
}

export function addListen(webhooks: Command, within: Within): void {
  webhooks
    .command('listen')
    .description('send events to a program on this machine, signed as webhooks are, until Ctrl-C')
    .requiredOption('--forward <url>', 'where to, such as http://localhost:4000', address)
    .option('--types <types>', "only those: 'phone_number.*', …", words)
    .option('--secret <secret>', 'whsec_… to sign with; TALKTURO_WEBHOOK_SECRET, or a new one')
    .option('-n, --last <count>', 'how many of before to begin with', wholeNumber(0, 1000), 0)
    .option('--interval <seconds>', 'how often to look', wholeNumber(1, 3600), 5)
    .action(within(listen));
}

async function listen(session: Session, options: ListenOptions): Promise<void> {
  const { output, signal, io } = session;
  const { forward, types = [], last, interval } = options;
  const given = options.secret ?? (io.env.TALKTURO_WEBHOOK_SECRET || undefined);
  const secret = given ?? newSecret();
  const webhook = signerWith(secret);
  const client = await session.teamClient();
  output.each(
    { forward, ...(given === undefined && { secret }) },
    `Events go to ${forward}, signed with ${given === undefined ? secret : 'the secret that you gave'}`,
  );
  output.note('Ctrl-C ends it.');
  const following = followEvents(client, {
    last,
    intervalMs: interval * 1000,
    signal,
    onTrouble: (error) => output.note(`${error.message} Trying again.`),
  });
  await untilStopped(session, async () => {
    for await (const event of following) {
      if (!isWanted(event, types)) continue;
      const outcome = await deliver(event, { forward, webhook, signal });
      const line = `${event.created_at}  ${event.type}  ${event.subject}  → ${outcome}`;
      output.each({ id: event.id, type: event.type, subject: event.subject, outcome }, line);
    }
  });
}

function address(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new InvalidArgumentError('It must be an address like http://localhost:4000.');
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

function signerWith(secret: string): Webhook {
  try {
    if (secret.startsWith('whsec_')) return new Webhook(secret);
  } catch {
    // Said below.
  }
  throw usageFailure(
    'A secret is whsec_ and base64.',
    'Leave --secret out, and a new one is made and shown.',
  );
}

/** Like the `types` of an endpoint: none means all. */
function isWanted({ type }: Event, types: string[]): boolean {
  const area = `${type.split('.')[0]}.*`;
  return types.length === 0 || types.includes(type) || types.includes(area);
}

/** Sends it as the server would. @returns what came of it, in a few words */
async function deliver(
  event: Event,
  { forward, webhook, signal }: { forward: string; webhook: Webhook; signal: AbortSignal },
): Promise<string> {
  const body = JSON.stringify({ type: event.type, timestamp: event.created_at, data: event });
  const sentAt = new Date();
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Talkturo-Webhooks/1',
    'webhook-id': event.id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': webhook.sign(event.id, sentAt, body),
  };
  const ending = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
  try {
    const response = await fetch(forward, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: ending,
    });
    await response.body?.cancel();
    return String(response.status);
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = ((error as Error).cause ?? error) as { code?: string; message: string };
    return `no answer (${code ?? message})`;
  }
}
