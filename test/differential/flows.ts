import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { isPublicIpv4 } from '../../src/aws/address.ts';
import { ipv4Bits } from '../../src/aws/network/cidr.ts';
import { flowBounds, flowMarks, protocolShift } from '../../src/model/flow-rows.ts';
import type { FlowNumbers } from '../../src/sources/vpc-flow/flow-numbers.ts';
import { scannedLines } from '../fakes/scanned-lines.ts';

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
    '192.0.0.7',
    '192.0.1.7',
    '192.168.0.1',
    '10.0.0.1',
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
  fc.constantFrom('22', '3389', '5986', '5985', '6', '3', '4', '5000', '5001', '1800', '1801'),
  fc.constantFrom('-', '', '-1', '1x', 'x', '12345678', '123456789', '1234567x9', '99999999999999999999', '0007'),
);
const times = fc.oneof(
  fc.nat(2_000_000_000).map(String),
  fc.constantFrom('-', 'start', '9999999999', '99999999999', '100000000000'),
);
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

const named = Object.keys(sample()).filter((field) => field !== 'other') as (keyof Line)[];
const orders = fc.shuffledSubarray([...named, 'other', 'unknown'], { minLength: named.length + 2 });
const lines = fc.array(line, { minLength: 1, maxLength: 30 });

/** Each takes generated lines and says whether both readings agree. */
export const flowProperties = {
  'lines are read as by one who splits them, in whatever order the fields are': fc.property(
    orders,
    lines,
    fc.constantFrom('\n', '\r\n'),
    (fields, all, end) => {
      const text = all.map((each) => fields.map((field) => each[field as keyof Line] ?? 'y').join(' ') + end);
      const { flows, odd, noData, skipData } = scannedLines(fields, text.join(''));
      const kept = all.filter((each) => each['log-status'] !== 'NODATA' && each['log-status'] !== 'SKIPDATA');
      const inOrder = kept
        .filter(isTimed)
        .map((each, index) => ({ each, index }))
        .sort((a, b) => secondsOf(a.each) - secondsOf(b.each) || a.index - b.index);
      const expected = inOrder.map(({ each }) => told(each));
      const counts = [noData + skipData, odd.length];
      const areCounted = isDeepStrictEqual(counts, [all.length - kept.length, kept.length - inOrder.length]);
      return areCounted && isDeepStrictEqual(flows.map(shown), expected);
    },
  ),
  'the same record alone has the same fingerprint': fc.property(line, line, (one, other) => {
    const of = (each: Line) =>
      scannedLines(named, `${named.map((field) => each[field]).join(' ')}\n`).flows[0]?.fingerprint;
    const [first, second] = [of(one), of(other)];
    if (first === undefined || second === undefined) return true;
    const isSame = named.every((field) => one[field] === other[field]);
    return (first === second) === isSame && of({ ...one, other: 'x' }) === first;
  }),
};

type Line = ReturnType<typeof sample>;

function sample() {
  return fc.sample(line, 1)[0]!;
}

function isTimed(each: Line): boolean {
  return /^\d+$/.test(each.start) && Number(each.start) < 1e11;
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
      flow.marks & ~ofFields,
    ]);
}

/** Marks that are compared as what they say, and one that depends on other lines. */
const ofFields =
  flowMarks.accepted | flowMarks.ingress | flowMarks.egress | flowMarks.usualAccount | (0xff << protocolShift);

/** What a field tells that is no number: -1 where there is none, and another negative number where it is odd. */
function told(each: Line) {
  const odd = (text: string) => (text === '-' || text === '' ? -1 : -2);
  const address = (text: string) => (isPlain(text) ? ipv4Bits(text.replace(/(^|\.)0+(?=\d)/g, '$1')) : odd(text));
  const number = (text: string) => (/^\d+$/.test(text) ? Math.min(Number(text), 2 ** 63) : odd(text));
  const port = (text: string) => (number(text) >= 0 && number(text) <= 0xffff ? number(text) : -1);
  const protocol = number(each.protocol);
  const [source, destination] = [address(each.srcaddr), address(each.dstaddr)];
  const [srcport, dstport] = [port(each.srcport), port(each.dstport)];
  const [packets, bytes] = [Math.max(number(each.packets), 0), number(each.bytes)];
  const isTcp = protocol === 6;
  const marks = [
    [isPublicIpv4(source) && !isPartly(source), flowMarks.fromPublic],
    [isPublicIpv4(destination) && !isPartly(destination), flowMarks.toPublic],
    [source === -2 || destination === -2 || isPartly(source) || isPartly(destination), flowMarks.unclear],
    [srcport > dstport, flowMarks.toLower],
    [isTcp, flowMarks.tcp],
    [packets <= flowBounds.packets, flowMarks.few],
    [bytes <= packets * flowBounds.bytesPerPacket, flowMarks.small],
    [
      isTcp &&
        bytes <= flowBounds.loginBytes &&
        Object.values(flowBounds.loginPorts)
          .flat()
          .includes(dstport as never),
      flowMarks.login,
    ],
  ] as const;
  return [
    source,
    destination,
    srcport,
    dstport,
    protocol >= 0 && protocol < 255 ? protocol : 255,
    packets,
    bytes,
    Number(each.action === 'ACCEPT'),
    Number(each.start) * 1_000,
    ['-', 'egress', 'ingress'].indexOf(each['flow-direction']),
    marks.reduce((sum, [is, mark]) => sum + (is ? mark : 0), 0),
  ];
}

/** Of the one network of 16 bits of which a part is public. */
function isPartly(bits: number): boolean {
  return bits >>> 16 === 0xc000;
}

function isPlain(text: string): boolean {
  const octets = text.split('.');
  return octets.length === 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256);
}
