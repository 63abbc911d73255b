// Lines of a flow log as rows of numbers, in the order of time. No text is made of a line that nobody asks about.
import { beginBlanks, nextBlank } from './blanks';
import { addressAt, mixed, numberAt, textAt } from './fields';
import { marksOf } from './marks';
import { orderOf } from './order';
import { columnsRoom as columns, valuesRoom as values } from './room';
import { letters } from './texts';
import {
  account, action, bytes, direction, dstaddr, dstport, end, interfaceId, packets, protocol, srcaddr, srcport, status, time,
} from './values';

export { bound, networksAt } from './marks';

/** How a column is read; the others are skipped. */
@inline const number: i32 = 1;
@inline const address: i32 = 2;
@inline const text: i32 = 3;

const noData = letters(0x415441444f4e, 6);
const skipData = letters(0x4154414450494b53, 8);

/** Later than this are milliseconds. */
@inline const latest: i64 = 99999999999;

/** A row has eight numbers, of which the last two are two small ones each, and behind them its time until it is sorted. */
@inline const rowBytes: usize = 64;
@inline const unsortedBytes: usize = 72;

let width: i32 = 0;
let base: usize = 0;
let at: usize = 0;
let stop: usize = 0;
let first: usize = 0;
let top: usize = 0;
let size: i32 = 0;
let sorted: usize = 0;
let times: usize = 0;
let usual: i64 = 0;
let usualAt: i32 = 0;
let strangers: i32 = 0;
let least: i64 = 0;
let most: i64 = 0;
let isInOrder: bool = true;
let withoutData: i32 = 0;
let skipped: i32 = 0;
/** Of the last line: how many fields it has, and where it begins. */
let fields: i32 = 0;
let start: usize = 0;

/** Where is said for each column how it is read and where its value goes, a byte each. */
export function columnsAt(): usize {
  return columns;
}

/** So many columns are laid. */
export function lay(count: i32): void {
  width = count;
  memory.fill(values, 0xff, 128);
}

/** Rows lie from this place on. */
export function begin(rows: usize): void {
  first = (rows + 63) & ~63;
  top = first;
  size = 0;
  strangers = 0;
  isInOrder = true;
  withoutData = 0;
  skipped = 0;
}

/** The next lines, between two places of which the second is after a line break; `offset` is the first one's in its piece. */
export function lines(from: usize, to: usize, offset: i32): void {
  base = from - <usize>offset;
  at = from;
  stop = to;
  beginBlanks(at);
}

/** Reads until a line is odd, and says whether one is; else all are read. */
export function scan(): bool {
  while (at < stop) {
    start = at;
    let from = at;
    let column = 0;
    let blank: usize;
    let byte: u8;
    while (true) {
      blank = nextBlank();
      if (column < width) put(columns + (<usize>column << 1), from, blank);
      column++;
      byte = load<u8>(blank);
      if (byte != 0x20) break;
      from = blank + 1;
    }
    fields = column == 1 && blank == start && isEmpty(blank) ? 0 : column;
    while (byte != 0x0a) {
      blank = nextBlank();
      byte = load<u8>(blank);
    }
    at = blank + 1;
    if (fields == width) {
      const told = load<i64>(values, status);
      if (told == noData) withoutData++;
      else if (told == skipData) skipped++;
      else {
        const second = load<i64>(values, time);
        if (second < 0 || second > latest) return true;
        keep(second);
      }
    } else if (fields > 0) return true;
  }
  return false;
}

/** Whether nothing but the line's end is here. */
function isEmpty(at: usize): bool {
  return load<u8>(at) == 0x0a || load<u16>(at) == 0x0a0d;
}

@inline
function put(column: usize, from: usize, to: usize): void {
  const way = load<u8>(column);
  const value = values + (<usize>load<u8>(column, 1) << 3);
  if (way == number) store<i64>(value, numberAt(from, to));
  else if (way == address) store<i64>(value, addressAt(from, to));
  else if (way == text) store<i64>(value, textAt(from, to));
}

function keep(second: i64): void {
  const row = top;
  top += unsortedBytes;
  reach(top);
  if (size == 0) {
    usual = load<i64>(values, account);
    usualAt = <i32>(start - base);
    least = second;
    most = second;
  }
  if (second < most) isInOrder = false;
  else most = second;
  if (second < least) least = second;
  size++;
  if (load<i64>(values, account) != usual) strangers++;
  const owner = load<i64>(values, account) + load<i64>(values, interfaceId);
  const source = load<i64>(values, srcaddr);
  const destination = load<i64>(values, dstaddr);
  const fromPort = port(load<i64>(values, srcport));
  const toPort = port(load<i64>(values, dstport));
  const sent = <f64>max(load<i64>(values, packets), 0);
  const length = <f64>load<i64>(values, bytes);
  store<f64>(row, fingerprint(owner));
  store<f64>(row, <f64>owner, 8);
  store<f64>(row, <f64>source, 16);
  store<f64>(row, <f64>destination, 24);
  store<f64>(row, sent, 32);
  store<f64>(row, length, 40);
  store<i32>(row, fromPort, 48);
  store<i32>(row, toPort, 52);
  store<i32>(row, <i32>(start - base), 56);
  store<i32>(row, marksOf(usual, source, destination, fromPort, toPort, sent, length), 60);
  store<i64>(row, second, 64);
}

@inline
function port(value: i64): i32 {
  return <u64>value <= 0xffff ? <i32>value : -1;
}

/**
 * 53 bits that stand for a record, in whatever order or shape its fields came: two records that agree in all of these
 * are one, delivered twice.
 */
@inline
function fingerprint(owner: i64): f64 {
  let a = mixed(owner, load<u64>(values, srcaddr));
  let b = mixed(load<u64>(values, dstaddr), load<u64>(values, bytes));
  a = mixed(a, (load<u64>(values, srcport) << 32) ^ load<u64>(values, dstport));
  b = mixed(b, (load<u64>(values, packets) << 8) ^ load<u64>(values, protocol));
  a = mixed(a, load<u64>(values, time));
  b = mixed(b, load<u64>(values, end));
  b = mixed(b, load<u64>(values, action) + load<u64>(values, direction));
  return <f64>(mixed(a, b) >> 11);
}

/** Puts the rows into the order of time. */
export function sort(): void {
  const order = (top + 15) & ~15;
  const other = order + (<usize>size << 2);
  sorted = (other + (<usize>size << 2) + 63) & ~63;
  times = sorted + <usize>size * rowBytes;
  reach(times + (<usize>size << 3));
  const places: usize = isInOrder ? 0 : orderOf(first + rowBytes, unsortedBytes, size, least, most, order, other);
  let to = sorted;
  for (let place = 0; place < size; place++) {
    const row = places == 0 ? place : load<i32>(places + (<usize>place << 2));
    const from = first + <usize>row * unsortedBytes;
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    v128.store(to, v128.load(from, 32), 32);
    v128.store(to, v128.load(from, 48), 48);
    store<f64>(times + (<usize>place << 3), <f64>load<i64>(from, 64) * 1000);
    to += rowBytes;
  }
}

export function rows(): i32 {
  return size;
}

export function rowsAt(): usize {
  return sorted;
}

export function timesAt(): usize {
  return times;
}

/** Rows of another account than the first one's. */
export function rowsOfOthers(): i32 {
  return strangers;
}

/** Where the line begins whose account the others have, too. */
export function usualLine(): i32 {
  return usualAt;
}

export function linesWithoutData(): i32 {
  return withoutData;
}

export function linesSkipped(): i32 {
  return skipped;
}

/** Of the line that was odd: where it begins and ends, and how many fields it has. */
export function oddStart(): i32 {
  return <i32>(start - base);
}

export function oddEnd(): i32 {
  return <i32>(at - base);
}

export function oddFields(): i32 {
  return fields;
}

@inline
function reach(to: usize): void {
  if (to > <usize>memory.size() << 16) memory.grow(max(<i32>((to >> 16) + 1) - memory.size(), 16));
}
