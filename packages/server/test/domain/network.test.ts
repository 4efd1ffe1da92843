import { describe, expect, it } from 'vitest';
import { networkOf } from '../../src/domain/network.ts';

describe('the network of an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:5678', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::ffff', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
    ['[2001:db8::1]', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is apart for neighbours', () => {
    expect(networkOf('192.0.2.1')).not.toBe(networkOf('192.0.2.2'));
    expect(networkOf('2001:db8:1:2::1')).not.toBe(networkOf('2001:db8:1:3::1'));
  });

  it.each(['', 'unknown', '_hidden', 'x'.repeat(5_000), '192.0.2.256', undefined])(
    'is one for everything that is no address: %s',
    (address) => {
      expect(networkOf(address)).toBe('unknown');
    },
  );
});
