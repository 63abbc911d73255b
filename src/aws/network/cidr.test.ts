import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidrHolds, ipv4Bits, ipv4Text } from './cidr.ts';

describe('IPv4 addresses', () => {
  it('are read as they are written', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffffff }), (bits) => ipv4Bits(ipv4Text(bits)) === bits));
  });

  it.each(['0.0.0.0', '1.0.0.0', '127.255.255.255', '128.0.0.0', '255.0.0.0'])(
    'are written as they are read: %s',
    (text) => {
      expect(ipv4Text(ipv4Bits(text))).toBe(text);
    },
  );

  it.each(['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1..2.3', '1.2.3.', 'a.b.c.d', '1.2.3.4 '])(
    'are refused when they are none: %j',
    (text) => expect(ipv4Bits(text)).toBe(-1),
  );
});

describe('a block', () => {
  it.each([
    ['10.0.0.0/16', '10.0.255.255', true],
    ['10.0.0.0/16', '10.1.0.0', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['128.0.0.0/1', '200.1.1.1', true],
    ['10.0.0.5', '10.0.0.5', true],
    ['10.0.0.5/32', '10.0.0.4', false],
    ['::/0', '2001:db8::1', true],
    ['2001:db8::/48', '2001:db8:1::1', false],
    ['nonsense', '10.0.0.1', false],
    ['10.0.0.0/', '10.0.0.1', false],
    ['10.0.0.0/33', '10.0.0.0', false],
  ])('%s holds %s: %s', (cidr, address, holds) => expect(cidrHolds(cidr, address)).toBe(holds));
});
