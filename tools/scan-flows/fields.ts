// One field as a number: what is not of the expected form becomes a negative hash.

/** A value that the record does not have. */
export const absent: i64 = -1;

const dot = i8x16.splat(0x2e);
const zero = i8x16.splat(0x30);
const ten = i8x16.splat(10);

export function numberAt(from: usize, to: usize): i64 {
  const length = <i32>(to - from);
  if (length == 0) return absent;
  if (length <= 8) {
    const digits = lastDigits(to, length);
    return areDigits(digits) ? <i64>valueOf(digits) : oddAt(from, to);
  }
  return longNumberAt(from, to);
}

/** Nine digits and more, as times have. */
function longNumberAt(from: usize, to: usize): i64 {
  let value: f64 = 0;
  let at = from;
  for (; to - at > 8; at += 8) {
    const digits = load<u64>(at);
    if (!areDigits(digits)) return oddAt(from, to);
    value = value * 1e8 + <f64>valueOf(digits);
  }
  const length = <i32>(to - at);
  const digits = lastDigits(to, length);
  if (!areDigits(digits)) return oddAt(from, to);
  for (let i = 0; i < length; i++) value *= 10;
  return <i64>(value + <f64>valueOf(digits));
}

/** The last digits before a place, with zeros before them. */
@inline
function lastDigits(to: usize, length: i32): u64 {
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

/** The 32 bits of an address of IPv4. */
export function addressAt(from: usize, to: usize): i64 {
  const length = <i32>(to - from);
  if (length < 7 || length > 15) return oddAt(from, to);
  const bytes = v128.load(from);
  const all = (1 << length) - 1;
  let dots = i8x16.bitmask(i8x16.eq(bytes, dot)) & all;
  const digits = i8x16.bitmask(i8x16.lt_u(i8x16.sub(bytes, zero), ten)) & all;
  if ((dots | digits) != all || popcnt(dots) != 3) return oddAt(from, to);
  const first = ctz(dots);
  dots &= dots - 1;
  const second = ctz(dots);
  dots &= dots - 1;
  const third = ctz(dots);
  const a = octet(from + first, first);
  const b = octet(from + second, second - first - 1);
  const c = octet(from + third, third - second - 1);
  const d = octet(to, length - third - 1);
  if ((a | b | c | d) > 255) return oddAt(from, to);
  return <i64>((a << 24) | (b << 16) | (c << 8) | d);
}

/** One to three digits that end before a place. */
@inline
function octet(to: usize, length: i32): u32 {
  if (length < 1 || length > 3) return 256;
  const others = 32 - 8 * length;
  const digits = ((load<u32>(to - 4) & 0x0f0f0f0f) >> others) << others;
  return (digits >> 24) + ((digits >> 16) & 15) * 10 + ((digits >> 8) & 15) * 100;
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

export function hashOf(from: usize, to: usize): u64 {
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
