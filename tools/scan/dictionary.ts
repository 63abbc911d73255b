// The distinct values of one piece by number, from 1 on: a piece has a thousand records and a few dozen regions, calls and
// agents. What is found out of a value is then found out once a piece.
import { hashOf, isSame } from './bytes';

/*
 * Of each number: start, end, its number as a repeated caller (-1: none), and the numbers that the last record of a caller
 * had in five places. They lie in blocks, for nobody knows how many there will be; the directory has the blocks.
 */
let directory: i32 = 0;
let count: i32 = 0;
/** For each place: hash and number. A larger table is laid when it becomes too small. */
let table: i32 = 0;
let mask: i32 = 0;
/** What lies from here on is free. */
let top: i32 = 0;
let values: i32 = 0;
let repeats: i32 = 0;

@inline const repeatAt: usize = 8;
@inline const usualAt: i32 = 12;
@inline const bytesBits: i32 = 5;
@inline const blockBits: i32 = 10;
@inline const placesAtFirst: i32 = 1024;
@inline const pageBits: i32 = 16;
/** Memory is asked for by so many pages at least. */
@inline const pagesAtOnce: i32 = 16;

/** For at most `most` values; all that lies after `at` is the dictionary's. */
export function beginDictionary(at: i32, most: i32): void {
  directory = at;
  top = at + ((most >> blockBits) + 2) * 4;
  count = 0;
  layTable(placesAtFirst);
  store<i32>(directory, take(1 << (blockBits + bytesBits)));
  // What has no caller shares number 0.
  write(0, 0, 0, -1);
}

export function countOfValues(): i32 {
  return count;
}

export function spansAt(): i32 {
  return values;
}

export function repeatsAt(): i32 {
  return repeats;
}

/** Lays spans, which count from `bytes`, and numbers of repeated callers side by side. */
export function layOut(bytes: i32): void {
  values = take(count << 3);
  repeats = take((count + 1) << 2);
  store<i32>(repeats, -1);
  for (let number = 1; number <= count; number++) {
    const from = placeOf(number);
    const to = values + (number << 3) - 8;
    store<i32>(to, load<i32>(from) - bytes);
    store<i32>(to, load<i32>(from, 4) - bytes, 4);
    store<i32>(repeats + (number << 2), load<i32>(from, repeatAt));
  }
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
  const known = placeOf(caller) + usualAt + (place << 2);
  const guess = load<i32>(known);
  if (guess > 0 && isValue(guess, start, end)) return guess;
  const number = numberOf(start, end);
  store<i32>(known, number);
  return number;
}

/** The number of a value that is known to be new. */
export function add(start: i32, end: i32, repeat: i32): i32 {
  const number = ++count;
  if ((number & ((1 << blockBits) - 1)) == 0) {
    store<i32>(directory + ((number >> blockBits) << 2), take(1 << (blockBits + bytesBits)));
  }
  write(number, start, end, repeat);
  return number;
}

function write(number: i32, start: i32, end: i32, repeat: i32): void {
  const place = placeOf(number);
  store<i32>(place, start);
  store<i32>(place, end, 4);
  store<i32>(place, repeat, repeatAt);
  memory.fill(place + usualAt, 0, 20);
}

@inline
function placeOf(number: i32): i32 {
  const block = load<i32>(directory + ((number >> blockBits) << 2));
  return block + ((number & ((1 << blockBits) - 1)) << bytesBits);
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
  layTable(places * 2);
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

function layTable(places: i32): void {
  table = take(places << 3);
  mask = places - 1;
  memory.fill(table, 0, places << 3);
}

function take(bytes: i32): i32 {
  const taken = (top + 7) & ~7;
  top = taken + bytes;
  const missing = ((top >> pageBits) + 1) - memory.size();
  if (missing > 0) memory.grow(max(missing, pagesAtOnce));
  return taken;
}

@inline
function isValue(number: i32, start: i32, end: i32): bool {
  const place = placeOf(number);
  const first = load<i32>(place);
  return load<i32>(place, 4) - first == end - start && isSame(first, start, end - start);
}
