import { absent, type Form, forms, slots, stride } from './slots.ts';

/**
 * One pass over lines of a flow log: numbers and addresses become numbers, what is text becomes a hash, so that no
 * string is made of a line that nobody asks about. What is not of the expected form becomes a negative hash.
 * Values go from array to array and functions give positions, because a fraction that a function gives is an object.
 */
export class FlowScan {
  readonly width: number;
  /** For each column how it is read, and where its value goes. */
  readonly #ways: Uint8Array;
  readonly #slots: Uint8Array;
  /** Of the line read last. */
  readonly values = new Float64Array(stride).fill(absent);
  /** Fields of the line read last; 0: an empty line. */
  count = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  /** The last position where four bytes begin. */
  #lastWord = 0;

  constructor(fields: readonly string[]) {
    this.width = fields.length;
    this.#ways = Uint8Array.from(fields, (field) => ways[forms[field]?.[0] ?? 'skipped']);
    // In a log without starts the ends tell the time.
    const time = fields.includes('start') ? 'start' : 'end';
    this.#slots = Uint8Array.from(fields, (field) => (field === time ? slots.time : (forms[field]?.[1] ?? slots.line)));
  }

  /** The bytes of which lines are read; they end with a line break. */
  over(bytes: Uint8Array): this {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#lastWord = bytes.length - 4;
    return this;
  }

  /** Reads the line at `start` into `values`, and gives the position after its line break. */
  line(start: number): number {
    const bytes = this.#bytes;
    const ways = this.#ways;
    const slotOf = this.#slots;
    this.values[slots.line] = start;
    let at = start;
    let column = 0;
    for (; ; column++) {
      const way = column < ways.length ? ways[column]! : skipped;
      if (way === address) at = this.#address(slotOf[column]!, at);
      else if (way === number) at = this.#number(slotOf[column]!, at);
      else if (way === seconds) at = this.#seconds(slotOf[column]!, at);
      else if (way === skipped) at = this.#skip(at);
      else at = this.#text(slotOf[column]!, at);
      if (bytes[at] !== blank) break;
      at++;
    }
    this.count = column === 0 && at === start ? 0 : column + 1;
    while (bytes[at] !== lineBreak) at++;
    return at + 1;
  }

  /** Ten digits, as times have until the year 2286. */
  #seconds(slot: number, first: number): number {
    if (first + 10 > this.#lastWord) return this.#number(slot, first);
    const bytes = this.#bytes;
    const high = this.#view.getInt32(first);
    const low = this.#view.getInt32(first + 4);
    const tens = bytes[first + 8]! - 0x30;
    const ones = bytes[first + 9]! - 0x30;
    const isPlain = isFour(high) && isFour(low) && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
    if (!isPlain || bytes[first + 10]! > blank) return this.#number(slot, first);
    this.values[slot] = fourOf(high) * 1_000_000 + fourOf(low) * 100 + tens * 10 + ones;
    return first + 10;
  }

  #number(slot: number, first: number): number {
    const bytes = this.#bytes;
    let at = first;
    let value = 0;
    let digit = bytes[at]! - 0x30;
    while (digit >= 0 && digit <= 9) {
      value = (Math.imul(value, 10) + digit) | 0;
      digit = bytes[++at]! - 0x30;
    }
    if (at === first || digit + 0x30 > blank) return this.#odd(slot, first);
    this.values[slot] = at - first <= 9 ? value : longNumber(bytes, first, at);
    return at;
  }

  #address(slot: number, first: number): number {
    const bytes = this.#bytes;
    let at = first;
    let value = 0;
    let octet = 0;
    let dots = 0;
    for (let byte = bytes[at]!; byte > blank; byte = bytes[++at]!) {
      if (byte === 0x2e) {
        value = (value << 8) | octet;
        octet = 0;
        dots++;
      } else {
        octet = (Math.imul(octet, 10) + byte - 0x30) | 0;
        if (byte > 0x39 || byte < 0x30 || octet > 255) dots = 4;
      }
    }
    if (dots !== 3) return this.#odd(slot, first);
    this.values[slot] = ((value << 8) | octet) >>> 0;
    return at;
  }

  /** Two halves take turns at four bytes each. */
  #text(slot: number, first: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    const last = this.#lastWord;
    let a = 0x811c9dc5 | 0;
    let b = 0x9dc5811c | 0;
    let at = first;
    for (; at <= last; at += 4) {
      const word = view.getInt32(at);
      if (hasBlank(word)) break;
      const mixed = Math.imul(b ^ word, 0x5bd1e995);
      b = a;
      a = mixed ^ (mixed >>> 15);
    }
    for (let byte = bytes[at]!; byte > blank; byte = bytes[++at]!) a = Math.imul(a ^ byte, 0x01000193);
    if (isHyphen(bytes, first, at)) this.values[slot] = absent;
    else this.values[slot] = (a >>> 0) * 0x200000 + (b >>> 11);
    return at;
  }

  /** What is no number or no IPv4 address. */
  #odd(slot: number, first: number): number {
    const bytes = this.#bytes;
    const end = this.#skip(first);
    let hash = 0x811c9dc5;
    for (let at = first; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
    this.values[slot] = first === end || isHyphen(bytes, first, end) ? absent : absent - 1 - (hash >>> 0);
    return end;
  }

  #skip(first: number): number {
    const bytes = this.#bytes;
    let at = first;
    while (bytes[at]! > blank) at++;
    return at;
  }
}

/** What the scan makes of a text. */
export function hashOfText(text: string): number {
  const scan = new FlowScan(['action']).over(Buffer.from(`${text}\n    `));
  scan.line(0);
  return scan.values[slots.action]!;
}

const ways: Readonly<Record<Form | 'skipped', number>> = { skipped: 0, number: 1, address: 2, seconds: 3, text: 4 };
const { skipped, number, address, seconds } = ways;
const blank = 0x20;
const lineBreak = 0x0a;

function isHyphen(bytes: Uint8Array, first: number, end: number): boolean {
  return end - first === 1 && bytes[first] === 0x2d;
}

function longNumber(bytes: Uint8Array, first: number, end: number): number {
  let value = 0;
  for (let at = first; at < end; at++) value = value * 10 + bytes[at]! - 0x30;
  return value;
}

// Four bytes at once, the first one in the highest bits.

/** Whether one of them is a blank or a control character; now and then also where bytes beyond ASCII are. */
function hasBlank(word: number): boolean {
  return ((word - 0x21212121) & ~word & 0x80808080) !== 0;
}

function isFour(word: number): boolean {
  return (word & 0xf0f0f0f0) === 0x30303030 && ((word + 0x06060606) & 0xf0f0f0f0) === 0x30303030;
}

function fourOf(word: number): number {
  const digits = word & 0x0f0f0f0f;
  const pairs = (Math.imul(digits >>> 8, 10) + digits) & 0x00ff00ff;
  return (pairs >>> 16) * 100 + (pairs & 0xff);
}
