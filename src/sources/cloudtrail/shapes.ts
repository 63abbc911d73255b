import type { Trie } from '../trie.ts';

/** What one scanned object is, by the names that it has. */
export type Shape = 'record' | 'within' | 'text' | 'list' | 'digest' | 'insight' | 'odd' | 'incomplete';

/** Looks at the spans of one object and says its shape, and where what it wraps begins. */
export class Shapes {
  readonly #codeOf: Uint8Array;
  /** Start of the wrapped record, list or text. */
  inner = 0;
  /** Start of the event time's text. */
  time = 0;

  constructor({ slots, slotOf }: Trie) {
    this.#codeOf = new Uint8Array(slots);
    names.forEach((name, index) => {
      this.#codeOf[slotOf.get(name)!] = index + 1;
    });
  }

  of(bytes: Uint8Array, entries: Int32Array, first: number, last: number): Shape {
    let has = 0;
    let inner = -1;
    let innerCode = 0;
    let named = false;
    for (let i = first; i < last; i += 3) {
      const code = this.#codeOf[entries[i]!]!;
      if (code === 0) continue;
      const start = entries[i + 1]!;
      const byte = bytes[start];
      if (code <= texts) {
        if (code === nameCode) named = true;
        if (byte !== 0x22) continue;
        if (code === timeCode) this.time = start;
      } else if (code === insightCode || code === digestCode) return code === digestCode ? 'digest' : 'insight';
      else if (byte === (code === textCode ? 0x22 : code <= listCode ? 0x7b : 0x5b)) {
        inner = start;
        innerCode = code;
        continue;
      }
      has |= 1 << code;
    }
    if ((has & required) === required) return (has & identified) === identified ? 'record' : 'odd';
    // What has a name is a record, if a bad one: nothing within it counts.
    if (inner < 0 || named) return 'incomplete';
    this.inner = inner;
    return innerCode === textCode ? 'text' : innerCode <= listCode ? 'within' : 'list';
  }
}

const names = [
  'eventSource',
  'eventName',
  'eventTime',
  'eventID',
  'CloudTrailEvent',
  'detail',
  'eventData',
  'Records',
  'Events',
  'digestStartTime',
  'insightDetails',
];
const [texts, nameCode, timeCode, textCode, listCode, digestCode, insightCode] = [4, 2, 3, 5, 7, 10, 11];
const required = (1 << 1) | (1 << 2) | (1 << 3);
const identified = 1 << 4;
