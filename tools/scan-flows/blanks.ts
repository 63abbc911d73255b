// Where fields end: the places of blanks and control characters, sixty-four bytes at a time, so that no field waits for
// the one before it.

import { blanksRoom as places } from './room';

@inline const blockBytes: usize = 1024;
/** The next place that nobody asked for, and where they end. */
let next: usize = 0;
let last: usize = 0;
/** The first byte that nobody looked at. */
let from: usize = 0;

const space = i8x16.splat(0x21);

export function beginBlanks(at: usize): void {
  from = at;
  next = places;
  last = places;
}

/** The next of them. Who asks knows that there is one. */
@inline
export function nextBlank(): usize {
  if (next == last) look();
  const found = load<u32>(next);
  next += 4;
  return found;
}

function look(): void {
  let to = places;
  let at = from;
  while (to == places) {
    for (const end = at + blockBytes; at < end; at += 64) {
      let mask = maskOf(at) | (maskOf(at + 16) << 16) | (maskOf(at + 32) << 32) | (maskOf(at + 48) << 48);
      const after = to + (<usize>popcnt(mask) << 2);
      // Nobody can foresee how many there are, so twelve are written, which is rarely too few.
      for (let i = 0; i < 3; i++) {
        put(to, at, mask);
        mask &= mask - 1;
        put(to + 4, at, mask);
        mask &= mask - 1;
        put(to + 8, at, mask);
        mask &= mask - 1;
        put(to + 12, at, mask);
        mask &= mask - 1;
        to += 16;
      }
      for (; mask != 0; mask &= mask - 1, to += 4) put(to, at, mask);
      to = after;
    }
  }
  from = at;
  next = places;
  last = to;
}

@inline
function put(to: usize, at: usize, mask: u64): void {
  store<u32>(to, <u32>(at + <usize>ctz(mask)));
}

@inline
function maskOf(at: usize): u64 {
  return <u64>(<u32>i8x16.bitmask(i8x16.lt_u(v128.load(at), space)));
}
