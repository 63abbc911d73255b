import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ipv4Bits } from '../../aws/network/cidr.ts';
import { Spare } from '../spare.ts';
import { FlowNumbers } from './flow-numbers.ts';
import { columnsOf, FlowScanner, type SpareNumbers } from './scanner.ts';

const scanner = new FlowScanner();
const spare: SpareNumbers = new Spare((length) => new Float64Array(length));

/** What the scanner makes of lines, and the lines that it finds odd. */
function scanned(fields: readonly string[], text: string) {
  const bytes = Buffer.from(text);
  const odd: string[] = [];
  const { size, noData, skipData } = scanner.over(columnsOf(fields), bytes, 0, bytes.length, ({ start, end }) =>
    odd.push(bytes.toString('latin1', start, end).trimEnd()),
  );
  const rows = scanner.rows(spare);
  const flows = Array.from({ length: size }, (_, row) => {
    const flow = new FlowNumbers();
    flow.move(rows, row);
    return flow;
  });
  return { flows, odd, noData, skipData };
}

const texts = fc.constantFrom(
  '-',
  '0',
  'eni-0123456789abcdef0',
  '111122223333',
  'x',
  'ACCEPT',
  'a-longer-text-than-others',
);
const addresses = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.constantFrom(
    '-',
    '',
    '1.2.3',
    '1.2.3.4.5',
    '1..2.3',
    '256.1.1.1',
    '1.2.3.4x',
    '010.001.000.007',
    '.1.2.3',
    '1.2.3.',
  ),
);
const numbers = fc.oneof(
  fc.nat().map(String),
  fc.bigInt(0n, 2n ** 53n).map(String),
  fc.constantFrom('-', '', '-1', '1x', 'x', '12345678', '123456789', '1234567x9', '99999999999999999999', '0007'),
);
const times = fc.oneof(fc.nat(2_000_000_000).map(String), fc.constantFrom('-', 'start', '9999999999', '8640000000001'));
const line = fc.record({
  'account-id': texts,
  'interface-id': texts,
  srcaddr: addresses,
  dstaddr: addresses,
  srcport: numbers,
  dstport: numbers,
  protocol: numbers,
  packets: numbers,
  bytes: numbers,
  start: times,
  action: fc.constantFrom('ACCEPT', 'REJECT', '-', 'ACCEPTED'),
  'flow-direction': fc.constantFrom('ingress', 'egress', '-'),
  'log-status': fc.constantFrom('OK', 'OK', 'OK', 'NODATA', 'SKIPDATA', '-'),
  other: texts,
});

it('reads any line as one who splits it, in whatever order the fields are', () => {
  const order = fc.shuffledSubarray([...Object.keys(sample()), 'unknown'], { minLength: 15 });
  const lines = fc.array(line, { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(order, lines, fc.constantFrom('\n', '\r\n'), (fields, all, end) => {
      const text = all.map((each) => fields.map((field) => each[field as keyof typeof each] ?? 'y').join(' ') + end);
      const seen = scanned(fields, text.join(''));
      const kept = all.filter((each) => each['log-status'] !== 'NODATA' && each['log-status'] !== 'SKIPDATA');
      const [timed, odd] = [kept.filter(isTimed), kept.filter((each) => !isTimed(each))];
      expect(seen.noData + seen.skipData).toBe(all.length - kept.length);
      expect(seen.odd).toHaveLength(odd.length);
      const inOrder = timed
        .map((each, index) => ({ each, index }))
        .sort((a, b) => secondsOf(a.each) - secondsOf(b.each) || a.index - b.index);
      expect(seen.flows.map(shown)).toEqual(inOrder.map(({ each }) => expected(each, fields)));
    }),
    { numRuns: 300 },
  );
});

it('gives the same fingerprint to the same record alone', () => {
  fc.assert(
    fc.property(line, line, (one, other) => {
      const fields = Object.keys(sample()).filter((field) => field !== 'other');
      const of = (each: Line) =>
        scanned(fields, `${fields.map((field) => each[field as keyof Line]).join(' ')}\n`).flows[0]?.fingerprint;
      const isSame = fields.every((field) => one[field as keyof Line] === other[field as keyof Line]);
      if (of(one) !== undefined && of(other) !== undefined)
        expect([isSame, of(one) === of(other)]).toEqual([isSame, isSame]);
      expect(of({ ...one, other: 'x' })).toBe(of(one));
    }),
  );
});

it('finds lines with another number of fields odd, and passes over empty ones', () => {
  const { flows, odd } = scanned(['start', 'bytes'], '1 2\n\n1\n1 2 3\n1 2 \n3 4\n');
  expect([flows.length, odd]).toEqual([2, ['1', '1 2 3', '1 2']]);
});

it('sorts lines that are years apart', () => {
  const starts = [1_767_571_200, 5, 8_640_000_000_000, 1_767_571_199, 5, 0];
  const { flows } = scanned(['start', 'bytes'], starts.map((start, index) => `${start} ${index}\n`).join(''));
  expect(flows.map((flow) => [flow.time / 1_000, flow.bytes])).toEqual([
    [0, 5],
    [5, 1],
    [5, 4],
    [1_767_571_199, 3],
    [1_767_571_200, 0],
    [8_640_000_000_000, 2],
  ]);
});

type Line = ReturnType<typeof sample>;

function sample() {
  return fc.sample(line, 1)[0]!;
}

function isTimed(each: Line): boolean {
  return /^\d+$/.test(each.start) && Number(each.start) <= 8.64e12;
}

function secondsOf(each: Line): number {
  return Number(each.start);
}

function shown(flow: FlowNumbers) {
  const { srcaddr, dstaddr, srcport, dstport, protocol, packets, bytes, accepted, direction, time } = flow;
  return [srcaddr, dstaddr]
    .map((bits) => (bits < 0 ? Math.max(bits, -2) : bits))
    .concat([
      srcport,
      dstport,
      protocol,
      packets,
      bytes < 0 ? Math.max(bytes, -2) : bytes,
      Number(accepted),
      time,
      direction === undefined ? 0 : direction === 'egress' ? 1 : 2,
    ]);
}

/** What a field tells that is no number: -1 where there is none, and another negative number where it is odd. */
function expected(each: Line, fields: readonly string[]) {
  const told = (field: keyof Line) => (fields.includes(field) ? each[field] : '-');
  const odd = (text: string) => (text === '-' || text === '' ? -1 : -2);
  const address = (text: string) => (isPlain(text) ? ipv4Bits(text.replace(/(^|\.)0+(?=\d)/g, '$1')) : odd(text));
  const number = (text: string) => (/^\d+$/.test(text) ? Math.min(Number(text), 2 ** 63) : odd(text));
  const port = (text: string) => (number(text) >= 0 && number(text) <= 0xffff ? number(text) : -1);
  const protocol = number(told('protocol'));
  return [
    address(told('srcaddr')),
    address(told('dstaddr')),
    port(told('srcport')),
    port(told('dstport')),
    protocol >= 0 && protocol < 255 ? protocol : 255,
    Math.max(number(told('packets')), 0),
    number(told('bytes')),
    Number(told('action') === 'ACCEPT'),
    Number(told('start')) * 1_000,
    ['-', 'egress', 'ingress'].indexOf(told('flow-direction')),
  ];
}

function isPlain(text: string): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256);
}
