import type { Command } from 'commander';
import { API_VERSION, RateLimitedError, UnauthorizedError } from '../../index.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { Failure, reportOf } from '../failure.ts';
import { isOpenToOthers, profilesFile } from '../profiles.ts';
import { connect, type Session } from '../session.ts';
import type { Setting } from '../settings.ts';
import type { Within } from '../within.ts';

interface Check {
  what: string;
  status: 'ok' | 'warning' | 'wrong' | 'not set';
  detail: string;
  /** The command or the sentence that mends it. */
  fix: string | null;
}

/** What was found wrong first is how the command ends. */
interface Finding extends Check {
  exitCode: ExitCode;
}

export function addDoctor(program: Command, within: Within): void {
  program
    .command('doctor')
    .description('what is set, what can be reached, what is wrong, and what mends it')
    .action(
      within(async (session, _options: object) => {
        const found = await session.output.during('Looking', examine(session));
        const checks = found.map(({ exitCode: _, ...check }) => check);
        session.output.list(
          checks,
          [
            ['check', ({ what }) => what],
            ['status', ({ status }) => status],
            ['', ({ detail }) => detail],
          ],
          '',
        );
        const warnings = checks.filter(({ status, fix }) => status === 'warning' && fix !== null);
        for (const { what, fix } of warnings) session.output.note(`${what}: ${fix}`);
        const [worst] = found.filter(({ status }) => status === 'wrong');
        if (worst) {
          throw new Failure(
            worst.exitCode,
            'unhealthy',
            `${worst.what}: ${worst.detail}`,
            worst.fix ?? undefined,
          );
        }
      }),
    );
}

async function examine(session: Session): Promise<Finding[]> {
  const server = await examineServer(session);
  const local = [examineProfile(session)];
  if (!server.isThere) return [...local, server.finding];
  return [
    ...local,
    server.finding,
    examineVersion(server.version),
    ...(await examineKey(session)),
    await examineOperator(session),
  ];
}

function ok(what: string, detail: string): Finding {
  return { what, status: 'ok', detail, fix: null, exitCode: EXIT.ok };
}

function wrong(what: string, detail: string, fix: string, exitCode: ExitCode): Finding {
  return { what, status: 'wrong', detail, fix, exitCode };
}

function examineProfile({ io, settings }: Session): Finding {
  const file = profilesFile(io.env);
  const what = `profile ${settings.profile}`;
  if (!settings.hasProfile) {
    return { ...ok(what, `none in ${file}`), status: 'not set', fix: 'talkturo login' };
  }
  if (isOpenToOthers(file)) {
    return { ...ok(what, `${file} can be read by others`), status: 'warning', fix: `chmod 600 ${file}` };
  }
  return ok(what, file);
}

/** Its address, whether this API answers there, and which version. */
async function examineServer({ settings, signal }: Session) {
  const { baseUrl } = settings;
  let version: string | null = null;
  try {
    const client = connect(
      { baseUrl, apiKey: undefined, operatorToken: undefined, teamId: undefined },
      async (url, init) => {
        const response = await fetch(url, init);
        version = response.headers.get('x-api-version');
        return response;
      },
    );
    // Without a key this is refused; that the refusal is one of this API is what counts.
    await client.apiKeys.test({ signal, maxRetries: 0, timeoutMs: 10_000 });
  } catch (error) {
    const isThere = error instanceof UnauthorizedError || error instanceof RateLimitedError;
    if (!isThere) {
      const { error: sentence, exit_code } = reportOf(error);
      const fix = `Start the server, or give another address: talkturo login, --base-url or TALKTURO_BASE_URL`;
      const detail = `${nameOf(baseUrl)} ${sentence}`;
      return { isThere: false as const, finding: wrong('server', detail, fix, exit_code) };
    }
  }
  return { isThere: true as const, version, finding: ok('server', `${nameOf(baseUrl)} answers`) };
}

function nameOf({ value, from }: Setting): string {
  return `${value} (${from})`;
}

function examineVersion(version: string | null): Finding {
  const what = 'version';
  if (version === null) {
    return wrong(
      what,
      'the server does not say which version of the API it speaks',
      'Bring the server up to date.',
      EXIT.failed,
    );
  }
  const both = `the server speaks ${version} of the API, this program ${API_VERSION}`;
  const [server = 0, client = 0] = [version, API_VERSION].map(rankOf);
  if (server === client) return ok(what, both);
  const fix = server > client ? 'npm install -g @talkturo/client@latest' : 'Bring the server up to date.';
  return { ...ok(what, both), status: 'warning', fix };
}

/** Patches change nothing that a client could notice. */
function rankOf(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 10_000 + minor;
}

async function examineKey(session: Session): Promise<Finding[]> {
  const { settings, signal } = session;
  const what = 'API key';
  if (!settings.apiKey) return [wrong(what, 'none', 'talkturo login', EXIT.notAllowed)];
  const source = `from ${settings.apiKey.from}`;
  try {
    const { teams } = await session.client().teams.list({ signal }).page();
    const mode = settings.apiKey.value.startsWith('tk_live_') ? 'live' : 'test';
    return [
      ok(what, `${source}, works in ${mode} mode, for ${teams[0]?.name ?? 'no team'}`),
      await examinePlan(session),
    ];
  } catch (error) {
    const { error: sentence, exit_code } = reportOf(error);
    return [wrong(what, `${source}: ${sentence}`, 'talkturo login', exit_code)];
  }
}

/** What the team may buy still; a live key also meets here a server without live mode. */
async function examinePlan(session: Session): Promise<Finding> {
  const what = 'plan';
  try {
    const client = await session.teamClient();
    const { eligibility, refusals } = await client.phoneNumbers.eligibility({}, { signal: session.signal });
    const { planName, currentCount, maxAllowed } = eligibility;
    const [refusal] = refusals;
    const detail = `${planName}, ${currentCount} of ${maxAllowed} numbers${refusal ? `. ${refusal.error}` : ''}`;
    return refusal ? { ...ok(what, detail), status: 'warning' } : ok(what, detail);
  } catch (error) {
    return {
      ...ok(what, `not known: ${reportOf(error).error}`),
      status: 'warning',
      exitCode: exitCodeOf(error),
    };
  }
}

async function examineOperator(session: Session): Promise<Finding> {
  const what = 'operator';
  const { operatorToken } = session.settings;
  if (!operatorToken) return { ...ok(what, 'no token; only the operator needs one'), status: 'not set' };
  try {
    const { count } = await session.operator().attention({ signal: session.signal });
    if (count === 0) return ok(what, `token from ${operatorToken.from} works; nothing needs a person`);
    return {
      ...ok(what, `${count} things need a person`),
      status: 'warning',
      fix: 'talkturo operator attention',
    };
  } catch (error) {
    const { error: sentence, exit_code } = reportOf(error);
    return wrong(
      what,
      `token from ${operatorToken.from}: ${sentence}`,
      'Set TALKTURO_OPERATOR_TOKEN anew.',
      exit_code,
    );
  }
}
