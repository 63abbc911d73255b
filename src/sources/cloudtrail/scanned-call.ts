import type { Address, Evidence, Origin, Path } from '../../model/activity.ts';
import type { Json } from '../../model/json.ts';
import type { Place } from '../../model/problem.ts';
import type { Addresses } from '../addresses.ts';
import type { Row } from '../batch.ts';
import type { Interner } from '../interner.ts';
import { evidenceOf, flagOf, listOf, numberOf } from '../json-activity.ts';
import { principalOf } from '../principal.ts';
import { Fingerprint, jsonOfSpan, textOfSpan } from '../span-value.ts';
import type { Trie } from '../trie.ts';

/** One record of a scanned piece, seen through the spans of its known values. Moved from record to record. */
export class ScannedCall implements Row {
  readonly kind = 'api-call';
  origin: Origin | undefined = undefined;
  time = 0;
  readonly #trie: Trie;
  readonly #interner: Interner;
  readonly #addresses: Addresses;
  readonly #start: Int32Array;
  readonly #end: Int32Array;
  readonly #stamp: Int32Array;
  readonly #print = new Fingerprint();
  readonly #told: Int32Array;
  readonly #texts: (string | undefined)[];
  #now = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #file = -1;
  #offset = 0;
  #source: string | undefined = undefined;
  #name: string | undefined = undefined;
  #principal: string | undefined = undefined;
  #address: Address | undefined = undefined;
  #addressed = false;

  constructor(trie: Trie, interner: Interner, addresses: Addresses) {
    this.#trie = trie;
    this.#interner = interner;
    this.#addresses = addresses;
    this.#start = new Int32Array(trie.slots);
    this.#end = new Int32Array(trie.slots);
    this.#stamp = new Int32Array(trie.slots);
    this.#told = new Int32Array(trie.slots);
    this.#texts = new Array<string | undefined>(trie.slots).fill(undefined);
  }

  move(
    bytes: Buffer,
    entries: Int32Array,
    first: number,
    last: number,
    time: number,
    file: number,
    offset: number,
  ): void {
    const now = ++this.#now;
    for (let i = first; i < last; i += 3) {
      const slot = entries[i]!;
      this.#start[slot] = entries[i + 1]!;
      this.#end[slot] = entries[i + 2]!;
      this.#stamp[slot] = now;
    }
    this.#bytes = bytes;
    this.#file = file;
    this.#offset = offset;
    this.time = time;
    this.origin = undefined;
    this.#source = undefined;
    this.#name = undefined;
    this.#principal = undefined;
    this.#addressed = false;
  }

  get source(): string {
    this.#source ??= this.text('eventSource') ?? '';
    return this.#source;
  }

  get name(): string {
    this.#name ??= this.text('eventName') ?? '';
    return this.#name;
  }

  get principal(): string {
    this.#principal ??= principalOf((path) => this.text(path));
    return this.#principal;
  }

  get id(): string {
    return this.text('eventID') ?? '';
  }

  get fingerprint(): number {
    const slot = this.#slot('eventID');
    if (slot < 0) return 0;
    return this.#print.begin().add(this.#bytes, this.#start[slot]! + 1, this.#end[slot]! - 1).value;
  }

  get account(): string {
    return this.text('recipientAccountId') ?? this.text('userIdentity.accountId') ?? '';
  }

  get region(): string {
    return this.text('awsRegion') ?? '';
  }

  get error(): string {
    return this.text('errorCode') ?? '';
  }

  get address(): Address | undefined {
    if (!this.#addressed) {
      this.#addressed = true;
      this.#address = this.#addresses.of(this.text('sourceIPAddress') ?? '');
    }
    return this.#address;
  }

  get place(): Place {
    return { file: this.#file, offset: this.#offset };
  }

  text(path: Path): string | undefined {
    const slot = this.#slot(path);
    if (slot < 0) return undefined;
    // Many detectors ask for the same few texts of a record.
    if (this.#told[slot] === this.#now) return this.#texts[slot];
    this.#told[slot] = this.#now;
    const text = textOfSpan(this.#bytes, this.#start[slot]!, this.#end[slot]!, this.#interner);
    this.#texts[slot] = text;
    return text;
  }

  json(path: Path): Json | undefined {
    const slot = this.#slot(path);
    return slot < 0 ? undefined : jsonOfSpan(this.#bytes, this.#start[slot]!, this.#end[slot]!);
  }

  number(path: Path): number | undefined {
    return numberOf(this.#scalar(path));
  }

  flag(path: Path): boolean | undefined {
    return flagOf(this.#scalar(path));
  }

  list(path: Path): readonly string[] {
    const slot = this.#slot(path);
    return slot < 0 || this.#bytes[this.#start[slot]!] !== 0x5b ? [] : listOf(this.json(path));
  }

  has(path: Path): boolean {
    const slot = this.#slot(path);
    return slot >= 0 && this.#bytes[this.#start[slot]!] !== 0x6e;
  }

  keep(): Evidence {
    return evidenceOf(this);
  }

  /** Numbers and flags without a parse of objects and lists, which are neither. */
  #scalar(path: Path): Json | undefined {
    const slot = this.#slot(path);
    if (slot < 0) return undefined;
    const first = this.#bytes[this.#start[slot]!];
    if (first === 0x74) return true;
    if (first === 0x66) return false;
    return first === 0x7b || first === 0x5b || first === 0x6e ? undefined : this.json(path);
  }

  #slot(path: Path): number {
    const slot = this.#trie.slotOf.get(path);
    return slot === undefined || this.#stamp[slot] !== this.#now ? -1 : slot;
  }
}
