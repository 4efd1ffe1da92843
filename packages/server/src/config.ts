const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Everything that the environment decides, read once at start. docs/configuration.md tells operators the same. */
export interface Config {
  /** PORT: where the server listens; 0 takes any free port. Default 3000. */
  port: number;
  /** HOST: the address it listens on. Default 127.0.0.1, this machine only. */
  host: string;
  /** PUBLIC_URL: where people reach this server, for links in mails and for cookies. Default null: http://HOST:PORT. */
  publicUrl: string | null;
  /** ALLOWED_ORIGINS: other origins whose pages may call this server from a browser, separated by commas. Default none. */
  allowedOrigins: readonly string[];
  /** TRUST_PROXY: how many proxies in front of this server are its operators' own; the address of a caller is the one that the outermost of them saw. Default 0. */
  trustProxy: number;
  /** AUTH_SECRET: signs cookies and links in mails. At least 32 characters. Default null: one that is made at the first start and kept in the database. */
  authSecret: string | null;
  /** SMTP_URL: the server that mail goes out by. Default null: mail goes to the log. */
  smtpUrl: string | null;
  /** MAIL_FROM: who mail is from; required with SMTP_URL. */
  mailFrom: string | null;
  /** DATABASE_URL: a PostgreSQL 15 or newer. Default null: the embedded database under `dataDir`. */
  databaseUrl: string | null;
  /** DATA_DIR: where the embedded database lives. Default ./data. */
  dataDir: string;
  /** TELNYX_API_KEY: without it only test mode works. */
  telnyxApiKey: string | null;
  /** TELNYX_BASE_URL: another server that speaks Telnyx's protocol. Default https://api.telnyx.com/v2. */
  telnyxBaseUrl: string;
  /** TELNYX_PUBLIC_KEY: verifies the carrier's webhooks; base64 of the 32 bytes that the carrier's portal shows. */
  telnyxPublicKey: string | null;
  /** OPERATOR_TOKEN: opens the operator API; without it that API is off. At least 24 characters. */
  operatorToken: string | null;
  /** ALLOW_LOCAL_WEBHOOKS: whether webhooks may go to this machine, as localhost or 127.0.0.1. Default true, but false where live mode uses the real carrier. */
  localWebhooks: boolean;
  /** PURCHASE_WAIT_MS: how long a purchase request waits for the number before it answers 202. Default 8000 ms. */
  purchaseWaitMs: number;
  /** RESOLVE_GRACE_MS: how long an order whose answer was lost is looked for before it counts as never sent. Default 120000 ms. */
  resolveGraceMs: number;
  /** RELEASE_GRACE_DAYS: how long a released number can be restored before it goes back to the carrier. Default 7. */
  releaseGraceDays: number;
  /** SUSPENSION_GRACE_DAYS: how long numbers over the limit are kept after a subscription's end. Default 7. */
  suspensionGraceDays: number;
  /** RATE_LIMIT_PER_HOUR: how many requests a key without a figure of its own, and a signed-in person, may make in an hour. 0 is no limit. Default 1000. */
  rateLimitPerHour: number;
  /** RATE_LIMIT_PER_ADDRESS: how many requests without a key or a session that works may come from an address in 10 minutes. 0 is no limit. Default 300. */
  rateLimitPerAddress: number;
  /** CALLER_ID_REST_DAYS: how long a number that was flagged as spam is no caller ID. Default 7. */
  callerIdRestDays: number;
  /** LOG_LEVEL: fatal, error, warn, info, debug, trace or silent. Default info. */
  logLevel: LogLevel;
}

/** One or more variables cannot be used; the message has a sentence for each. */
export class ConfigError extends Error {
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Every kept number is paid for. */
const MAX_GRACE_DAYS = 90;

type Environment = Record<string, string | undefined>;

/** The least length of a secret that nobody guesses: 24 characters of base64 are 144 bits. */
const MIN_OPERATOR_TOKEN_LENGTH = 24;

/** A cookie's signature is as good as this secret: 32 characters of base64 are 192 bits. */
const MIN_AUTH_SECRET_LENGTH = 32;

/** More than one server can answer in an hour. */
const MAX_RATE_LIMIT = 10_000_000;

/** Nothing here waits for longer than a day. */
const MAX_WAIT_MS = 86_400_000;

/**
 * Reads and checks the environment. An empty variable counts as unset.
 * @throws ConfigError naming every variable that is wrong, and what it wants
 */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];

  const text = (name: string): string | null => environment[name]?.trim() || null;

  const complain = <Value>(name: string, wanted: string, fallback: Value): Value => {
    problems.push(`${name} must be ${wanted}; it is "${text(name)}".`);
    return fallback;
  };

  const integer = (name: string, fallback: number, min: number, max: number): number => {
    const value = text(name);
    if (value === null) return fallback;
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= min && number <= max) return number;
    return complain(name, `a whole number from ${min} to ${max}`, fallback);
  };

  const url = (name: string, protocols: string[], example: string): string | null => {
    const value = text(name);
    if (value === null) return null;
    if (protocols.includes(URL.parse(value)?.protocol ?? '')) return value;
    // A database address holds a password: the complaint does not repeat it.
    problems.push(`${name} must be an address like ${example}.`);
    return null;
  };

  const secret = (name: string, minLength: number): string | null => {
    const value = text(name);
    if (value === null) return null;
    // It travels in a header, which carries visible ASCII only.
    if (value.length >= minLength && /^[\x21-\x7e]+$/.test(value)) return value;
    problems.push(
      `${name} must have at least ${minLength} characters: ASCII letters, digits and signs, no spaces.`,
    );
    return null;
  };

  const flag = (name: string, fallback: boolean): boolean => {
    const value = text(name);
    if (value === null) return fallback;
    return value === 'true' || value === 'false'
      ? value === 'true'
      : complain(name, 'true or false', fallback);
  };

  const publicKey = (name: string): string | null => {
    const value = text(name);
    if (value === null || Buffer.from(value, 'base64').length === 32) return value;
    return complain(name, 'the base64 of a 32-byte Ed25519 public key, as the carrier shows it', null);
  };

  const logLevel = (): LogLevel => {
    const value = text('LOG_LEVEL') ?? 'info';
    return (
      LOG_LEVELS.find((level) => level === value) ??
      complain('LOG_LEVEL', `one of ${LOG_LEVELS.join(', ')}`, 'info')
    );
  };

  const host = (): string => {
    const value = text('HOST') ?? '127.0.0.1';
    return /^[A-Za-z0-9.:_-]+$/.test(value) ? value : complain('HOST', 'a host name or an IP address', value);
  };

  const origins = (name: string): string[] =>
    (text(name)?.split(',') ?? []).map((part) => {
      const value = part.trim();
      const parsed = URL.parse(value);
      if (parsed && ['http:', 'https:'].includes(parsed.protocol) && parsed.origin === value) return value;
      return complain(name, 'origins like https://app.example.com, separated by commas', value);
    });

  const sender = (name: string): string | null => {
    const value = text(name);
    if (value !== null && !/^([^<>@\r\n]+ <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/.test(value))
      return complain(name, 'an address like Talkturo <numbers@example.com>', null);
    if (value === null && text('SMTP_URL') !== null)
      problems.push(
        `${name} must be set where SMTP_URL is: who mail is from, like Talkturo <numbers@example.com>.`,
      );
    return value;
  };

  const config: Config = {
    port: integer('PORT', 3000, 0, 65_535),
    host: host(),
    publicUrl:
      url('PUBLIC_URL', ['http:', 'https:'], 'https://numbers.example.com')?.replace(/\/+$/, '') ?? null,
    allowedOrigins: origins('ALLOWED_ORIGINS'),
    trustProxy: integer('TRUST_PROXY', 0, 0, 10),
    authSecret: secret('AUTH_SECRET', MIN_AUTH_SECRET_LENGTH),
    smtpUrl: url('SMTP_URL', ['smtp:', 'smtps:'], 'smtp://user:password@mail.example.com:587'),
    mailFrom: sender('MAIL_FROM'),
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/name'),
    dataDir: text('DATA_DIR') ?? './data',
    telnyxApiKey: secret('TELNYX_API_KEY', 1),
    telnyxBaseUrl:
      url('TELNYX_BASE_URL', ['http:', 'https:'], 'https://api.telnyx.com/v2') ?? 'https://api.telnyx.com/v2',
    telnyxPublicKey: publicKey('TELNYX_PUBLIC_KEY'),
    operatorToken: secret('OPERATOR_TOKEN', MIN_OPERATOR_TOKEN_LENGTH),
    // Numbers of the real carrier: this is production.
    localWebhooks: flag(
      'ALLOW_LOCAL_WEBHOOKS',
      text('TELNYX_API_KEY') === null || text('TELNYX_BASE_URL') !== null,
    ),
    purchaseWaitMs: integer('PURCHASE_WAIT_MS', 8_000, 0, MAX_WAIT_MS),
    resolveGraceMs: integer('RESOLVE_GRACE_MS', 120_000, 0, MAX_WAIT_MS),
    releaseGraceDays: integer('RELEASE_GRACE_DAYS', 7, 0, MAX_GRACE_DAYS),
    suspensionGraceDays: integer('SUSPENSION_GRACE_DAYS', 7, 0, MAX_GRACE_DAYS),
    rateLimitPerHour: integer('RATE_LIMIT_PER_HOUR', 1_000, 0, MAX_RATE_LIMIT),
    rateLimitPerAddress: integer('RATE_LIMIT_PER_ADDRESS', 300, 0, MAX_RATE_LIMIT),
    callerIdRestDays: integer('CALLER_ID_REST_DAYS', 7, 0, MAX_GRACE_DAYS),
    logLevel: logLevel(),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}
