// Looking at bytes: sixteen at once for what ends a text, eight at once for what is the same.

const quote = i8x16.splat(0x22);
const backslash = i8x16.splat(0x5c);
const space = i8x16.splat(0x20);

/** The next quote, backslash or control character. The zero after the piece ends every search. */
@inline
export function special(from: usize): usize {
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const isText = v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash));
    const mask = i8x16.bitmask(v128.or(isText, i8x16.lt_u(bytes, space)));
    if (mask != 0) return at + ctz(mask);
    at += 16;
  }
}

@inline
export function isSame(a: usize, b: usize, length: i32): bool {
  if (length < 8) return isSameShort(a, b, length);
  const rest = length - 8;
  for (let i = 0; i < rest; i += 8) if (load<u64>(a + i) != load<u64>(b + i)) return false;
  return load<u64>(a + rest) == load<u64>(b + rest);
}

function isSameShort(a: usize, b: usize, length: i32): bool {
  if (length >= 4) return load<u32>(a) == load<u32>(b) && load<u32>(a + length - 4) == load<u32>(b + length - 4);
  for (let i = 0; i < length; i++) if (load<u8>(a + i) != load<u8>(b + i)) return false;
  return true;
}

export function hashOf(from: usize, to: usize): i32 {
  const length = <i32>(to - from);
  let hash: i32 = length;
  if (length >= 8) {
    for (let at = from; at + 8 < to; at += 8) hash = mixed(hash, load<u64>(at));
    hash = mixed(hash, load<u64>(to - 8));
  } else for (let at = from; at < to; at++) hash = mixed(hash, load<u8>(at));
  return hash ^ (hash >>> 13);
}

@inline
function mixed(hash: i32, word: u64): i32 {
  const folded = (<u64>(<u32>hash) ^ word) * 0x9e3779b97f4a7c15;
  return <i32>(folded ^ (folded >> 29) ^ (folded >> 43));
}
