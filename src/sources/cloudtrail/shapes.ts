import type { Trie } from '../trie.ts';

/** What one scanned object is, by the names that it has. */
export type Shape = 'record' | 'within' | 'text' | 'list' | 'digest' | 'insight' | 'odd' | 'incomplete';

/** Looks at the spans of one object and says its shape, where what it wraps begins, and where the values of its head are. */
export class Shapes {
  readonly #codeOf: Uint8Array;
  /** Which names the object has: a bit for each code. */
  has = 0;
  /** Spans by code, where `has` says so. */
  readonly starts = new Int32Array(names.length + 1);
  readonly ends = new Int32Array(names.length + 1);
  /** Start of the wrapped record, list or text. */
  inner = 0;

  constructor({ slots, slotOf }: Trie) {
    this.#codeOf = new Uint8Array(slots);
    names.forEach((name, index) => {
      this.#codeOf[slotOf.get(name)!] = index + 1;
    });
  }

  of(bytes: Uint8Array, entries: Int32Array, first: number, last: number): Shape {
    const { starts, ends } = this;
    let has = 0;
    for (let i = first; i < last; i += 3) {
      const at = this.#codeOf[entries[i]!]!;
      if (at === 0) continue;
      const start = entries[i + 1]!;
      starts[at] = start;
      ends[at] = entries[i + 2]!;
      // A text in quotes, an object or a list, as the name demands; anything else is as if it were not there.
      if (at >= code.digest || bytes[start] === (at <= code.text ? 0x22 : at <= code.lake ? 0x7b : 0x5b))
        has |= 1 << at;
      else if (at === code.name) has |= named;
    }
    this.has = has;
    if ((has & (1 << code.digest)) !== 0) return 'digest';
    if ((has & (1 << code.insight)) !== 0) return 'insight';
    if ((has & required) === required) return (has & (1 << code.id)) === 0 ? 'odd' : 'record';
    // What has a name is a record, if a bad one: nothing within it counts.
    return (has & (named | (1 << code.name))) === 0 ? this.#wrapping(has) : 'incomplete';
  }

  #wrapping(has: number): Shape {
    const last = [code.text, code.detail, code.lake, code.records, code.events]
      .filter((each) => (has & (1 << each)) !== 0)
      .sort((a, b) => this.starts[b]! - this.starts[a]!)[0];
    if (last === undefined) return 'incomplete';
    this.inner = this.starts[last]!;
    return last === code.text ? 'text' : last <= code.lake ? 'within' : 'list';
  }
}

const names = [
  'eventSource',
  'eventName',
  'eventTime',
  'eventID',
  'awsRegion',
  'sourceIPAddress',
  'userAgent',
  'recipientAccountId',
  'errorCode',
  'CloudTrailEvent',
  'userIdentity',
  'detail',
  'eventData',
  'Records',
  'Events',
  'digestStartTime',
  'insightDetails',
];

/** Places in `names`, from 1 on: texts come first, then objects, then lists. */
export const code = {
  source: 1,
  name: 2,
  time: 3,
  id: 4,
  region: 5,
  address: 6,
  agent: 7,
  account: 8,
  error: 9,
  text: 10,
  caller: 11,
  detail: 12,
  lake: 13,
  records: 14,
  events: 15,
  digest: 16,
  insight: 17,
} as const;
const required = (1 << code.source) | (1 << code.name) | (1 << code.time);
/** It has a name that is no text. */
const named = 1;
