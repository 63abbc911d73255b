// One record: its whole grammar is checked, and where the values of known names begin and end is written down.
import { isSame, special } from './bytes';
import { lengthOf } from './dictionary';
import { aName, blanks, commaOrBrace, endOfPiece, fail, lessDepth, mayNest, text, value, valueAfter } from './grammar';
import { addRepeat, findRepeat } from './repeats';

/*
 * The trie, as the caller lays it down, in words:
 * a node: its slot (-1: none), its children (0: none);
 * children: a mask, the child that came first the last time, and a table of children, found by a hash of their names;
 * a child: its node, the child that followed it the last time, the length of `name":`, and these bytes.
 */
let root: i32 = 0;
let repeatedSlot: i32 = -1;
/** By slot: the number of the last record that had it, and what its name says of the shape (0: nothing). */
let seen: i32 = 0;
let codes: i32 = 0;
let number: i32 = 0;
let odd: bool = false;
let repeat: i32 = 0;

/** Spans of the record, as slot, start and end; those of the records before it lie before them. */
let entries: i32 = 0;
let last: i32 = 0;
/** The piece's first byte: spans count from it. */
let base: i32 = 0;

/** By code: a bit for what the record has, and its span. */
let has: i32 = 0;
const startOf = memory.data(32 * 4);
const endOf = memory.data(32 * 4);

export const source: i32 = 1;
export const name: i32 = 2;
export const time: i32 = 3;
export const id: i32 = 4;
export const region: i32 = 5;
export const address: i32 = 6;
export const agent: i32 = 7;
export const account: i32 = 8;
export const error: i32 = 9;
const wrappedText: i32 = 10;
export const caller: i32 = 11;
const detail: i32 = 12;
const lake: i32 = 13;
const records: i32 = 14;
const events: i32 = 15;
const digest: i32 = 16;
const insight: i32 = 17;
/** What callers are in the dictionary. */
export const kindOfCaller: i32 = 0;
/** It has a name that is no text. */
const named: i32 = 1;

export const isRecord: i32 = 0;
const isDigest: i32 = 1;
const isInsight: i32 = 2;
const isWithin: i32 = 3;
/** Only JSON.parse can say what it is. */
export const isOther: i32 = 4;

export function layTrie(at: i32, slot: i32, slots: i32, codesAt: i32): i32 {
  root = at;
  repeatedSlot = slot;
  codes = codesAt;
  seen = codesAt + ((slots + 7) & ~7);
  return seen + slots * 4;
}

/** The spans of the next piece begin here. */
export function beginEntries(at: i32, bytes: i32): void {
  base = bytes;
  entries = at;
  last = at;
}

/** Keeps the spans of the present record; where they end. */
@inline
export function keepEntries(): i32 {
  entries = last;
  return last;
}

export function dropEntries(): i32 {
  last = entries;
  return last;
}

@inline
export function start(code: i32): i32 {
  return load<i32>(startOf + (code << 2));
}

@inline
export function end(code: i32): i32 {
  return load<i32>(endOf + (code << 2));
}

@inline
export function hasCode(code: i32): bool {
  return (has & (1 << code)) != 0;
}

/** The number of the caller as a value, 0 when it has none yet. */
@inline
export function repeatOfCaller(): i32 {
  return repeat;
}

/** Scans one value as a record; the place after it. */
export function scanRecord(from: i32): i32 {
  odd = false;
  repeat = 0;
  has = 0;
  number++;
  last = entries;
  return load<u8>(from) == 0x7b ? known(from, root, 0) : value(from, 0);
}

/** What the record that was scanned last is; `startOfWrapped` tells where the one within it begins. */
export function shape(): i32 {
  if (odd) return isOther;
  if ((has & (1 << digest)) != 0) return isDigest;
  if ((has & (1 << insight)) != 0) return isInsight;
  const required = (1 << source) | (1 << name) | (1 << time);
  if ((has & required) == required) return hasCode(id) ? isRecord : isOther;
  // What has a name is a record, if a bad one: nothing within it counts.
  return (has & (named | (1 << name))) == 0 ? wrapping() : isOther;
}

let wrapped: i32 = 0;

export function startOfWrapped(): i32 {
  return wrapped;
}

/** What lies last counts, as in JSON.parse the last of a name does. */
function wrapping(): i32 {
  let most: i32 = 0;
  wrapped = -1;
  for (let code = wrappedText; code <= events; code++) {
    if (code == caller || !hasCode(code) || start(code) < wrapped) continue;
    wrapped = start(code);
    most = code;
  }
  return most == detail || most == lake ? isWithin : isOther;
}

/** An object of which some names are known. */
function known(from: i32, node: i32, depth: i32): i32 {
  const children = load<i32>(node, 4);
  let at = blanks(from + 1);
  if (load<u8>(at) == 0x7d) return at + 1;
  // Most records have their names in the same order: where the expected name is kept.
  let expected = children + 4;
  while (true) {
    if (load<u8>(at) != 0x22) return fail(at, aName);
    at++;
    let child: i32 = load<i32>(expected);
    if (child != 0 && isNext(child, at)) at += load<i32>(child, 8);
    else {
      const nameAt = at;
      at = <i32>special(at);
      if (load<u8>(at) == 0x22) child = find(children, nameAt, at);
      else {
        odd = true;
        child = 0;
        at = text(at);
        if (at < 0) return at;
      }
      if (expected != nowhere) store<i32>(expected, child);
      at = valueAfter(at);
      if (at < 0) return at;
    }
    const valueAt = at;
    if (load<u8>(at) == 0x22) {
      at = text(at + 1);
      if (at < 0) return at;
      at++;
    } else {
      at = child == 0 ? value(at, depth + 1) : valueOf(at, load<i32>(child), depth + 1);
      if (at < 0) return at;
    }
    if (child != 0) {
      note(load<i32>(load<i32>(child)), valueAt, at);
      expected = child + 4;
    } else expected = nowhere;
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

/** After an unknown name nothing is expected. */
const nowhere: i32 = <i32>memory.data(4);

function valueOf(at: i32, node: i32, depth: i32): i32 {
  if (load<u8>(at) != 0x7b || load<i32>(node, 4) == 0) return value(at, depth);
  if (!mayNest(depth)) return fail(at, lessDepth);
  return load<i32>(node) == repeatedSlot ? repeated(at, node, depth) : known(at, node, depth);
}

/** Whether this name with its quote and colon, and a value right after it, is here. */
@inline
function isNext(child: i32, at: i32): bool {
  const length = load<i32>(child, 8);
  return isSame(child + 12, at, length) && load<u8>(at + length) > 0x20;
}

function find(children: i32, from: i32, to: i32): i32 {
  const mask = load<i32>(children);
  const length = to - from;
  let at = hashOfName(from, to) & mask;
  while (true) {
    const child = load<i32>(children + 8 + (at << 2));
    if (child == 0) return 0;
    if (load<i32>(child, 8) - 2 == length && isSame(child + 12, from, length)) return child;
    at = (at + 1) & mask;
  }
}

/** By its length and a few of its letters. */
function hashOfName(from: i32, to: i32): i32 {
  const length = to - from;
  if (length == 0) return 0;
  const letters = <i32>load<u8>(from) + <i32>load<u8>(from + (length >> 1)) * 31 + <i32>load<u8>(to - 1) * 961;
  const hash = (letters + length * 29791) * <i32>0x9e3779b1;
  return hash ^ (hash >>> 15);
}

function repeated(from: i32, node: i32, depth: i32): i32 {
  // Its first two members: for an identity, the type and who it is.
  let prefix = from;
  for (let quotes = 0; quotes < 8 && prefix < endOfPiece(); quotes++) prefix = <i32>special(prefix + 1);
  const number = prefix < endOfPiece() ? findRepeat(from, prefix) : 0;
  if (number > 0) {
    repeat = number;
    return from + lengthOf(number);
  }
  const before = last;
  const to = known(from, node, depth);
  if (to < 0) return to;
  last = before;
  repeat = !odd && prefix < to ? addRepeat(kindOfCaller, from, to, prefix) : 0;
  return to;
}

@inline
function note(slot: i32, from: i32, to: i32): void {
  if (slot < 0) return;
  const place = seen + (slot << 2);
  if (load<i32>(place) == number) odd = true;
  store<i32>(place, number);
  store<i32>(last, slot);
  store<i32>(last, from - base, 4);
  store<i32>(last, to - base, 8);
  last += 12;
  const code = <i32>load<u8>(codes + slot);
  if (code != 0) noteCode(code, from, to);
}

/** A text in quotes, an object or a list, as the name demands; anything else is as if it were not there. */
function noteCode(code: i32, from: i32, to: i32): void {
  store<i32>(startOf + (code << 2), from);
  store<i32>(endOf + (code << 2), to);
  const opens: u8 = code <= wrappedText ? 0x22 : code <= lake ? 0x7b : 0x5b;
  if (code >= digest || load<u8>(from) == opens) has |= 1 << code;
  else if (code == name) has |= named;
}
