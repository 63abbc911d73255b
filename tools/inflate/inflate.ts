// Inflates a deflate stream (RFC 1951) into memory that is used again. What is odd about a stream is for others to say.
import {
  distancesKind, endOfBlock, lay, layBases, lengthsKind, literal, literals, longer, sizesKind, special,
} from './huffman';
import { distancesTable, lengthsTable, sizes, sizesOfSizes, sizesTable } from './room';

export { fold, foldedAt } from './sum';

@inline const lengthsBits: i32 = 11;
@inline const distancesBits: i32 = 8;
@inline const sizesBits: i32 = 7;

@inline const isInflated: i32 = 0;
@inline const isMalformed: i32 = 1;
@inline const isTooMuch: i32 = 2;

/** One step writes at most the longest match, and a copy goes up to 32 bytes too far. */
@inline const stepBytes: usize = 512;

/** The input's next byte and its end; bits that were taken from it and not used yet, the next one lowest. */
let next: usize = 0;
let end: usize = 0;
let buffer: u64 = 0;
let left: u64 = 0;

let first: usize = 0;
let out: usize = 0;
/** The last place where a step may begin: more memory is asked for then, up to so many bytes. */
let soft: usize = 0;
let most: usize = 0;

layBases();

/** From one place to before another, which zeros follow, into what lies from a third on: so many bytes at most. */
export function inflate(from: usize, to: usize, into: usize, mostBytes: i32): i32 {
  next = from;
  end = to;
  buffer = 0;
  left = 0;
  first = into;
  out = into;
  most = mostBytes;
  soft = min(<usize>(memory.size() << 16) - stepBytes, first + most);
  while (true) {
    const isLast = take(1);
    const kind = take(2);
    let result = isMalformed;
    if (kind == 0) result = stored();
    else if (kind == 1) {
      layFixed();
      result = block();
    } else if (kind == 2 && layDynamic()) result = block();
    if (result != isInflated) return result;
    if (next - <usize>(left >> 3) > end) return isMalformed;
    if (isLast != 0) return isInflated;
  }
}

/** After the last byte that was used. */
export function inputEnd(): usize {
  return next - <usize>(left >> 3);
}

export function outputEnd(): usize {
  return out;
}

@inline
function fill(): void {
  buffer |= load<u64>(next) << left;
  next += <usize>((63 - left) >> 3);
  left |= 56;
}

function take(count: u64): u32 {
  fill();
  const bits = <u32>(buffer & (((<u64>1) << count) - 1));
  buffer >>= count;
  left -= count;
  return bits;
}

/** Whether there is room for a step, now or with more memory. */
function more(to: usize): bool {
  if (to >= first + most) return false;
  const missing = ((to + stepBytes * 2) >> 16) + 1 - <usize>memory.size();
  if (<i32>missing > 0 && memory.grow(max(<i32>missing, 16)) < 0) return false;
  soft = min(<usize>(memory.size() << 16) - stepBytes, first + most);
  return true;
}

function stored(): i32 {
  // What is left of a byte is passed over; whole bytes go back.
  next -= <usize>(left >> 3);
  buffer = 0;
  left = 0;
  const length = <usize>load<u16>(next);
  if (next + 4 + length > end || (length ^ <usize>load<u16>(next, 2)) != 0xffff) return isMalformed;
  if (out + length > first + most) return isTooMuch;
  if (out + length > soft && !more(out + length)) return isTooMuch;
  memory.copy(out, next + 4, length);
  next += 4 + length;
  out += length;
  return isInflated;
}

function layFixed(): void {
  memory.fill(sizes, 8, 144);
  memory.fill(sizes + 144, 9, 112);
  memory.fill(sizes + 256, 7, 24);
  memory.fill(sizes + 280, 8, 8);
  lay(lengthsTable, lengthsBits, lengthsKind, sizes, 288);
  memory.fill(sizes, 5, 32);
  lay(distancesTable, distancesBits, distancesKind, sizes, 32);
}

function layDynamic(): bool {
  const lengths = <i32>take(5) + 257;
  const distances = <i32>take(5) + 1;
  const told = <i32>take(4) + 4;
  if (lengths > 286 || distances > 30) return false;
  memory.fill(sizesOfSizes, 0, 19);
  for (let index = 0; index < told; index++) store<u8>(sizesOfSizes + <usize>placeOfSize(index), <u8>take(3));
  if (!lay(sizesTable, sizesBits, sizesKind, sizesOfSizes, 19)) return false;
  const all = lengths + distances;
  for (let symbol = 0; symbol < all; ) {
    fill();
    const entry = load<u32>(sizesTable + <usize>((buffer & 0x7f) << 2));
    if ((entry & special) != 0) return false;
    buffer >>= <u64>(entry & 0xff);
    left -= <u64>(entry & 0xff);
    const size = entry >> 16;
    if (size < 16) {
      store<u8>(sizes + <usize>symbol, <u8>size);
      symbol++;
      continue;
    }
    if (size == 16 && symbol == 0) return false;
    const repeated: u8 = size == 16 ? load<u8>(sizes + <usize>(symbol - 1)) : 0;
    const times = size == 16 ? 3 + <i32>take(2) : size == 17 ? 3 + <i32>take(3) : 11 + <i32>take(7);
    if (symbol + times > all) return false;
    memory.fill(sizes + <usize>symbol, repeated, <usize>times);
    symbol += times;
  }
  // A block without an end.
  if (load<u8>(sizes + 256) == 0) return false;
  return (
    lay(lengthsTable, lengthsBits, lengthsKind, sizes, lengths) &&
    lay(distancesTable, distancesBits, distancesKind, sizes + <usize>lengths, distances)
  );
}

/** The sizes of sizes come in this order: 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15. */
function placeOfSize(index: i32): i32 {
  if (index < 3) return 16 + index;
  if (index == 3) return 0;
  const step = (index - 4) >> 1;
  return (index & 1) == 0 ? 8 + step : 7 - step;
}

/** Literals and matches up to the end of the block. */
function block(): i32 {
  let at = next;
  let to = out;
  let bits = buffer;
  let count = left;
  let result = isInflated;
  while (true) {
    if (to > soft && !more(to)) {
      result = isTooMuch;
      break;
    }
    if (at > end + 8) {
      result = isMalformed;
      break;
    }
    bits |= load<u64>(at) << count;
    at += <usize>((63 - count) >> 3);
    count |= 56;
    let entry = load<u32>(lengthsTable + <usize>((bits & 0x7ff) << 2));
    if ((entry & literal) != 0) {
      // What three entries tell takes 33 bits at most.
      bits >>= <u64>(entry & 0xff);
      count -= <u64>(entry & 0xff);
      store<u16>(to, <u16>(entry >> 8));
      to += literals(entry);
      entry = load<u32>(lengthsTable + <usize>((bits & 0x7ff) << 2));
      if ((entry & literal) != 0) {
        bits >>= <u64>(entry & 0xff);
        count -= <u64>(entry & 0xff);
        store<u16>(to, <u16>(entry >> 8));
        to += literals(entry);
        entry = load<u32>(lengthsTable + <usize>((bits & 0x7ff) << 2));
        if ((entry & literal) != 0) {
          bits >>= <u64>(entry & 0xff);
          count -= <u64>(entry & 0xff);
          store<u16>(to, <u16>(entry >> 8));
          to += literals(entry);
          continue;
        }
      }
    }
    if ((entry & special) != 0) {
      if ((entry & longer) != 0) {
        bits >>= lengthsBits;
        count -= lengthsBits;
        const place = ((entry >> 16) & 0x7fff) + (<u32>bits & ((1 << ((entry >> 8) & 15)) - 1));
        entry = load<u32>(lengthsTable + <usize>(place << 2));
      }
      if ((entry & literal) != 0) {
        bits >>= <u64>(entry & 0xff);
        count -= <u64>(entry & 0xff);
        store<u16>(to, <u16>(entry >> 8));
        to += literals(entry);
        continue;
      }
      if ((entry & special) != 0) {
        if ((entry & endOfBlock) == 0) result = isMalformed;
        bits >>= <u64>(entry & 0xff);
        count -= <u64>(entry & 0xff);
        break;
      }
    }
    const length = baseAndMore(entry, bits);
    bits >>= <u64>(entry & 0xff);
    count -= <u64>(entry & 0xff);
    bits |= load<u64>(at) << count;
    at += <usize>((63 - count) >> 3);
    count |= 56;
    entry = load<u32>(distancesTable + <usize>((bits & 0xff) << 2));
    if ((entry & special) != 0) {
      if ((entry & longer) != 0) {
        bits >>= distancesBits;
        count -= distancesBits;
        const place = ((entry >> 16) & 0x7fff) + (<u32>bits & ((1 << ((entry >> 8) & 15)) - 1));
        entry = load<u32>(distancesTable + <usize>(place << 2));
      }
      if ((entry & special) != 0) {
        result = isMalformed;
        break;
      }
    }
    const distance = baseAndMore(entry, bits);
    bits >>= <u64>(entry & 0xff);
    count -= <u64>(entry & 0xff);
    if (distance > to - first) {
      result = isMalformed;
      break;
    }
    copy(to, distance, length);
    to += length;
  }
  next = at;
  out = to;
  buffer = bits;
  left = count;
  return result;
}

/** A base, and what the bits behind the code add to it. */
@inline
function baseAndMore(entry: u32, bits: u64): usize {
  const all = <u64>(entry & 0xff);
  const behind = (bits & (((<u64>1) << all) - 1)) >> <u64>((entry >> 8) & 15);
  return <usize>((entry >> 16) & 0x7fff) + <usize>behind;
}

/** Bytes that came before, again; up to 32 bytes after them are written, too. */
@inline
function copy(to: usize, distance: usize, length: usize): void {
  let from = to - distance;
  let at = to;
  const last = to + length;
  if (distance >= 16) {
    // Most matches are short, and how short nobody can foresee.
    v128.store(at, v128.load(from));
    v128.store(at, v128.load(from, 16), 16);
    for (at += 32, from += 32; at < last; at += 16, from += 16) v128.store(at, v128.load(from));
  } else if (distance == 1) {
    const bytes = i8x16.splat(load<i8>(from));
    do {
      v128.store(at, bytes);
      at += 16;
    } while (at < last);
  } else if (distance >= 8) {
    do {
      store<u64>(at, load<u64>(from));
      at += 8;
      from += 8;
    } while (at < last);
  } else {
    do {
      store<u8>(at++, load<u8>(from++));
    } while (at < last);
  }
}
