// The grammar of JSON for values of which nobody asks for a part.
import { special } from './bytes';

/** Results that are no place. */
const incomplete: i32 = -1;
const malformed: i32 = -2;

/** Where the piece ends; a zero is there. */
let end: i32 = 0;
let failedAt: i32 = 0;
let failedFor: i32 = 0;
let depthMax: i32 = 0;

export function setEnd(at: i32): void {
  end = at;
}

export function setDepth(most: i32): void {
  depthMax = most;
}

@inline
export function endOfPiece(): i32 {
  return end;
}

/** Where the last value broke. */
export function brokenAt(): i32 {
  return failedAt;
}

/** What was expected there: a place in the list that the caller has. */
export function brokenFor(): i32 {
  return failedFor;
}

export const aName: i32 = 0;
export const commaOrBrace: i32 = 1;
const commaOrBracket: i32 = 2;
const aColon: i32 = 3;
const noControl: i32 = 4;
const hexDigits: i32 = 5;
const anEscape: i32 = 6;
const aValue: i32 = 7;
const aDigit: i32 = 8;
const more: i32 = 9;
export const lessDepth: i32 = 10;

export function fail(at: i32, expected: i32): i32 {
  failedAt = at;
  failedFor = expected;
  return at >= end ? incomplete : malformed;
}

@inline
function isBlank(byte: u8): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

export function blanks(from: i32): i32 {
  let at = from;
  while (isBlank(load<u8>(at))) at++;
  return at;
}

/** From within a text to its closing quote. */
@inline
export function text(from: i32): i32 {
  const at = <i32>special(from);
  return load<u8>(at) == 0x22 ? at : escaped(at);
}

/** The same from a place that is no quote: an escape, or what must not be in a text. */
function escaped(from: i32): i32 {
  let at = from;
  while (true) {
    const byte = load<u8>(at);
    if (byte == 0x22) return at;
    if (byte != 0x5c) return fail(at, noControl);
    const after = load<u8>(at + 1);
    if (after == 0x75) {
      for (let digit = at + 2; digit < at + 6; digit++) {
        if (!isHex(load<u8>(digit))) return fail(digit, hexDigits);
      }
      at += 6;
    } else if (isEscape(after)) at += 2;
    else return fail(at + 1, anEscape);
    at = <i32>special(at);
  }
}

function isEscape(byte: u8): bool {
  return (
    byte == 0x22 || byte == 0x5c || byte == 0x2f || byte == 0x62 || byte == 0x66 || byte == 0x6e || byte == 0x72 ||
    byte == 0x74
  );
}

function isHex(byte: u8): bool {
  return isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

@inline
function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}

/** From the closing quote of a name to the first byte of its value. */
@inline
export function valueAfter(quote: i32): i32 {
  // Most logs have no blanks.
  if (load<u8>(quote + 1) == 0x3a && load<u8>(quote + 2) > 0x20) return quote + 2;
  return slowColon(quote + 1);
}

function slowColon(from: i32): i32 {
  const at = blanks(from);
  return load<u8>(at) == 0x3a ? blanks(at + 1) : fail(at, aColon);
}

export function value(start: i32, depth: i32): i32 {
  const byte = load<u8>(start);
  if (byte == 0x22) {
    const quote = text(start + 1);
    return quote < 0 ? quote : quote + 1;
  }
  if (byte == 0x7b) return depth >= depthMax ? fail(start, lessDepth) : object(start, depth);
  if (byte == 0x5b) return depth >= depthMax ? fail(start, lessDepth) : list(start, depth);
  if (byte == 0x74) return word(start, 0x65757274, 4);
  if (byte == 0x66) return word(start, 0x65736c61, 5);
  if (byte == 0x6e) return word(start, 0x6c6c756e, 4);
  return number(start);
}

/** Whether another object or list may begin at this depth. */
@inline
export function mayNest(depth: i32): bool {
  return depth < depthMax;
}

function object(start: i32, depth: i32): i32 {
  let at = blanks(start + 1);
  if (load<u8>(at) == 0x7d) return at + 1;
  while (true) {
    if (load<u8>(at) != 0x22) return fail(at, aName);
    at = text(at + 1);
    if (at < 0) return at;
    at = valueAfter(at);
    if (at < 0) return at;
    at = value(at, depth + 1);
    if (at < 0) return at;
    if (load<u16>(at) == 0x222c) {
      at++;
      continue;
    }
    at = blanks(at);
    const byte = load<u8>(at);
    if (byte == 0x7d) return at + 1;
    if (byte != 0x2c) return fail(at, commaOrBrace);
    at = blanks(at + 1);
  }
}

function list(start: i32, depth: i32): i32 {
  let at = blanks(start + 1);
  if (load<u8>(at) == 0x5d) return at + 1;
  while (true) {
    at = value(at, depth + 1);
    if (at < 0) return at;
    at = blanks(at);
    const byte = load<u8>(at);
    if (byte == 0x5d) return at + 1;
    if (byte != 0x2c) return fail(at, commaOrBracket);
    at = blanks(at + 1);
  }
}

/** `true`, `false` or `null`: four letters as a number, which are the last four of `false`. */
function word(start: i32, letters: u32, length: i32): i32 {
  if (load<u32>(start + length - 4) == letters) return start + length;
  const first = load<u8>(start);
  for (let i = 1; i < length; i++) {
    if (load<u8>(start + i) != letterOf(first, i)) return fail(start + i, aValue);
  }
  return start + length;
}

function letterOf(first: u8, place: i32): u8 {
  const word: u64 = first == 0x74 ? 0x65757274 : first == 0x66 ? 0x65736c6166 : 0x6c6c756e;
  return <u8>(word >> (<u64>place * 8));
}

function number(start: i32): i32 {
  let at = start;
  if (load<u8>(at) == 0x2d) at++;
  if (!isDigit(load<u8>(at))) return fail(at, aValue);
  if (load<u8>(at) == 0x30) at++;
  else while (isDigit(load<u8>(at))) at++;
  if (load<u8>(at) == 0x2e) {
    if (!isDigit(load<u8>(++at))) return fail(at, aDigit);
    while (isDigit(load<u8>(at))) at++;
  }
  const byte = load<u8>(at);
  if (byte == 0x65 || byte == 0x45) {
    const sign = load<u8>(++at);
    if (sign == 0x2b || sign == 0x2d) at++;
    if (!isDigit(load<u8>(at))) return fail(at, aDigit);
    while (isDigit(load<u8>(at))) at++;
  }
  // A number at the very end may go on in what is read next.
  return at >= end ? fail(at, more) : at;
}
