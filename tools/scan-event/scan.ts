// Where in an event of JSON the values lie that rules name. The rest is leapt over, sixteen bytes a step.

const quotes = i8x16.splat(0x22);
const backslashes = i8x16.splat(0x5c);
const opening = i8x16.splat(0x7b);
const closing = i8x16.splat(0x7d);
/** What tells a brace from a bracket. */
const lower = i8x16.splat(0x20);

@inline const quote: u8 = 0x22;
@inline const colon: u8 = 0x3a;
@inline const comma: u8 = 0x2c;
@inline const bracket: u8 = 0x5b;
@inline const brace: u8 = 0x7b;
@inline const braceEnd: u8 = 0x7d;
@inline const bracketEnd: u8 = 0x5d;

@inline const isObject: i32 = 0;
@inline const isList: i32 = 1;
@inline const isText: i32 = 2;
@inline const isScalar: i32 = 3;

/** No place is 0, so it says that the event is not plain. */
@inline const broken: usize = 0;

let first: usize = 0;
let end: usize = 0;
let now: i32 = 0;
let places: usize = 0;
/** Whether the text that was passed last has escapes. */
let isEscaped: bool = false;

/**
 * Writes down, for each name of `table` and of the tables below it that the event has, four numbers: the turn, the kind,
 * and where the value begins and ends. Whether the event is plain: else what was written does not count. The event gets
 * an end mark, and bytes behind that are looked at.
 */
export function walk(table: usize, placesAt: usize, at: usize, length: i32, turn: i32): bool {
  places = placesAt;
  first = at;
  end = at + length;
  now = turn;
  // A quote and a zero end every search; twice, because an escape at the end steps over one.
  store<u32>(end, 0x00220022);
  const start = blanks(at);
  if (load<u8>(start) != brace) return false;
  const stop = object(start, table);
  return stop != broken && blanks(stop) == end;
}

/** Some of its names are asked for: the place after it. */
function object(start: usize, table: usize): usize {
  let at = blanks(start + 1);
  if (load<u8>(at) == braceEnd) return at + 1;
  while (true) {
    if (load<u8>(at) != quote) return broken;
    const name = at + 1;
    at = special(name);
    if (at >= end || load<u8>(at) != quote) return broken;
    const child = find(table, name, <i32>(at - name));
    at = blanks(at + 1);
    if (load<u8>(at) != colon) return broken;
    at = blanks(at + 1);
    at = child == 0 ? skip(at) : value(at, child);
    if (at == broken) return broken;
    at = blanks(at);
    const byte = load<u8>(at);
    if (byte == braceEnd) return at + 1;
    if (byte != comma) return broken;
    at = blanks(at + 1);
  }
}

/** A name that comes again is for JSON.parse to judge. */
function value(start: usize, child: usize): usize {
  const place = places + (<usize>load<i32>(child) << 4);
  if (load<i32>(place) == now) return broken;
  store<i32>(place, now);
  store<i32>(place, <i32>(start - first), 8);
  const byte = load<u8>(start);
  if (byte == brace) {
    store<i32>(place, isObject, 4);
    const table = <usize>load<i32>(child, 4);
    return table == 0 ? skip(start) : object(start, table);
  }
  const stop = skip(start);
  if (stop == broken) return broken;
  const isPlain = byte == quote && !isEscaped;
  store<i32>(place, isPlain ? isText : byte == bracket ? isList : isScalar, 4);
  // Of a plain text what lies between its quotes.
  if (isPlain) store<i32>(place, <i32>(start + 1 - first), 8);
  store<i32>(place, <i32>((isPlain ? stop - 1 : stop) - first), 12);
  return stop;
}

/** Over any value. */
function skip(start: usize): usize {
  const byte = load<u8>(start);
  if (byte == quote) return text(start + 1);
  return byte == brace || byte == bracket ? nested(start) : word(start);
}

function nested(start: usize): usize {
  let depth = 0;
  let at = start;
  while (true) {
    const bytes = v128.load(at);
    const ends = v128.or(bytes, lower);
    let mask = i8x16.bitmask(
      v128.or(i8x16.eq(bytes, quotes), v128.or(i8x16.eq(ends, opening), i8x16.eq(ends, closing))),
    );
    let next = at + 16;
    for (; mask != 0; mask &= mask - 1) {
      const here = at + ctz(mask);
      const byte = load<u8>(here);
      if (byte == quote) {
        if (here >= end) return broken;
        next = text(here + 1);
        if (next == broken) return broken;
        break;
      }
      if ((byte | 0x20) == brace) depth++;
      else if (--depth == 0) return here + 1;
    }
    at = next;
  }
}

/** From within a text to after its closing quote. */
function text(start: usize): usize {
  isEscaped = false;
  let at = start;
  while (true) {
    at = special(at);
    if (at >= end) return broken;
    if (load<u8>(at) == quote) return at + 1;
    isEscaped = true;
    at += 2;
  }
}

function word(start: usize): usize {
  let at = start;
  while (true) {
    const byte = load<u8>(at);
    if (byte <= 0x20 || byte == comma || byte == braceEnd || byte == bracketEnd) break;
    if (byte == quote) return broken;
    at++;
  }
  return at == start ? broken : at;
}

/** The next quote or backslash. */
@inline
function special(from: usize): usize {
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const mask = i8x16.bitmask(v128.or(i8x16.eq(bytes, quotes), i8x16.eq(bytes, backslashes)));
    if (mask != 0) return at + ctz(mask);
    at += 16;
  }
}

@inline
function blanks(from: usize): usize {
  let at = from;
  while (true) {
    const byte = load<u8>(at);
    if (byte > 0x20 || (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09)) return at;
    at++;
  }
}

/** The child of this name: its number, its own table, the length of its name, and the name. 0 if there is none. */
function find(table: usize, name: usize, length: i32): usize {
  const mask = load<i32>(table);
  let at = hashOf(name, length) & mask;
  while (true) {
    const child = <usize>load<i32>(table + 4 + (<usize>at << 2));
    if (child == 0 || (load<i32>(child, 8) == length && isSame(child + 12, name, length))) return child;
    at = (at + 1) & mask;
  }
}

/** As the tables were laid: the length of a name and a few of its letters. */
@inline
function hashOf(name: usize, length: i32): i32 {
  if (length == 0) return 0;
  const letters = <i32>load<u8>(name) + <i32>load<u8>(name + (length >> 1)) * 31;
  const hash = (letters + <i32>load<u8>(name + length - 1) * 961 + length * 29791) * <i32>0x9e3779b1;
  return hash ^ (hash >>> 15);
}

@inline
function isSame(a: usize, b: usize, length: i32): bool {
  for (let i = 0; i < length; i += 16) {
    const wanted = length - i >= 16 ? 0xffff : (1 << (length - i)) - 1;
    const same = i8x16.bitmask(i8x16.eq(v128.load(a + i), v128.load(b + i)));
    if ((same & wanted) != wanted) return false;
  }
  return true;
}
