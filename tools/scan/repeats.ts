// Callers come again byte for byte, in each call of a session: what begins with a known one need not be scanned again. One
// is looked up by its first bytes, for its end is not known yet.
import { hashOf, isSame } from './bytes';
import { addKept, isKept, lengthOf, startOfValue } from './dictionary';
import { endOfPiece } from './grammar';

/** For each place: hash of the first bytes, and the number of the value in the dictionary. */
let table: i32 = 0;
let mask: i32 = 0;
let longest: i32 = 0;

/** At most `most`, a power of two, of at most `length` bytes each; the place after them. */
export function layRepeats(at: i32, most: i32, length: i32): i32 {
  table = at;
  mask = most * 2 - 1;
  longest = length;
  return at + (most << 4);
}

export function forgetRepeats(): void {
  memory.fill(table, 0, (mask + 1) << 3);
}

/** The number of the known value that is here, 0 if there is none. `prefix`: where its first bytes end. */
export function findRepeat(start: i32, prefix: i32): i32 {
  const hash = hashOf(start, prefix);
  let at = hash & mask;
  while (true) {
    const place = table + (at << 3);
    const number = load<i32>(place, 4);
    if (number == 0 || (load<i32>(place) == hash && isHere(number, start))) return number;
    at = (at + 1) & mask;
  }
}

@inline
function isHere(number: i32, start: i32): bool {
  const length = lengthOf(number);
  return start + length <= endOfPiece() && isSame(startOfValue(number), start, length);
}

/** Remembers a value that was not found and gives its number; 0 if it is too long. `prefix` lies within it. */
export function addRepeat(kind: i32, start: i32, end: i32, prefix: i32): i32 {
  if (end - start > longest) return 0;
  const number = addKept(kind, start, end);
  if (!isKept(number)) return number;
  const hash = hashOf(start, prefix);
  let at = hash & mask;
  while (load<i32>(table + (at << 3), 4) != 0) at = (at + 1) & mask;
  store<i32>(table + (at << 3), hash);
  store<i32>(table + (at << 3), number, 4);
  return number;
}
