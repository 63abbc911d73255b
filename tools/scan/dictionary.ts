// The distinct values of one piece by number, from 1 on: a piece has a thousand records and a few dozen regions, calls and
// agents. What is found out of a value is then found out once a piece.
import { hashOf, isSame } from './bytes';

/** By number: start and end, the number as a repeated caller (-1: none), and what the last record of a caller had. */
let spans: i32 = 0;
let repeats: i32 = 0;
let usual: i32 = 0;
let count: i32 = 0;
/** For each place: hash and number. A larger table is laid after the one that became too small. */
let table: i32 = 0;
let mask: i32 = 0;

@inline const usualOf: i32 = 5;
@inline const placesAtFirst: i32 = 1024;

/** Room for `most` values; all that lies after `at` is the dictionary's. */
export function beginDictionary(at: i32, most: i32): void {
  spans = at;
  repeats = spans + (most + 1) * 8;
  usual = repeats + (most + 1) * 4;
  count = 0;
  store<i32>(repeats, -1);
  // What has no caller shares number 0.
  memory.fill(usual, 0, 4 * usualOf);
  layTable(usual + (most + 1) * 4 * usualOf, placesAtFirst);
}

function layTable(at: i32, places: i32): void {
  table = at;
  mask = places - 1;
  memory.fill(table, 0, places * 8);
}

export function countOfValues(): i32 {
  return count;
}

export function spansAt(): i32 {
  return spans;
}

export function repeatsAt(): i32 {
  return repeats;
}

export function numberOf(start: i32, end: i32): i32 {
  const hash = hashOf(start, end);
  let at = hash & mask;
  while (true) {
    const place = table + (at << 3);
    const number = load<i32>(place, 4);
    if (number == 0) return newNumber(place, hash, start, end);
    if (load<i32>(place) == hash && isValue(number, start, end)) return number;
    at = (at + 1) & mask;
  }
}

/** The number of a value that a caller has for this place most often. */
@inline
export function usualNumberOf(caller: i32, place: i32, start: i32, end: i32): i32 {
  const known = usual + (caller * usualOf + place) * 4;
  const guess = load<i32>(known);
  if (guess > 0 && isValue(guess, start, end)) return guess;
  const number = numberOf(start, end);
  store<i32>(known, number);
  return number;
}

/** The number of a value that is known to be new. */
export function add(start: i32, end: i32, repeat: i32): i32 {
  const number = ++count;
  const span = spans + (number << 3) - 8;
  store<i32>(span, start);
  store<i32>(span, end, 4);
  store<i32>(repeats + (number << 2), repeat);
  memory.fill(usual + number * 4 * usualOf, 0, 4 * usualOf);
  return number;
}

function newNumber(place: i32, hash: i32, start: i32, end: i32): i32 {
  const number = add(start, end, -1);
  store<i32>(place, hash);
  store<i32>(place, number, 4);
  if (number * 2 > mask) grow();
  return number;
}

function grow(): void {
  const before = table;
  const places = mask + 1;
  layTable(before + places * 8, places * 2);
  for (let from = 0; from < places; from++) {
    const hash = load<i32>(before + (from << 3));
    const number = load<i32>(before + (from << 3), 4);
    if (number == 0) continue;
    let at = hash & mask;
    while (load<i32>(table + (at << 3), 4) != 0) at = (at + 1) & mask;
    store<i32>(table + (at << 3), hash);
    store<i32>(table + (at << 3), number, 4);
  }
}

@inline
function isValue(number: i32, start: i32, end: i32): bool {
  const span = spans + (number << 3) - 8;
  const first = load<i32>(span);
  return load<i32>(span, 4) - first == end - start && isSame(first, start, end - start);
}
