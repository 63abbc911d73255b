// Writes data/networks.bin: which autonomous system announces which addresses, from the pinned @ip-location-db/asn
// (CC-BY-4.0, see NOTICE). The same input gives the same bytes. src/run/adapters/networks.ts reads them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, 'node_modules', '@ip-location-db', 'asn');
const out = join(here, '..', 'data');

// Networks that are announced in longer prefixes than /48 do not cross the internet, and 48 bits fit a double.
const v6Shift = 80n;

const v4 = apart(rows('asn-ipv4-num.csv').map(([first, last, ...network]) => [Number(first), Number(last), network]));
const v6 = apart(
  rows('asn-ipv6-num.csv').map(([first, last, ...network]) => [
    Number(BigInt(first) >> v6Shift),
    Number(BigInt(last) >> v6Shift),
    network,
  ]),
);
const names = byUse([...v4, ...v6]);
const ids = new Map(names.map((name, index) => [name, index]));
const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
const header = { version, v4: v4.length, v6: v6.length, networks: names.length };

const bytes = Buffer.concat([
  Buffer.from(`${JSON.stringify(header)}\n${names.join('\n')}\n`),
  Buffer.from(packed(v4)),
  Buffer.from(packed(v6)),
]);
mkdirSync(out, { recursive: true });
const options = { params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
writeFileSync(join(out, 'networks.bin'), brotliCompressSync(bytes, options));

function rows(file) {
  const lines = readFileSync(join(source, file), 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [first, last, asn, ...rest] = line.split(',');
    return [first, last, asn, rest.join(',').replace(/^"|"$/g, '').replaceAll('""', '"')];
  });
}

/** Shifted ranges may share their last prefix: the first of them has it. */
function apart(ranges) {
  let next = 0;
  return ranges.flatMap(([first, last, network]) => {
    if (last < next) return [];
    const range = [Math.max(first, next), last, network];
    next = last + 1;
    return [range];
  });
}

/** `<number> <organisation>`, the most frequent first, so that their index is short. */
function byUse(ranges) {
  const uses = new Map();
  for (const [, , network] of ranges) uses.set(network.join(' '), (uses.get(network.join(' ')) ?? 0) + 1);
  return [...uses].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}

/** Three columns of base-128 numbers: the gap before each range, its length less one, its network. */
function packed(ranges) {
  const gaps = [];
  const lengths = [];
  const networks = [];
  let next = 0;
  for (const [first, last, network] of ranges) {
    put(gaps, first - next);
    put(lengths, last - first);
    put(networks, ids.get(network.join(' ')));
    next = last + 1;
  }
  return [...[gaps, lengths, networks].map((column) => Buffer.from(column))].reduce((a, b) => Buffer.concat([a, b]));
}

function put(bytes, number) {
  if (number < 0) throw new Error(`ranges overlap or are out of order: ${number}`);
  let rest = number;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
}
