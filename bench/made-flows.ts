import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { defaultFields } from '../src/sources/vpc-flow/format.ts';

/**
 * Flow logs as a busy network writes them: web servers with clients from everywhere, services among themselves, health
 * checks, calls of public APIs, a lookup now and then, and the noise of the internet that security groups reject.
 */
export function madeFlows(file: number, count: number): Buffer {
  return gzipSync(`${defaultFields.join(' ')}\n${lines(file, count).join('\n')}\n`);
}

/** The same as Parquet, as the service delivers it: counts and times with 64 bits, nothing where a line has a hyphen. */
export function madeParquetFlows(file: number, count: number): ArrayBuffer {
  const rows = lines(file, count).map((line) => line.split(' '));
  return parquetWriteBuffer({
    columnData: defaultFields.map((name, column) => {
      const values = rows.map((row) => (row[column] === '-' ? null : row[column]!));
      const [type, read] = wide.includes(name)
        ? (['INT64', BigInt] as const)
        : narrow.includes(name)
          ? (['INT32', Number] as const)
          : (['STRING', String] as const);
      return {
        name: name.replaceAll('-', '_'),
        type,
        data: values.map((value) => (value === null ? null : read(value))),
      };
    }),
  });
}

const wide = ['packets', 'bytes', 'start', 'end'];
const narrow = ['version', 'srcport', 'dstport', 'protocol'];

type Draw = (below: number) => number;
type Conversation = readonly [
  shares: number,
  make: (draw: Draw) => {
    readonly of: number;
    readonly peer: string;
    readonly port: number;
    readonly opens: boolean;
    readonly protocol?: number;
    readonly packets: number;
    readonly sizes: readonly [request: number, answer: number];
    readonly rejected?: boolean;
  },
];

const interfaces = 2_000;
const conversations: readonly Conversation[] = [
  // Clients of web servers.
  [
    30,
    (draw) => ({ of: draw(40), peer: client(draw), port: 443, opens: false, packets: 8 + draw(60), sizes: [120, 900] }),
  ],
  // Services among themselves.
  [
    30,
    (draw) => ({
      of: 40 + draw(interfaces - 40),
      peer: own(draw(interfaces)),
      port: [5_432, 6_379, 8_080, 9_092][draw(4)]!,
      opens: draw(2) === 0,
      packets: 4 + draw(200),
      sizes: [200, 600],
    }),
  ],
  // Health checks of load balancers.
  [10, (draw) => ({ of: draw(400), peer: own(draw(8)), port: 8_080, opens: false, packets: 6, sizes: [60, 80] })],
  // Public APIs.
  [
    15,
    (draw) => ({
      of: 40 + draw(interfaces - 40),
      peer: api(draw),
      port: 443,
      opens: true,
      packets: 10 + draw(90),
      sizes: [300, 700],
    }),
  ],
  // Time and names.
  [
    3,
    (draw) => ({
      of: draw(interfaces),
      peer: '169.254.169.123',
      port: 123,
      opens: true,
      protocol: 17,
      packets: 1,
      sizes: [76, 76],
    }),
  ],
  // What the internet tries.
  [
    12,
    (draw) => ({
      of: draw(60),
      peer: client(draw),
      port: [22, 23, 80, 445, 1_433, 3_389, 5_060, 8_088, draw(65_536), draw(65_536)][draw(10)]!,
      opens: false,
      packets: 1 + draw(2),
      sizes: [44, 44],
      rejected: true,
    }),
  ],
];

function lines(file: number, count: number): readonly string[] {
  const draw = drawer(file + 1);
  const bag = conversations.flatMap(([shares, make]) => Array.from({ length: shares }, () => make));
  const begin = 1_767_571_200 + Math.floor(file / 4) * 600;
  const made: string[] = [];
  while (made.length < count) {
    const { of, peer, port, opens, protocol = 6, packets, sizes, rejected } = bag[draw(bag.length)]!(draw);
    const ephemeral = 32_768 + draw(28_232);
    const start = begin + draw(540);
    const end = start + 20 + draw(40);
    const line = (isOut: boolean) => {
      const [from, to] = isOut ? [own(of), peer] : [peer, own(of)];
      const ports = isOut === opens ? `${ephemeral} ${port}` : `${port} ${ephemeral}`;
      const bytes = packets * sizes[isOut === opens ? 0 : 1];
      const fate = rejected === true ? 'REJECT' : 'ACCEPT';
      return `2 111122223333 ${named(of)} ${from} ${to} ${ports} ${protocol} ${packets} ${bytes} ${start} ${end} ${fate} OK`;
    };
    made.push(line(opens));
    if (rejected !== true) made.push(line(!opens));
    if (draw(200) === 0) made.push(`2 111122223333 ${named(of)} - - - - - - - ${start} ${end} - NODATA`);
  }
  return made.slice(0, count);
}

const named = (index: number) => `eni-0${(0x9e3779b9 * (index + 1)).toString(16).padStart(16, '0').slice(0, 16)}`;
const own = (index: number) => `10.0.${index >> 8}.${index & 255}`;
const client = (draw: Draw) => `${draw(2) === 0 ? 86 : 203}.${draw(20)}.${draw(256)}.${draw(250)}`;
const api = (draw: Draw) => `52.${94 + draw(3)}.${draw(16)}.${draw(200)}`;

/** The same numbers each time. */
function drawer(seed: number): Draw {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
