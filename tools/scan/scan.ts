// The records of one piece of CloudTrail as columns of numbers. Places are addresses in memory until they are written
// down; a column counts from the piece's first byte.
import {
  add, beginValues, countFrom, countOfNewValues, countOfOldValues, forgetValues, keepValues, layDictionary, newValuesAt,
  numberOf, usualNumberOf,
} from './dictionary';
import { brokenAt, brokenFor, setDepth, setEnd } from './grammar';
import {
  account, address, agent, beginEntries, caller, dropEntries, end, error, hasCode, id, isOther, isRecord, keepEntries,
  kindOfCaller, layTrie, name, region, repeatOfCaller, scanRecord, shape, source, start, startOfWrapped, time,
} from './known';
import { forgetRepeats, layRepeats } from './repeats';
import {
  beginSituations, countOfNewSituations, countOfOldSituations, forgetSituations, isRoomForSituations, laySituations,
  newSituationsAt, situationBits, situationOf,
} from './situations';

let bytes: i32 = 0;
let size: i32 = 0;
let times: i32 = 0;
let prints: i32 = 0;
let starts: i32 = 0;
let ends: i32 = 0;
let situations: i32 = 0;
let entries: i32 = 0;
/** Whether numbers go on from the piece before. */
let goesOn: bool = true;
let editions: i32 = 0;

/** The seven values of a row: caller, call, address, agent, region, account, error. The eighth is 0. */
const head: i32 = <i32>memory.data(32);

/** `,"eventName":` */
@inline const betweenCall: i32 = 13;

/** Once: where things that outlive a piece lie. The trie is there already, and the codes of its slots after it. */
export function lay(
  trie: i32, codes: i32, slots: i32, slot: i32, depth: i32, values: i32, room: i32, length: i32, most: i32,
): i32 {
  setDepth(depth);
  const dictionary = (layTrie(trie, slot, slots, codes) + 7) & ~7;
  const repeats = layDictionary(dictionary, values, room, length);
  return laySituations(layRepeats(repeats, values, length), most);
}

/** The next piece: `length` bytes at `at`, and room for at most `rows` records and `spans` of their values after it. */
export function begin(at: i32, length: i32, rows: i32, spans: i32): void {
  bytes = at;
  store<u8>(at + length, 0);
  setEnd(at + length);
  size = 0;
  times = (at + length + 16 + 7) & ~7;
  prints = times + rows * 8;
  starts = prints + rows * 8;
  ends = starts + rows * 4;
  situations = ends + rows * 4;
  entries = situations + rows * 4;
  beginEntries(entries, at);
  if (!goesOn) {
    forgetValues();
    forgetRepeats();
    forgetSituations();
    editions++;
  }
  goesOn = false;
  const newSituations = (entries + spans * 12 + 7) & ~7;
  beginSituations(newSituations);
  beginValues(newSituations + (rows << situationBits));
}

export function timesAt(): i32 { return times; }
export function printsAt(): i32 { return prints; }
export function startsAt(): i32 { return starts; }
export function endsAt(): i32 { return ends; }
export function situationsAt(): i32 { return situations; }
export function entriesAt(): i32 { return entries; }
export function edition(): i32 { return editions; }
export function oldValues(): i32 { return countOfOldValues(); }
export function newValues(): i32 { return countOfNewValues(); }
export function valuesAt(): i32 { return newValuesAt(); }
export function oldSituations(): i32 { return countOfOldSituations(); }
export function newSituations(): i32 { return countOfNewSituations(); }
export function headsAt(): i32 { return newSituationsAt(); }
export function rows(): i32 { return size; }
export function spans(): i32 { return size == 0 ? 0 : load<i32>(ends + (size << 2) - 4); }
export function failedAt(): i32 { return brokenAt() - bytes; }
export function failedFor(): i32 { return brokenFor(); }
export function wrapped(): i32 { return startOfWrapped() - bytes; }

/** Scans one value as a record; the place after it, negative when there is none. */
export function record(from: i32): i32 {
  const to = scanRecord(bytes + from);
  return to < 0 ? to : to - bytes;
}

/** Makes a row of the record that was scanned last; what it is when it is none that can be a row. */
export function keep(from: i32): i32 {
  if (load<u8>(bytes + from) != 0x7b) return isOther;
  const what = shape();
  if (what != isRecord) return what;
  const at = secondsAt(start(time) + 1);
  if (isNaN(at)) return isOther;
  addRow(from, at, keepEntries());
  return isRecord;
}

/** What the piece gave lies ready. */
export function finish(): void {
  goesOn = keepValues() && isRoomForSituations();
  countFrom(bytes);
}

/** A row of a record that only JSON.parse can read: it has no spans. */
export function keepParsed(from: i32, at: f64): i32 {
  addPlain(from, at, dropEntries());
  store<i32>(situations + ((size - 1) << 2), 0);
  return size - 1;
}

/**
 * Records of a list, one after the other, as long as each is plain and a comma or the bracket comes right after it. The
 * place of the first byte that is left.
 */
export function list(from: i32): i32 {
  let at = bytes + from;
  while (true) {
    if (load<u8>(at) != 0x7b) return at - bytes;
    const to = scanRecord(at);
    if (to < 0) return at - bytes;
    const follower = load<u8>(to);
    if (follower != 0x2c && follower != 0x5d) return at - bytes;
    if (keep(at - bytes) != isRecord) return at - bytes;
    if (follower == 0x5d) return to - bytes;
    at = to + 1;
  }
}

function addPlain(from: i32, at: f64, to: i32): void {
  const row = size++;
  store<f64>(times + (row << 3), at);
  store<i32>(starts + (row << 2), from);
  store<i32>(ends + (row << 2), (to - entries) / 4);
}

function addRow(from: i32, at: f64, to: i32): void {
  addPlain(from, at, to);
  const row = size - 1;
  store<f64>(prints + (row << 3), fingerprint(start(id) + 1, end(id) - 1));
  const by = hasCode(caller) ? callerNumber() : 0;
  const isTogether = start(name) - end(source) == betweenCall;
  store<i32>(head, by);
  store<i32>(head, isTogether ? numberOf(1, start(source), end(name)) : 0, 4);
  store<i32>(head, valueOf(2, address, by), 8);
  store<i32>(head, valueOf(3, agent, by), 12);
  store<i32>(head, valueOf(4, region, by), 16);
  store<i32>(head, valueOf(5, account, by), 20);
  store<i32>(head, valueOf(6, error, by), 24);
  store<i32>(situations + (row << 2), situationOf(head));
}

/** What is remembered of a caller begins with the third kind. */
@inline
function valueOf(kind: i32, code: i32, by: i32): i32 {
  return hasCode(code) ? usualNumberOf(by, kind - 2, kind, start(code), end(code)) : 0;
}

function callerNumber(): i32 {
  const repeat = repeatOfCaller();
  return repeat > 0 ? repeat : add(kindOfCaller, start(caller), end(caller));
}

/** 53 bits that tell ids apart: two independent hashes. */
function fingerprint(from: i32, to: i32): f64 {
  let a: u32 = 0x811c9dc5;
  let b: u32 = 0x9dc5811c;
  for (let at = from; at < to; at++) {
    const byte = <u32>load<u8>(at);
    a = (a ^ byte) * 0x01000193;
    b = ((b ^ byte) * 0x5bd1e995) ^ (b >> 13);
  }
  return <f64>(((<u64>a) << 21) + <u64>(b >> 11));
}

/** Epoch milliseconds of `YYYY-MM-DDTHH:MM:SSZ` and a quote at this place, NaN if anything else is there. */
function secondsAt(at: i32): f64 {
  const isFormed =
    load<u8>(at, 4) == 0x2d && load<u8>(at, 7) == 0x2d && load<u8>(at, 10) == 0x54 && load<u8>(at, 13) == 0x3a &&
    load<u8>(at, 16) == 0x3a && load<u16>(at, 19) == 0x225a;
  if (!isFormed) return NaN;
  const century = two(at);
  const yearOfCentury = two(at + 2);
  const month = two(at + 5);
  const day = two(at + 8);
  const hour = two(at + 11);
  const minute = two(at + 14);
  const second = two(at + 17);
  if ((century | yearOfCentury | month | day | hour | minute | second) < 0) return NaN;
  const year = century * 100 + yearOfCentury;
  const inRange =
    year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59;
  if (!inRange) return NaN;
  return (<f64>days(year, month, day) * 86400 + <f64>(hour * 3600 + minute * 60 + second)) * 1000;
}

function two(at: i32): i32 {
  const tens = <i32>load<u8>(at) - 0x30;
  const ones = <i32>load<u8>(at, 1) - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

/** Days since 1970, counting years from March so that the leap day comes last. */
function days(year: i32, month: i32, day: i32): i32 {
  const shifted = month <= 2 ? year - 1 : year;
  const era = shifted / 400;
  const yearOfEra = shifted - era * 400;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}
