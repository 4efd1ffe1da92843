import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { EXIT } from './exit-codes.ts';
import { Failure } from './failure.ts';

/** What `talkturo login` keeps. */
export interface Profile {
  base_url: string;
  api_key?: string;
  /** The team of that key. */
  team_id?: string;
  operator_token?: string;
}

export type Profiles = Record<string, Profile>;

export function profilesFile(env: Record<string, string | undefined>): string {
  return join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'talkturo', 'profiles.json');
}

/** @throws Failure where the file is there and cannot be read */
export function readProfiles(file: string): Profiles {
  try {
    const { profiles } = JSON.parse(readFileSync(file, 'utf8')) as { profiles?: unknown };
    if (typeof profiles === 'object' && profiles !== null) return profiles as Profiles;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
  }
  throw new Failure(
    EXIT.failed,
    'profiles_unreadable',
    `${file} cannot be read as the file of profiles that talkturo login writes.`,
    'Mend it or delete it, then: talkturo login',
  );
}

/** As a whole or not at all, and for this user alone. */
export function writeProfiles(file: string, profiles: Profiles): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify({ profiles }, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}

/** Whether others may read it; null where it is not there. */
export function isOpenToOthers(file: string): boolean | null {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? process.platform !== 'win32' && (stat.mode & 0o077) !== 0 : null;
}
