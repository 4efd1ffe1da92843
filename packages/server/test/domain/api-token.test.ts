import { describe, expect, it } from 'vitest';
import { hashToken, newToken, tokenPrefix } from '../../src/domain/api-token.ts';
import { MODES } from '../../src/domain/mode.ts';

const TAIL = 'A'.repeat(32);

describe('API tokens', () => {
  it.each(MODES)('say their mode: %s', (mode) => {
    const token = newToken(mode);
    expect(token).toMatch(new RegExp(`^tk_${mode}_[0-9A-Za-z]{32}$`));
  });

  it('are never the same twice', () => {
    const tokens = Array.from({ length: 1_000 }, () => newToken('live'));
    expect(new Set(tokens).size).toBe(1_000);
    // Every character of the alphabet comes up somewhere in 32,000 draws.
    expect(new Set(tokens.map((token) => token.slice(8)).join('')).size).toBe(62);
  });

  it('show four characters of the secret in lists', () => {
    expect(tokenPrefix(`tk_test_abcd${'x'.repeat(28)}`)).toBe('tk_test_abcd');
  });

  it('are kept as SHA-256', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it("are other tokens under the other mode's prefix", () => {
    expect(hashToken(`tk_live_${TAIL}`)).not.toBe(hashToken(`tk_test_${TAIL}`));
  });
});
