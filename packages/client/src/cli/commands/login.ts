import type { Command } from 'commander';
import { type Talkturo, UnauthorizedError } from '../../index.ts';
import { EXIT } from '../exit-codes.ts';
import { Failure, usageFailure } from '../failure.ts';
import { type Profile, profilesFile, readProfiles, writeProfiles } from '../profiles.ts';
import { connect, type Session } from '../session.ts';
import type { Within } from '../within.ts';

export function addLogin(program: Command, within: Within): void {
  program
    .command('login')
    .description('check an address and a key, and keep them for this user')
    .action(within(login));

  program
    .command('logout')
    .description('forget what login has kept; the key itself goes on (talkturo keys revoke ends it)')
    .action(
      within(async ({ io, settings, output }, _options: object) => {
        const file = profilesFile(io.env);
        const { [settings.profile]: gone, ...others } = readProfiles(file);
        if (gone) writeProfiles(file, others);
        output.done(
          gone ? `Profile ${settings.profile} is forgotten.` : `There is no profile ${settings.profile}.`,
          { profile: settings.profile, forgotten: gone !== undefined },
        );
      }),
    );
}

async function login(session: Session, _options: object): Promise<void> {
  const { io, settings, output, signal } = session;
  const file = profilesFile(io.env);
  const before = readProfiles(file);
  const baseUrl = { ...settings.baseUrl, value: await askForAddress(session) };
  // The operator may have no key at all.
  const wantsKey = !isSaid(settings.operatorToken) || isSaid(settings.apiKey);
  // What was kept belongs to the server that it was kept for.
  const kept = before[settings.profile];
  const isSameServer = kept?.base_url === baseUrl.value;
  const key = wantsKey ? await askForKey(session) : isSameServer ? kept?.api_key : undefined;
  const operatorToken = isSaid(settings.operatorToken) || isSameServer ? settings.operatorToken : undefined;
  const apiKey = key === undefined ? undefined : { value: key, from: 'what was typed' };
  const client = connect({ baseUrl, apiKey, operatorToken, teamId: undefined });

  const team = apiKey && (await output.during('Checking', checkKey(client, signal)));
  if (isSaid(operatorToken)) await client.operator.listTeams({ limit: 1 }, { signal }).page();
  const profile: Profile = {
    base_url: baseUrl.value,
    ...(apiKey && { api_key: apiKey.value }),
    ...(team && { team_id: team.id }),
    ...(operatorToken && { operator_token: operatorToken.value }),
  };
  writeProfiles(file, { ...before, [settings.profile]: profile });

  const mode = apiKey?.value.startsWith('tk_live_') ? 'live' : 'test';
  output.done(
    `Signed in to ${baseUrl.value}${team ? ` as ${team.name}, in ${mode} mode` : ', as the operator'}. Kept in ${file}.`,
    {
      profile: settings.profile,
      base_url: baseUrl.value,
      team: team ?? null,
      mode: team ? mode : null,
      file,
    },
  );
  if (isSaid(settings.apiKey)) output.note(`The key is that of ${settings.apiKey?.from}.`);
  if (team) output.note('Now: talkturo numbers search --area-code 415');
}

/** By a flag or the environment, for this time. */
function isSaid(setting: { from: string } | undefined): boolean {
  return setting !== undefined && /^(--|TALKTURO_)/.test(setting.from);
}

async function askForAddress({ io, settings }: Session): Promise<string> {
  const { baseUrl } = settings;
  if (isSaid(baseUrl) || !io.interactive) return baseUrl.value;
  return (await io.prompts.text('Where is the server?', baseUrl.value)).trim();
}

/** @throws Failure where nobody is there to ask, or no key was typed */
async function askForKey({ io, settings }: Session): Promise<string> {
  if (settings.apiKey && isSaid(settings.apiKey)) return settings.apiKey.value;
  if (!io.interactive) {
    throw usageFailure(
      'Which key? Nobody is here to ask.',
      'Set TALKTURO_API_KEY, and run talkturo login again.',
    );
  }
  const key = (await io.prompts.secret('API key (tk_test_… or tk_live_…)')).trim();
  if (key === '') throw usageFailure('No key was typed; nothing was kept.');
  return key;
}

/** @throws Failure where the server does not know the key */
async function checkKey(client: Talkturo, signal: AbortSignal) {
  try {
    const { teams } = await client.teams.list({ signal }).page();
    return teams[0];
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    throw new Failure(
      EXIT.notAllowed,
      error.code,
      'The server is there, and does not know this key; nothing was kept.',
      'Is it a key of this server, and has it ended? Whoever runs the team can make another one.',
    );
  }
}
