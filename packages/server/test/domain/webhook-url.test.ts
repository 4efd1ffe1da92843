import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/domain/public-address.ts';
import { mayHaveAddress, urlProblem } from '../../src/domain/webhook-url.ts';

const NEVER = [
  '',
  'example.com',
  'file:///etc/passwd',
  'ftp://example.com/',
  'gopher://example.com/',
  'javascript:alert(1)',
  'http://example.com/',
  'http://localhost.example.com/',
  'https://user@example.com/',
  'https://user:password@example.com/',
  'https://:password@example.com/',
  'https://example.com/#part',
  'https://example.com/#',
  'https://exam\nple.com/',
  'https://example.com/a b',
  'https:\\\\example.com\\',
  'https://',
  'https://example.com:99999/',
  `https://example.com/${'x'.repeat(2048)}`,
  'http://169.254.169.254/latest/meta-data',
  'https://169.254.169.254/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://0.0.0.0/',
  'https://255.255.255.255/',
  'https://224.0.0.1/',
  'https://198.18.0.1/',
  'https://192.0.2.1/',
  'https://127.0.0.2/',
  // The same addresses, as nobody writes them.
  'https://2130706433/',
  'http://2130706433/',
  'https://0x7f000001/',
  'http://0x7f.1/',
  'https://0177.0.0.1/',
  'http://127.1/',
  'https://3232235777/',
  'https://１２７.0.0.1/',
  'http://%31%32%37.0.0.1/',
  'https://134744072/',
  'https://0x8.8.8.8/',
  'http://[::1]/',
  'https://[::1]/',
  'https://[::]/',
  'https://[fe80::1]/',
  'https://[fc00::1]/',
  'https://[fd12:3456::1]/',
  'https://[ff02::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[::10.0.0.1]/',
  'https://[64:ff9b::10.0.0.1]/',
  'https://[64:ff9b:1::a00:1]/',
  'https://[2002:a00:1::]/',
  'https://[2001:db8::1]/',
  'https://[2001:0:a00:1::]/',
];

const ALWAYS = [
  'https://example.com',
  'https://example.com/webhooks?token=x',
  'https://EXAMPLE.com:8443/',
  'https://bücher.example/',
  'https://8.8.8.8/',
  'https://[2606:4700::1111]/',
  'https://[::ffff:8.8.8.8]/',
];

const LOCAL = [
  'http://localhost:3001/webhooks',
  'https://localhost/',
  'http://127.0.0.1:3001',
  'https://127.0.0.1/',
];

describe('the address of a webhook', () => {
  it.each(NEVER)('is never %j', (url) => {
    for (const local of [true, false]) expect(urlProblem(url, { local })).toMatch(/^must /);
  });

  it.each(ALWAYS)('may be %s', (url) => {
    for (const local of [true, false]) expect(urlProblem(url, { local })).toBeNull();
  });

  it.each(LOCAL)('is %s only where local ones are allowed', (url) => {
    expect(urlProblem(url, { local: true })).toBeNull();
    expect(urlProblem(url, { local: false })).toMatch(/^must /);
  });
});

describe('the IP address behind a host', () => {
  it.each([
    ['example.com', '93.184.216.34', true],
    ['example.com', '::ffff:93.184.216.34', true],
    ['example.com', '127.0.0.1', false],
    ['example.com', '10.0.0.1', false],
    ['example.com', '::ffff:10.0.0.1', false],
    ['example.com', 'fe80::1%eth0', false],
    ['example.com', '', false],
    ['localhost.', '127.0.0.1', false],
    ['evil.localhost', '127.0.0.1', false],
  ])('of %s may be %s: %s', (host, address, allowed) => {
    for (const local of [true, false]) expect(mayHaveAddress(host, address, { local })).toBe(allowed);
  });

  it('of this machine is its own, and only where that is allowed', () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
      expect(mayHaveAddress('localhost', address, { local: true })).toBe(true);
      expect(mayHaveAddress('localhost', address, { local: false })).toBe(false);
    }
    for (const address of ['10.0.0.1', '8.8.8.8'])
      expect(mayHaveAddress('localhost', address, { local: true })).toBe(false);
  });

  it('is not public where it is none', () => {
    for (const text of ['', 'x', '1.2.3', '1.2.3.4.5', ':::1']) expect(isPublicAddress(text)).toBe(false);
  });
});
