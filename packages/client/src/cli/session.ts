import { Talkturo } from '../index.ts';
import { EXIT } from './exit-codes.ts';
import { Failure, usageFailure } from './failure.ts';
import type { Io } from './io.ts';
import { type Output, outputTo } from './output.ts';
import { type GlobalOptions, readSettings, type Setting, type Settings } from './settings.ts';

/** What a command works with. */
export interface Session {
  io: Io;
  output: Output;
  settings: Settings;
  signal: AbortSignal;
  /** With the key. @throws Failure where there is none */
  client(): Talkturo;
  /** With the key and its team, for what names a team. */
  teamClient(): Promise<Talkturo>;
  /** With the operator's token. @throws Failure where there is none */
  operator(): Talkturo['operator'];
  /** Before what cannot be taken back, or costs. @throws Failure where nobody says yes */
  confirm(question: string, options: { yes?: boolean | undefined }): Promise<void>;
}

export function openSession(io: Io, options: GlobalOptions): Session {
  const settings = readSettings(io.env, options);
  const { signal } = io;
  const client = () => {
    if (!settings.apiKey) throw notSignedIn(settings);
    return connect(settings);
  };
  return {
    io,
    output: outputTo(io, outputOptions(io, options)),
    settings,
    signal,
    client,
    teamClient: async () => {
      const { teamId = await teamOf(client(), signal) } = settings;
      return connect({ ...settings, teamId });
    },
    operator: () => {
      if (!settings.operatorToken) throw noOperator();
      return connect(settings).operator;
    },
    confirm: async (question, { yes }) => {
      if (yes) return;
      if (!io.interactive) {
        throw usageFailure(
          `${question} Nobody is here to say yes, so nothing was done.`,
          'Say it with --yes.',
        );
      }
      if (!(await io.prompts.confirm(question)))
        throw new Failure(EXIT.usage, 'declined', 'Nothing was done.');
    },
  };
}

export function outputOptions(io: Io, { json, color }: Pick<GlobalOptions, 'json' | 'color'>) {
  const terminal = io.stdout.isTTY === true;
  return { json: json === true || !terminal, color: color && terminal };
}

/** @throws Failure where an address or a key cannot be one */
export function connect(
  settings: Pick<Settings, 'baseUrl' | 'apiKey' | 'operatorToken' | 'teamId'>,
  fetch?: (url: string, init: RequestInit) => Promise<Response>,
): Talkturo {
  const { baseUrl, apiKey, operatorToken, teamId } = settings;
  try {
    return new Talkturo({
      baseUrl: baseUrl.value,
      apiKey: apiKey?.value,
      operatorToken: operatorToken?.value,
      teamId,
      fetch,
    });
  } catch (error) {
    const { message } = error as TypeError;
    const [name = ''] = message.split(' ');
    const settingOf: Record<string, [Setting | undefined, string]> = {
      apiKey: [apiKey, 'The API key'],
      operatorToken: [operatorToken, 'The operator token'],
    };
    const [setting, words] = settingOf[name] ?? [baseUrl, 'The base URL'];
    throw usageFailure(`${words}${message.slice(name.length)} (${setting?.from}).`, 'Mend it there.');
  }
}

/** The one team of a key. */
export async function teamOf(client: Talkturo, signal: AbortSignal): Promise<string | undefined> {
  const { teams } = await client.teams.list({ signal }).page();
  return teams[0]?.id;
}

function notSignedIn({ profile }: Settings): Failure {
  return new Failure(
    EXIT.notAllowed,
    'not_signed_in',
    'No API key is set.',
    `talkturo login${profile === 'default' ? '' : ` --profile ${profile}`}   (or set TALKTURO_API_KEY)`,
  );
}

function noOperator(): Failure {
  return new Failure(
    EXIT.notAllowed,
    'no_operator_token',
    'This is for the operator, and no operator token is set.',
    'Set TALKTURO_OPERATOR_TOKEN, or: talkturo login --operator-token TOKEN',
  );
}
