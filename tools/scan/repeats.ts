// Values that come again byte for byte, such as the identity of a session in each of its calls: what begins with a known
// one need not be scanned again. A value is looked up by its first bytes, for its end is not known yet.
import { hashOf, isSame } from './bytes';
import { endOfPiece } from './grammar';

/** For each place: hash of the first bytes, where the value lies, its length, and its number plus one. */
let table: i32 = 0;
let mask: i32 = 0;
let capacity: i32 = 0;
let longest: i32 = 0;
let kept: i32 = 0;
let keptEnd: i32 = 0;
let used: i32 = 0;
let count: i32 = 0;
let editions: i32 = 0;
let found: i32 = 0;

/** `most` values, a power of two, in `bytes` bytes of at most `length` each; the place after them. */
export function layRepeats(at: i32, most: i32, bytes: i32, length: i32): i32 {
  table = at;
  capacity = most;
  longest = length;
  mask = most * 2 - 1;
  kept = at + most * 2 * 16;
  keptEnd = kept + bytes;
  used = kept;
  return keptEnd;
}

/** The number of what was found or added last. Numbers begin anew when the values do. */
@inline
export function repeatFound(): i32 {
  return found;
}

/** How often the values began anew. */
@inline
export function edition(): i32 {
  return editions;
}

/** The length of the known value that is here, 0 if there is none. `prefix`: where its first bytes end. */
export function findRepeat(start: i32, prefix: i32): i32 {
  const hash = hashOf(start, prefix);
  let at = hash & mask;
  while (true) {
    const place = table + (at << 4);
    const number = load<i32>(place, 12);
    if (number == 0) return 0;
    if (load<i32>(place) == hash && isHere(place, start)) {
      found = number - 1;
      return load<i32>(place, 8);
    }
    at = (at + 1) & mask;
  }
}

@inline
function isHere(place: i32, start: i32): bool {
  const length = load<i32>(place, 8);
  return start + length <= endOfPiece() && isSame(load<i32>(place, 4), start, length);
}

/** Remembers a value that was not found; false if it is too long to be kept. `prefix` lies within it. */
export function addRepeat(start: i32, end: i32, prefix: i32): bool {
  const length = end - start;
  if (length > longest) return false;
  if (count == capacity || used + length > keptEnd) beginAnew();
  const hash = hashOf(start, prefix);
  let at = hash & mask;
  while (load<i32>(table + (at << 4), 12) != 0) at = (at + 1) & mask;
  const place = table + (at << 4);
  memory.copy(used, start, length);
  store<i32>(place, hash);
  store<i32>(place, used, 4);
  store<i32>(place, length, 8);
  store<i32>(place, ++count, 12);
  found = count - 1;
  used += length;
  return true;
}

function beginAnew(): void {
  memory.fill(table, 0, (mask + 1) << 4);
  used = kept;
  count = 0;
  editions++;
}
