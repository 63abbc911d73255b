// Tables of prefix codes: a look at the next bits of the input tells a symbol and how many bits it takes.
import { counts, distanceBases, distanceBits, lengthBases, lengthBits, nextCodes } from './room';

/*
 * An entry: from bit 16 on a base, or where the table of longer codes begins; in bits 8 to 11 the length of the code (or of
 * the places of that table), in bits 0 to 7 the same with the bits that follow the code. That of a literal: in bits 8 to 15
 * the literal, in bits 16 to 23 the one after it, if the bits looked at tell it too; in bits 0 to 7 how many of them tell it.
 */
@inline export const literal: u32 = 0x80000000;
@inline const two: u32 = 0x01000000;
/** Neither a literal nor a base: the end of a block, longer codes, or no code at all. */
@inline export const special: u32 = 0x8000;
@inline export const longer: u32 = 0x4000;
@inline export const endOfBlock: u32 = 0x2000;

@inline export const sizesKind: i32 = 0;
@inline export const lengthsKind: i32 = 1;
@inline export const distancesKind: i32 = 2;

@inline const longest: i32 = 15;

/** Writes down the bases once: RFC 1951, section 3.2.5. */
export function layBases(): void {
  let base = 3;
  for (let symbol = 0; symbol < 28; symbol++) {
    const bits = symbol < 8 ? 0 : (symbol >> 2) - 1;
    store<u16>(lengthBases + (<usize>symbol << 1), base);
    store<u8>(lengthBits + <usize>symbol, bits);
    base += 1 << bits;
  }
  // The longest match has a code without further bits.
  store<u16>(lengthBases + 56, 258);
  store<u8>(lengthBits + 28, 0);
  base = 1;
  for (let symbol = 0; symbol < 30; symbol++) {
    const bits = symbol < 4 ? 0 : (symbol >> 1) - 1;
    store<u16>(distanceBases + (<usize>symbol << 1), base);
    store<u8>(distanceBits + <usize>symbol, bits);
    base += 1 << bits;
  }
}

/** Lays the table of so many symbols by the lengths of their codes; false where these are no prefix code. */
export function lay(table: usize, bits: i32, kind: i32, sizes: usize, symbols: i32): bool {
  memory.fill(counts, 0, 64);
  for (let symbol = 0; symbol < symbols; symbol++) {
    const count = counts + (<usize>load<u8>(sizes + <usize>symbol) << 2);
    store<i32>(count, load<i32>(count) + 1);
  }
  store<i32>(counts, 0);
  if (!areCodes(kind)) return false;
  const places = 1 << bits;
  for (let place = 0; place < places; place++) store<u32>(table + (<usize>place << 2), special);
  layLonger(table, bits, sizes, symbols);
  beginCodes();
  for (let symbol = 0; symbol < symbols; symbol++) {
    const size = <i32>load<u8>(sizes + <usize>symbol);
    if (size == 0) continue;
    const code = nextCode(size);
    if (size <= bits) {
      const entry = entryOf(kind, symbol, size);
      for (let place = code; place < places; place += 1 << size) store<u32>(table + (<usize>place << 2), entry);
    } else {
      const pointer = load<u32>(table + (<usize>(code & (places - 1)) << 2));
      const first = table + (<usize>((pointer >> 16) & 0x7fff) << 2);
      const width = 1 << ((pointer >> 8) & 15);
      const entry = entryOf(kind, symbol, size - bits);
      for (let place = code >> bits; place < width; place += 1 << (size - bits)) {
        store<u32>(first + (<usize>place << 2), entry);
      }
    }
  }
  if (kind == lengthsKind) pair(table, bits);
  return true;
}

/** Two literals where the bits behind the code of the first are enough for the second: text is full of them. */
function pair(table: usize, bits: i32): void {
  // From the last on: what an entry looks up stands before it.
  for (let place = (1 << bits) - 1; place >= 0; place--) {
    const entry = load<u32>(table + (<usize>place << 2));
    if ((entry & literal) == 0) continue;
    const size = entry & 0xff;
    const next = load<u32>(table + (<usize>(place >> size) << 2));
    if ((next & literal) == 0 || size + (next & 0xff) > <u32>bits) continue;
    store<u32>(table + (<usize>place << 2), (entry | two | ((next & 0xff00) << 8)) + (next & 0xff));
  }
}

/** How many literals an entry tells. */
@inline
export function literals(entry: u32): usize {
  return <usize>(1 + ((entry >> 24) & 1));
}

/** All codes are taken, or a single one of one bit is there, or none at all. */
function areCodes(kind: i32): bool {
  let left = 1;
  let most = 0;
  for (let size = 1; size <= longest; size++) {
    const count = load<i32>(counts + (<usize>size << 2));
    left = (left << 1) - count;
    if (left < 0) return false;
    if (count > 0) most = size;
  }
  return left == 0 || most == 0 || (kind != sizesKind && most == 1);
}

/** Makes room for codes that are longer than the table's bits: as wide as the longest of those that begin alike. */
function layLonger(table: usize, bits: i32, sizes: usize, symbols: i32): void {
  const mask = (1 << bits) - 1;
  beginCodes();
  for (let symbol = 0; symbol < symbols; symbol++) {
    const size = <i32>load<u8>(sizes + <usize>symbol);
    if (size == 0) continue;
    const code = nextCode(size);
    if (size <= bits) continue;
    const place = table + (<usize>(code & mask) << 2);
    const before = load<u32>(place);
    const width = <u32>(size - bits) << 8;
    if ((before & longer) == 0 || (before & 0xf00) < width) store<u32>(place, special | longer | width | <u32>bits);
  }
  let next = mask + 1;
  for (let place = 0; place <= mask; place++) {
    const at = table + (<usize>place << 2);
    const pointer = load<u32>(at);
    if ((pointer & longer) == 0) continue;
    store<u32>(at, pointer | (<u32>next << 16));
    const end = next + (1 << ((pointer >> 8) & 15));
    for (; next < end; next++) store<u32>(table + (<usize>next << 2), special);
  }
}

function beginCodes(): void {
  let code = 0;
  for (let size = 1; size <= longest; size++) {
    code = (code + load<i32>(counts + (<usize>(size - 1) << 2))) << 1;
    store<i32>(nextCodes + (<usize>size << 2), code);
  }
}

/** The next code of this length, its first bit lowest, as it comes from the input. */
function nextCode(size: i32): i32 {
  const next = nextCodes + (<usize>size << 2);
  const code = load<i32>(next);
  store<i32>(next, code + 1);
  let reversed = 0;
  for (let bit = 0; bit < size; bit++) reversed |= ((code >> bit) & 1) << (size - 1 - bit);
  return reversed;
}

function entryOf(kind: i32, symbol: i32, size: i32): u32 {
  const plain = (<u32>size << 8) | <u32>size;
  if (kind == sizesKind) return (<u32>symbol << 16) | plain;
  if (kind == distancesKind) {
    if (symbol >= 30) return special;
    return (<u32>load<u16>(distanceBases + (<usize>symbol << 1)) << 16) + plain + load<u8>(distanceBits + <usize>symbol);
  }
  if (symbol < 256) return literal | (<u32>symbol << 8) | <u32>size;
  if (symbol == 256) return special | endOfBlock | plain;
  const length = <usize>(symbol - 257);
  if (length >= 29) return special;
  return (<u32>load<u16>(lengthBases + (length << 1)) << 16) + plain + load<u8>(lengthBits + length);
}
