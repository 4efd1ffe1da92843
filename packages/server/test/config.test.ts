import { describe, expect, it } from 'vitest';
import { type Config, ConfigError, readConfig } from '../src/config.ts';

/** What the environment is refused with. */
function complaint(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'none';
}

const PUBLIC_KEY = Buffer.alloc(32, 7).toString('base64');

describe('the configuration', () => {
  const defaults: Config = {
    port: 3000,
    host: '127.0.0.1',
    publicUrl: null,
    allowedOrigins: [],
    trustProxy: 0,
    authSecret: null,
    smtpUrl: null,
    mailFrom: null,
    databaseUrl: null,
    dataDir: './data',
    telnyxApiKey: null,
    telnyxBaseUrl: 'https://api.telnyx.com/v2',
    telnyxPublicKey: null,
    operatorToken: null,
    localWebhooks: true,
    purchaseWaitMs: 8_000,
    resolveGraceMs: 120_000,
    releaseGraceDays: 7,
    suspensionGraceDays: 7,
    rateLimitPerHour: 1_000,
    rateLimitPerAddress: 300,
    callerIdRestDays: 7,
    logLevel: 'info',
  };

  const variables = [
    'PORT',
    'HOST',
    'DATABASE_URL',
    'DATA_DIR',
    'TELNYX_API_KEY',
    'TELNYX_BASE_URL',
    'TELNYX_PUBLIC_KEY',
    'OPERATOR_TOKEN',
    'AUTH_SECRET',
    'SMTP_URL',
    'MAIL_FROM',
    'ALLOW_LOCAL_WEBHOOKS',
    'PURCHASE_WAIT_MS',
    'RESOLVE_GRACE_MS',
    'RELEASE_GRACE_DAYS',
    'SUSPENSION_GRACE_DAYS',
    'RATE_LIMIT_PER_HOUR',
    'RATE_LIMIT_PER_ADDRESS',
    'CALLER_ID_REST_DAYS',
    'LOG_LEVEL',
  ];

  it('has a default for everything', () => {
    expect(readConfig({})).toEqual(defaults);
  });

  it('takes what is empty or blank for unset', () => {
    expect(readConfig(Object.fromEntries(variables.map((name) => [name, ''])))).toEqual(defaults);
    expect(readConfig(Object.fromEntries(variables.map((name) => [name, ' \t'])))).toEqual(defaults);
  });

  it('does not look at other variables', () => {
    expect(readConfig({ PATH: '/bin', port: '1', TELNYX_CLIENT_ID: 'x' })).toEqual(defaults);
  });

  it.each<[string, string, Partial<Config>]>([
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['PORT', ' 8080 ', { port: 8080 }],
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['HOST', '::', { host: '::' }],
    ['HOST', 'numbers.internal', { host: 'numbers.internal' }],
    ['DATABASE_URL', 'postgres://u:p@db:5432/n', { databaseUrl: 'postgres://u:p@db:5432/n' }],
    [
      'DATABASE_URL',
      'postgresql://db/n?sslmode=require',
      { databaseUrl: 'postgresql://db/n?sslmode=require' },
    ],
    ['DATA_DIR', '/var/lib/talkturo', { dataDir: '/var/lib/talkturo' }],
    ['TELNYX_API_KEY', 'KEY0123', { telnyxApiKey: 'KEY0123', localWebhooks: false }],
    ['TELNYX_BASE_URL', 'http://127.0.0.1:12111/v2', { telnyxBaseUrl: 'http://127.0.0.1:12111/v2' }],
    ['TELNYX_PUBLIC_KEY', PUBLIC_KEY, { telnyxPublicKey: PUBLIC_KEY }],
    ['ALLOW_LOCAL_WEBHOOKS', 'false', { localWebhooks: false }],
    ['ALLOW_LOCAL_WEBHOOKS', 'true', { localWebhooks: true }],
    ['OPERATOR_TOKEN', 'x'.repeat(24), { operatorToken: 'x'.repeat(24) }],
    ['PURCHASE_WAIT_MS', '0', { purchaseWaitMs: 0 }],
    ['PURCHASE_WAIT_MS', '86400000', { purchaseWaitMs: 86_400_000 }],
    ['RESOLVE_GRACE_MS', '1', { resolveGraceMs: 1 }],
    ['CALLER_ID_REST_DAYS', '0', { callerIdRestDays: 0 }],
    ['CALLER_ID_REST_DAYS', '90', { callerIdRestDays: 90 }],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['LOG_LEVEL', 'trace', { logLevel: 'trace' }],
    ['PUBLIC_URL', 'https://numbers.example.com/', { publicUrl: 'https://numbers.example.com' }],
    [
      'ALLOWED_ORIGINS',
      'https://a.example, http://localhost:5173',
      { allowedOrigins: ['https://a.example', 'http://localhost:5173'] },
    ],
    ['TRUST_PROXY', '2', { trustProxy: 2 }],
    ['AUTH_SECRET', 'x'.repeat(32), { authSecret: 'x'.repeat(32) }],
    ['MAIL_FROM', 'n@example.com', { mailFrom: 'n@example.com' }],
    ['MAIL_FROM', 'Talk Turo <n@example.com>', { mailFrom: 'Talk Turo <n@example.com>' }],
    ['RATE_LIMIT_PER_HOUR', '0', { rateLimitPerHour: 0 }],
    ['RATE_LIMIT_PER_ADDRESS', '50', { rateLimitPerAddress: 50 }],
  ])('takes %s=%s', (name, value, wanted) => {
    expect(readConfig({ [name]: value })).toEqual({ ...defaults, ...wanted });
  });

  it.each([
    [{ TELNYX_API_KEY: 'KEY0123' }, false],
    [{ TELNYX_API_KEY: 'KEY0123', TELNYX_BASE_URL: 'http://127.0.0.1:12111' }, true],
    [{ TELNYX_API_KEY: 'KEY0123', ALLOW_LOCAL_WEBHOOKS: 'true' }, true],
    [{ TELNYX_BASE_URL: 'http://127.0.0.1:12111' }, true],
  ])('lets webhooks reach this machine unless the real carrier is behind it: %j', (environment, allowed) => {
    expect(readConfig(environment).localWebhooks).toBe(allowed);
  });

  it.each([
    ['PORT', '65536', 'PORT must be a whole number from 0 to 65535; it is "65536".'],
    ['PORT', '-1', 'PORT must be a whole number from 0 to 65535; it is "-1".'],
    ['PORT', '3e3', 'PORT must be a whole number from 0 to 65535; it is "3e3".'],
    ['PORT', '0x50', 'PORT must be a whole number from 0 to 65535; it is "0x50".'],
    ['PORT', '80.0', 'PORT must be a whole number from 0 to 65535; it is "80.0".'],
    ['PORT', 'http', 'PORT must be a whole number from 0 to 65535; it is "http".'],
    ['PORT', '٣', 'PORT must be a whole number from 0 to 65535; it is "٣".'],
    ['HOST', 'http://localhost', 'HOST must be a host name or an IP address; it is "http://localhost".'],
    ['HOST', 'local host', 'HOST must be a host name or an IP address; it is "local host".'],
    ['PURCHASE_WAIT_MS', '8s', 'PURCHASE_WAIT_MS must be a whole number from 0 to 86400000; it is "8s".'],
    [
      'PURCHASE_WAIT_MS',
      '86400001',
      'PURCHASE_WAIT_MS must be a whole number from 0 to 86400000; it is "86400001".',
    ],
    ['CALLER_ID_REST_DAYS', '91', 'CALLER_ID_REST_DAYS must be a whole number from 0 to 90; it is "91".'],
    ['RESOLVE_GRACE_MS', '1.5', 'RESOLVE_GRACE_MS must be a whole number from 0 to 86400000; it is "1.5".'],
    [
      'LOG_LEVEL',
      'verbose',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent; it is "verbose".',
    ],
    [
      'LOG_LEVEL',
      'INFO',
      'LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent; it is "INFO".',
    ],
    [
      'TELNYX_BASE_URL',
      'api.telnyx.com',
      'TELNYX_BASE_URL must be an address like https://api.telnyx.com/v2.',
    ],
    ['TELNYX_BASE_URL', 'ftp://x/v2', 'TELNYX_BASE_URL must be an address like https://api.telnyx.com/v2.'],
    [
      'DATABASE_URL',
      'mysql://u:p@h/n',
      'DATABASE_URL must be an address like postgres://user:password@host:5432/name.',
    ],
    ['DATABASE_URL', 'h/n', 'DATABASE_URL must be an address like postgres://user:password@host:5432/name.'],
    ['ALLOW_LOCAL_WEBHOOKS', 'yes', 'ALLOW_LOCAL_WEBHOOKS must be true or false; it is "yes".'],
    [
      'TELNYX_PUBLIC_KEY',
      'c2hvcnQ=',
      'TELNYX_PUBLIC_KEY must be the base64 of a 32-byte Ed25519 public key, as the carrier shows it; it is "c2hvcnQ=".',
    ],
    [
      'OPERATOR_TOKEN',
      'x'.repeat(23),
      'OPERATOR_TOKEN must have at least 24 characters: ASCII letters, digits and signs, no spaces.',
    ],
    [
      'AUTH_SECRET',
      'x'.repeat(31),
      'AUTH_SECRET must have at least 32 characters: ASCII letters, digits and signs, no spaces.',
    ],
    [
      'SMTP_URL',
      'smtp://mail.example.com',
      'MAIL_FROM must be set where SMTP_URL is: who mail is from, like Talkturo <numbers@example.com>.',
    ],
    [
      'MAIL_FROM',
      'Talkturo',
      'MAIL_FROM must be an address like Talkturo <numbers@example.com>; it is "Talkturo".',
    ],
  ])('refuses %s=%s', (name, value, sentence) => {
    expect(complaint({ [name]: value })).toBe(sentence);
  });

  it.each([
    ['DATABASE_URL', 'mysql://user:hunter2@host/name'],
    ['DATABASE_URL', 'postgres//user:hunter2@host/name'],
    ['DATABASE_URL', 'postgres://user:hunter2@host:notaport/name'],
    ['TELNYX_BASE_URL', 'telnyx://user:hunter2@host'],
    ['OPERATOR_TOKEN', 'hunter2'],
    ['AUTH_SECRET', 'hunter2'],
    ['SMTP_URL', 'http://user:hunter2@host'],
  ])('does not repeat the secret in %s=%s', (name, value) => {
    const sentence = complaint({ [name]: value });
    expect(sentence).toContain(name);
    expect(sentence).not.toContain('hunter2');
  });

  it('takes SMTP_URL with MAIL_FROM', () => {
    const mail = { SMTP_URL: 'smtps://u:p@mail.example.com', MAIL_FROM: 'n@example.com' };
    expect(readConfig(mail)).toEqual({ ...defaults, smtpUrl: mail.SMTP_URL, mailFrom: mail.MAIL_FROM });
  });

  it('names everything that is wrong at once', () => {
    const sentences = complaint({ PORT: 'x', LOG_LEVEL: 'x', OPERATOR_TOKEN: 'x', DATABASE_URL: 'x' }).split(
      '\n',
    );
    expect(sentences.map((sentence) => sentence.split(' ')[0]).sort()).toEqual([
      'DATABASE_URL',
      'LOG_LEVEL',
      'OPERATOR_TOKEN',
      'PORT',
    ]);
    for (const sentence of sentences) expect(sentence).toMatch(/\.$/);
  });

  it.each(['correct horse battery staple', 'ein-schlüssel-mit-umlauten'])(
    'refuses an operator token that no header can carry: %s',
    (token) => {
      expect(complaint({ OPERATOR_TOKEN: token })).toMatch(/^OPERATOR_TOKEN must/);
    },
  );
});
