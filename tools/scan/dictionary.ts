// Values that records have in common (callers, addresses, regions), by number from 1 on. A number means the same value in
// all pieces, so that what is found out of a value is found out once. When there are too many they begin anew, with the
// next piece. What there is no room for gets a number all the same, and nobody finds it again.
import { hashOf, isSame } from './bytes';

/** Of each number: start, end, kind, and the numbers that the last record of a caller had in five places. */
let entries: i32 = 0;
@inline const kindAt: usize = 8;
@inline const usualAt: i32 = 12;
@inline const entryBits: i32 = 5;

let most: i32 = 0;
let longest: i32 = 0;
let count: i32 = 0;
/** The last number of the pieces before this one. */
let before: i32 = 0;
let isFull: bool = false;
/** For each place: hash and number. */
let table: i32 = 0;
let mask: i32 = 0;
/** The bytes of values of earlier pieces; those of this one lie in it until it is done. */
let kept: i32 = 0;
let keptEnd: i32 = 0;
let used: i32 = 0;
/** Of each value that is new in this piece: kind, start and end. */
let news: i32 = 0;

/** At most `values`, a power of two, in `bytes` bytes of at most `length` each; the place after them. */
export function layDictionary(at: i32, values: i32, bytes: i32, length: i32): i32 {
  most = values;
  longest = length;
  entries = at;
  table = entries + ((values + 1) << entryBits);
  mask = values * 2 - 1;
  kept = table + (values << 4);
  keptEnd = kept + bytes;
  used = kept;
  return (keptEnd + 7) & ~7;
}

/** For the next piece: where its new values are written down. */
export function beginValues(at: i32): void {
  news = at;
  before = count;
}

/** Keeps what is new in the piece that is done, as long as there is room; false when there is no more. */
export function keepValues(): bool {
  isFull = count >= most;
  for (let number = before + 1; number <= min(count, most) && !isFull; number++) {
    const entry = entryOf(number);
    const start = load<i32>(entry);
    if (start == 0) continue;
    const length = load<i32>(entry, 4) - start;
    if (used + length > keptEnd) isFull = true;
    else {
      memory.copy(used, start, length);
      span(entry, used, used + length);
      used += length;
    }
  }
  return !isFull;
}

export function forgetValues(): void {
  memory.fill(table, 0, (mask + 1) << 3);
  // What has no caller shares number 0.
  memory.fill(entries, 0, 1 << entryBits);
  used = kept;
  count = 0;
}

export function countOfOldValues(): i32 {
  return before;
}

export function countOfNewValues(): i32 {
  return count - before;
}

export function newValuesAt(): i32 {
  return news;
}

/** Spans count from `bytes` from now on. */
export function countFrom(bytes: i32): void {
  const end = news + (count - before) * 12;
  for (let at = news; at < end; at += 12) span(at + 4, load<i32>(at, 4) - bytes, load<i32>(at, 8) - bytes);
}

export function numberOf(kind: i32, start: i32, end: i32): i32 {
  if (end - start > longest) return add(kind, start, end);
  const hash = hashOf(start, end) + kind * <i32>0x9e3779b1;
  let at = hash & mask;
  while (true) {
    const place = table + (at << 3);
    const number = load<i32>(place, 4);
    if (number == 0) return newNumber(place, hash, kind, start, end);
    if (load<i32>(place) == hash && load<i32>(entryOf(number), kindAt) == kind && isValue(number, start, end)) {
      return number;
    }
    at = (at + 1) & mask;
  }
}

/** The number of a value that a caller has in this place most often. */
@inline
export function usualNumberOf(caller: i32, place: i32, kind: i32, start: i32, end: i32): i32 {
  if (caller > most) return numberOf(kind, start, end);
  const known = entryOf(caller) + usualAt + (place << 2);
  const guess = load<i32>(known);
  if (guess > 0 && isValue(guess, start, end)) return guess;
  const number = numberOf(kind, start, end);
  store<i32>(known, number <= most ? number : 0);
  return number;
}

/** The number of a value that nobody will find again. */
export function add(kind: i32, start: i32, end: i32): i32 {
  const place = news + (count - before) * 12;
  store<i32>(place, kind);
  span(place + 4, start, end);
  const number = ++count;
  if (number <= most) {
    const entry = entryOf(number);
    span(entry, 0, 0);
    store<i32>(entry, kind, kindAt);
    memory.fill(entry + usualAt, 0, 20);
  }
  return number;
}

/** The number of a new value that will be found again, if `isKept` says so. */
export function addKept(kind: i32, start: i32, end: i32): i32 {
  const number = add(kind, start, end);
  if (number <= most) span(entryOf(number), start, end);
  return number;
}

@inline
export function isKept(number: i32): bool {
  return number <= most;
}

@inline
export function lengthOf(number: i32): i32 {
  const entry = entryOf(number);
  return load<i32>(entry, 4) - load<i32>(entry);
}

@inline
export function startOfValue(number: i32): i32 {
  return load<i32>(entryOf(number));
}

@inline
function entryOf(number: i32): i32 {
  return entries + (number << entryBits);
}

@inline
function span(at: i32, start: i32, end: i32): void {
  store<i32>(at, start);
  store<i32>(at, end, 4);
}

function newNumber(place: i32, hash: i32, kind: i32, start: i32, end: i32): i32 {
  const number = addKept(kind, start, end);
  if (isKept(number)) {
    store<i32>(place, hash);
    store<i32>(place, number, 4);
  }
  return number;
}

@inline
function isValue(number: i32, start: i32, end: i32): bool {
  return lengthOf(number) == end - start && isSame(startOfValue(number), start, end - start);
}
