import { type Profile, profilesFile, readProfiles } from './profiles.ts';

/** What every command takes. */
export interface GlobalOptions {
  json?: boolean;
  color: boolean;
  profile?: string;
  baseUrl?: string;
  apiKey?: string;
  operatorToken?: string;
}

/** A value, and who said it. */
export interface Setting {
  value: string;
  from: string;
}

export interface Settings {
  profile: string;
  /** Whether there is such a profile. */
  hasProfile: boolean;
  baseUrl: Setting;
  apiKey: Setting | undefined;
  operatorToken: Setting | undefined;
  /** Where it is known without asking. */
  teamId: string | undefined;
}

export const DEFAULT_BASE_URL = 'http://localhost:3000';

/** Flags come before the environment, that before the profile. */
export function readSettings(env: Record<string, string | undefined>, options: GlobalOptions): Settings {
  const profile = options.profile ?? (env.TALKTURO_PROFILE || 'default');
  const kept: Profile | undefined = readProfiles(profilesFile(env))[profile];
  const choose = (flag: string | undefined, variable: string, value: string | undefined, name: string) =>
    said(flag, `--${name}`) ?? said(env[variable], variable) ?? said(value, `profile ${profile}`);
  const apiKey = choose(options.apiKey, 'TALKTURO_API_KEY', kept?.api_key, 'api-key');
  return {
    profile,
    hasProfile: kept !== undefined,
    baseUrl: choose(options.baseUrl, 'TALKTURO_BASE_URL', kept?.base_url, 'base-url') ?? {
      value: DEFAULT_BASE_URL,
      from: 'nothing else said',
    },
    apiKey,
    operatorToken: choose(
      options.operatorToken,
      'TALKTURO_OPERATOR_TOKEN',
      kept?.operator_token,
      'operator-token',
    ),
    // A profile's team is the team of its own key, and of no other.
    teamId: apiKey?.value === kept?.api_key ? kept?.team_id : env.TALKTURO_TEAM_ID || undefined,
  };
}

function said(value: string | undefined, from: string): Setting | undefined {
  return value ? { value: value.trim(), from } : undefined;
}
