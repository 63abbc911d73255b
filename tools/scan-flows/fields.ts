// One field as a number: what is not of the expected form becomes a negative hash.

import { formsRoom } from './room';

/** A value that the record does not have. */
export const absent: i64 = -1;

const dot = i8x16.splat(0x2e);
const zero = i8x16.splat(0x30);
const ten = i8x16.splat(10);
const ones = i16x8(1, 1, 1, 1, 10, 10, 10, 10);
const hundreds = i16x8.splat(100);

layForms();

@inline
export function numberAt(from: usize, to: usize): i64 {
  const length = <u32>(to - from);
  if (length - 1 < 8) {
    const digits = lastDigits(to, length);
    if (areDigits(digits)) return <i64>valueOf(digits);
  }
  return otherNumberAt(from, to);
}

/** Nine digits and more, as times have; or what is no number. */
function otherNumberAt(from: usize, to: usize): i64 {
  const length = <u32>(to - from);
  if (length <= 8) return oddAt(from, to);
  if (length > 16) return longNumberAt(from, to);
  const first = lastDigits(to - 8, length - 8);
  const last = load<u64>(to - 8);
  if (!areDigits(first) || !areDigits(last)) return oddAt(from, to);
  return <i64>(valueOf(first) * 100000000 + valueOf(last));
}

function longNumberAt(from: usize, to: usize): i64 {
  let value: f64 = 0;
  let at = from;
  for (; to - at > 8; at += 8) {
    const digits = load<u64>(at);
    if (!areDigits(digits)) return oddAt(from, to);
    value = value * 1e8 + <f64>valueOf(digits);
  }
  const length = <u32>(to - at);
  const digits = lastDigits(to, length);
  if (!areDigits(digits)) return oddAt(from, to);
  for (let i: u32 = 0; i < length; i++) value *= 10;
  return <i64>(value + <f64>valueOf(digits));
}

/** The last digits before a place, with zeros before them. */
@inline
function lastDigits(to: usize, length: u32): u64 {
  const others = <u64>(64 - 8 * length);
  return ((load<u64>(to - 8) >> others) << others) | (0x3030303030303030 & ~(<u64>-1 << others));
}

@inline
function areDigits(eight: u64): bool {
  return ((eight & 0xf0f0f0f0f0f0f0f0) | (((eight + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4)) == 0x3333333333333333;
}

@inline
function valueOf(eight: u64): u64 {
  const ones = ((eight & 0x0f0f0f0f0f0f0f0f) * 2561) >> 8;
  const hundreds = ((ones & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return ((hundreds & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

/**
 * The 32 bits of an address of IPv4. Its form, which is how long its four numbers are, tells from where each of their
 * digits comes.
 */
export function addressAt(from: usize, to: usize): i64 {
  const length = <u32>(to - from);
  if (length - 7 > 8) return oddAt(from, to);
  const bytes = v128.load(from);
  const digits = i8x16.sub(bytes, zero);
  const all = (1 << length) - 1;
  let dots = i8x16.bitmask(i8x16.eq(bytes, dot)) & all;
  const others = i8x16.bitmask(i8x16.lt_u(digits, ten)) & all;
  const ends = (dots << 1) | 1 | (2 << length);
  if ((dots | others) != all || popcnt(dots) != 3 || (ends & (ends >> 1)) != 0) return oddAt(from, to);
  const first = ctz(dots);
  dots &= dots - 1;
  const second = ctz(dots);
  const third = 31 - clz(dots);
  const b = second - first - 1;
  const c = third - second - 1;
  const d = <i32>length - third - 1;
  if (((first | b | c | d) & ~3) != 0) return oddAt(from, to);
  const form = v128.load(formsRoom + (<usize>((first << 6) | (b << 4) | (c << 2) | d) << 4));
  const placed = i8x16.swizzle(digits, form);
  const low = i16x8.mul(i16x8.extend_low_i8x16_u(placed), ones);
  const high = i16x8.mul(i16x8.extend_high_i8x16_u(placed), hundreds);
  const four = i64x2.extract_lane(i64x2.add(low, high), 0) + i64x2.extract_lane(low, 1);
  if ((four & 0xff00ff00ff00ff00) != 0) return oddAt(from, to);
  const pairs = (four | (four >> 8)) & 0x0000ffff0000ffff;
  return (pairs | (pairs >> 16)) & 0xffffffff;
}

/** Where the digits of an address are: four last ones, the fourth number's first, then those before them, and so on. */
function layForms(): void {
  for (let form = 0; form < 256; form++) {
    let end = 0;
    for (let part = 0; part < 4; part++) {
      const length = (form >> (6 - 2 * part)) & 3;
      end += length;
      const to = formsRoom + (<usize>form << 4) + <usize>(3 - part);
      for (let digit = 0; digit < 4; digit++) {
        store<u8>(to + (<usize>digit << 2), digit < length ? end - 1 - digit : 0xff);
      }
      end++;
    }
  }
}

/** 53 bits of a hash. */
export function textAt(from: usize, to: usize): i64 {
  return isNothing(from, to) ? absent : <i64>(hashOf(from, to) >> 11);
}

function oddAt(from: usize, to: usize): i64 {
  return isNothing(from, to) ? absent : absent - 1 - <i64>(hashOf(from, to) >> 32);
}

@inline
function isNothing(from: usize, to: usize): bool {
  return to - from <= 1 && (from == to || load<u8>(from) == 0x2d);
}

function hashOf(from: usize, to: usize): u64 {
  const length = <i32>(to - from);
  if (length < 8) return mixed(<u64>length, load<u64>(to - 8) >> <u64>(64 - 8 * length));
  let hash = <u64>length;
  for (let at = from; at + 8 < to; at += 8) hash = mixed(hash, load<u64>(at));
  return mixed(hash, load<u64>(to - 8));
}

@inline
export function mixed(hash: u64, word: u64): u64 {
  const product = (hash ^ word) * 0x9e3779b97f4a7c15;
  return product ^ (product >> 32);
}
