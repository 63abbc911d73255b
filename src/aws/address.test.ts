import { describe, expect, test } from 'vitest';
import { addressOf, isPublic } from './address.ts';

/** The first and the last of each block that IANA keeps out, and their neighbours. */
const kept: readonly (readonly [before: string, first: string, last: string, after: string])[] = [
  ['9.255.255.255', '10.0.0.0', '10.255.255.255', '11.0.0.0'],
  ['100.63.255.255', '100.64.0.0', '100.127.255.255', '100.128.0.0'],
  ['126.255.255.255', '127.0.0.0', '127.255.255.255', '128.0.0.0'],
  ['169.253.255.255', '169.254.0.0', '169.254.255.255', '169.255.0.0'],
  ['172.15.255.255', '172.16.0.0', '172.31.255.255', '172.32.0.0'],
  ['191.255.255.255', '192.0.0.0', '192.0.0.255', '192.0.1.0'],
  ['192.167.255.255', '192.168.0.0', '192.168.255.255', '192.169.0.0'],
  ['198.17.255.255', '198.18.0.0', '198.19.255.255', '198.20.0.0'],
];

test.each(kept)('from %s to %s', (before, first, last, after) => {
  expect([before, first, last, after].map(isPublic)).toEqual([true, false, false, true]);
});

test.each<[string, boolean]>([
  ['0.255.255.255', false],
  ['1.0.0.0', true],
  ['223.255.255.255', true],
  ['224.0.0.0', false],
  ['255.255.255.255', false],
  ['203.0.113.9', true],
  ['2001:db8::1', true],
  ['3fff::1', true],
  ['fe80::1', false],
  ['fd00::1', false],
  ['::1', false],
  ['ec2.amazonaws.com', false],
  ['', false],
])('%s is of the internet: %s', (text, expected) => {
  expect(isPublic(text)).toBe(expected);
});

describe('what a log gives as an address', () => {
  test.each<[string, object | undefined]>([
    ['', undefined],
    ['-', undefined],
    ['010.001.002.003', { kind: 'ip', text: '10.1.2.3', public: false }],
    ['2001:DB8::1', { kind: 'ip', text: '2001:db8::1', public: true }],
    ['ec2.amazonaws.com', { kind: 'service', text: 'ec2.amazonaws.com' }],
    ['AWS Internal', { kind: 'service', text: 'AWS Internal' }],
    ['1.2.3', { kind: 'service', text: '1.2.3' }],
  ])('%j', (text, expected) => {
    expect(addressOf(text)).toEqual(expected);
  });
});
