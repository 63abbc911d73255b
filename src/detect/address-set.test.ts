import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cidrHolds, ipv4Text, prefixLength } from '../aws/network/cidr.ts';
import { AddressSet } from './address-set.ts';

const cases: readonly (readonly [entries: readonly string[], address: string, entry: string | undefined])[] = [
  [['203.0.113.7'], '203.0.113.7', '203.0.113.7'],
  [['203.0.113.7'], '203.0.113.8', undefined],
  [['203.0.113.7/24'], '203.0.113.200', '203.0.113.0/24'],
  [['203.0.113.0/24', '203.0.113.7'], '203.0.113.7', '203.0.113.7'],
  [['203.0.113.7', '203.0.113.0/24'], '203.0.113.8', '203.0.113.0/24'],
  [['0.0.0.0/0'], '255.255.255.255', '0.0.0.0/0'],
  [['255.255.255.255'], '255.255.255.255', '255.255.255.255'],
  [['2001:db8::/32'], '2001:db8:0:1::9', '2001:db8::/32'],
  [['2001:db8::9'], '2001:db8::9', '2001:db8::9'],
  [['2001:db8::9'], '2001:DB8:0::9', '2001:DB8:0::9'],
  [['2001:db8::/32'], '2001:db9::1', undefined],
  [['203.0.113.0/24'], 'not an address', undefined],
  [[], '203.0.113.7', undefined],
];

test.each(cases)('%j holds %s as %s', (entries, address, entry) => {
  const set = new AddressSet();
  for (const each of entries) expect(set.add(each)).toBe(true);
  expect(set.entryOf(address)).toBe(entry);
});

test.each(['', 'name.example', '203.0.113', '203.0.113.7/33', '2001:db8::/129', '203.0.113.999'])(
  'takes no %j',
  (text) => {
    expect(new AddressSet().add(text)).toBe(false);
  },
);

test('holds what any of its ranges holds, and names the narrowest', () => {
  // Few bits differ, so that ranges nest and touch.
  const address = fc.integer({ min: 0, max: 63 }).map((bits) => ipv4Text(0xc0a80000 + bits));
  const range = fc.tuple(address, fc.integer({ min: 24, max: 32 })).map(([base, length]) => `${base}/${length}`);
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), address, (ranges, asked) => {
      const set = new AddressSet();
      for (const each of ranges) set.add(each);
      const holding = ranges.filter((each) => cidrHolds(each, asked)).map(prefixLength);
      const entry = set.entryOf(asked);
      expect(entry === undefined ? [] : [prefixLength(entry)]).toEqual(
        holding.length === 0 ? [] : [Math.max(...holding)],
      );
    }),
    { numRuns: 500 },
  );
});

test('takes more after it was asked', () => {
  const set = new AddressSet();
  set.add('203.0.113.7');
  expect(set.entryOf('203.0.113.9')).toBeUndefined();
  set.add('203.0.113.9');
  expect([set.entryOf('203.0.113.7'), set.entryOf('203.0.113.9'), set.size]).toEqual(['203.0.113.7', '203.0.113.9', 2]);
});
