// Who makes which call from where: the numbers of seven values together, by number from 1 on, as the values themselves.
import { hashOf, isSame } from './bytes';

let entries: i32 = 0;
let most: i32 = 0;
let count: i32 = 0;
let before: i32 = 0;
/** For each place: hash and number. */
let table: i32 = 0;
let mask: i32 = 0;
/** Those that are new in this piece. */
let news: i32 = 0;

/** Eight numbers, of which the last is 0. */
@inline export const situationBits: i32 = 5;

/** At most `situations`, a power of two; the place after them. */
export function laySituations(at: i32, situations: i32): i32 {
  most = situations;
  entries = at;
  table = entries + ((most + 1) << situationBits);
  mask = most * 2 - 1;
  return table + (most << 4);
}

export function beginSituations(at: i32): void {
  news = at;
  before = count;
}

export function isRoomForSituations(): bool {
  return count < most;
}

export function forgetSituations(): void {
  memory.fill(table, 0, (mask + 1) << 3);
  count = 0;
}

export function countOfOldSituations(): i32 {
  return before;
}

export function countOfNewSituations(): i32 {
  return count - before;
}

export function newSituationsAt(): i32 {
  return news;
}

/** The number of the seven that lie here. */
export function situationOf(values: i32): i32 {
  const hash = hashOf(values, values + (1 << situationBits));
  let at = hash & mask;
  while (true) {
    const place = table + (at << 3);
    const number = load<i32>(place, 4);
    if (number == 0) return newSituation(place, hash, values);
    if (load<i32>(place) == hash && isSame(entryOf(number), values, 1 << situationBits)) return number;
    at = (at + 1) & mask;
  }
}

function newSituation(place: i32, hash: i32, values: i32): i32 {
  memory.copy(news + ((count - before) << situationBits), values, 1 << situationBits);
  const number = ++count;
  if (number <= most) {
    memory.copy(entryOf(number), values, 1 << situationBits);
    store<i32>(place, hash);
    store<i32>(place, number, 4);
  }
  return number;
}

@inline
function entryOf(number: i32): i32 {
  return entries + (number << situationBits);
}
