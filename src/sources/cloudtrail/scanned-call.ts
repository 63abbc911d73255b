import type { Address, Evidence, Origin, Path } from '../../model/activity.ts';
import type { Json } from '../../model/json.ts';
import type { Place } from '../../model/problem.ts';
import type { Row } from '../batch.ts';
import type { Interner } from '../interner.ts';
import { evidenceOf, flagOf, listOf, numberOf } from '../json-activity.ts';
import { Quiet } from '../quiet.ts';
import { jsonOfSpan, textOfSpan } from '../span-value.ts';
import type { Trie } from '../trie.ts';
import type { CallBatch } from './batch.ts';
import { nobody } from './caller.ts';
import { type Call, Common, noAgent, nowhere } from './common.ts';
import { AllNumbers } from './numbers.ts';
import { uniquePaths } from './paths.ts';
import type { CallSetting } from './setting.ts';
import { CallSituation } from './situation.ts';

/** One record of a scanned piece, seen through the spans of its known values. Moved from record to record. */
export class ScannedCall implements Row {
  readonly kind = 'api-call';
  readonly numbers: AllNumbers;
  readonly #interner: Interner;
  origin: Origin | undefined = undefined;
  time = 0;
  /** Set by the first move. */
  situation: CallSituation = nothing;
  readonly #trie: Trie;
  readonly #start: Int32Array;
  readonly #end: Int32Array;
  readonly #stamp: Int32Array;
  readonly #told: Int32Array;
  /** Slots whose values are hardly ever the same twice. */
  readonly #isUnique: Uint8Array;
  readonly #texts: (string | undefined)[];
  #now = 0;
  #batch: CallBatch | undefined = undefined;
  #index = 0;
  /** Whether the spans of this record are spread over the slots: most records are never asked for them. */
  #isSpread = false;

  constructor(trie: Trie) {
    this.#trie = trie;
    const common = new Common();
    this.#interner = common.interner;
    this.numbers = new AllNumbers(common);
    this.#start = new Int32Array(trie.slots);
    this.#end = new Int32Array(trie.slots);
    this.#stamp = new Int32Array(trie.slots);
    this.#told = new Int32Array(trie.slots);
    this.#isUnique = new Uint8Array(trie.slots);
    for (const path of uniquePaths) this.#isUnique[trie.slotOf.get(path) ?? trie.slots] = 1;
    this.#texts = new Array<string | undefined>(trie.slots).fill(undefined);
  }

  move(batch: CallBatch, index: number): void {
    this.#batch = batch;
    this.#index = index;
    this.#isSpread = false;
    this.time = batch.columns.times[index]!;
    this.origin = undefined;
    this.situation = batch.situationAt(index);
  }

  get call(): Call | undefined {
    return this.situation.call;
  }

  get setting(): CallSetting {
    return this.situation.setting;
  }

  get source(): string {
    return this.call?.source ?? this.text('eventSource') ?? '';
  }

  get name(): string {
    return this.call?.name ?? this.text('eventName') ?? '';
  }

  get principal(): string {
    return this.setting.caller.principal;
  }

  get id(): string {
    return this.text('eventID') ?? '';
  }

  get fingerprint(): number {
    return this.#columns.fingerprints[this.#index]!;
  }

  get account(): string {
    return this.setting.account;
  }

  get region(): string {
    return this.setting.region;
  }

  get error(): string {
    return this.setting.error;
  }

  get address(): Address | undefined {
    return this.setting.from.address;
  }

  get place(): Place {
    return this.#batch!.placeAt(this.#index);
  }

  text(path: Path): string | undefined {
    if (isOfCaller(path)) return this.setting.caller.text(path);
    const slot = this.#slot(path);
    if (slot < 0) return undefined;
    // Many detectors ask for the same few texts of a record.
    if (this.#told[slot] === this.#now) return this.#texts[slot];
    this.#told[slot] = this.#now;
    const interner = this.#isUnique[slot] === 1 ? undefined : this.#interner;
    const text = textOfSpan(this.#columns.bytes, this.#start[slot]!, this.#end[slot]!, interner);
    this.#texts[slot] = text;
    return text;
  }

  json(path: Path): Json | undefined {
    if (isOfCaller(path)) return this.setting.caller.json(path);
    const slot = this.#slot(path);
    return slot < 0 ? undefined : jsonOfSpan(this.#columns.bytes, this.#start[slot]!, this.#end[slot]!);
  }

  number(path: Path): number | undefined {
    return numberOf(isOfCaller(path) ? this.setting.caller.json(path) : this.#scalar(path));
  }

  flag(path: Path): boolean | undefined {
    return flagOf(isOfCaller(path) ? this.setting.caller.json(path) : this.#scalar(path));
  }

  list(path: Path): readonly string[] {
    if (isOfCaller(path)) return listOf(this.setting.caller.json(path));
    const slot = this.#slot(path);
    return slot < 0 || this.#columns.bytes[this.#start[slot]!] !== 0x5b ? [] : listOf(this.json(path));
  }

  has(path: Path): boolean {
    if (isOfCaller(path)) return (this.setting.caller.json(path) ?? null) !== null;
    const slot = this.#slot(path);
    return slot >= 0 && this.#columns.bytes[this.#start[slot]!] !== 0x6e;
  }

  keep(): Evidence {
    return evidenceOf(this);
  }

  get #columns() {
    return this.#batch!.columns;
  }

  /** Numbers and flags without a parse of objects and lists, which are neither. */
  #scalar(path: Path): Json | undefined {
    const slot = this.#slot(path);
    if (slot < 0) return undefined;
    const first = this.#columns.bytes[this.#start[slot]!];
    if (first === 0x74) return true;
    if (first === 0x66) return false;
    return first === 0x7b || first === 0x5b || first === 0x6e ? undefined : this.json(path);
  }

  #slot(path: Path): number {
    if (!this.#isSpread) this.#spread();
    const slot = this.#trie.slotOf.get(path);
    return slot === undefined || this.#stamp[slot] !== this.#now ? -1 : slot;
  }

  #spread(): void {
    const { entries, ends } = this.#columns;
    const now = ++this.#now;
    const last = ends[this.#index]!;
    for (let i = this.#index === 0 ? 0 : ends[this.#index - 1]!; i < last; i += 3) {
      const slot = entries[i]!;
      this.#start[slot] = entries[i + 1]!;
      this.#end[slot] = entries[i + 2]!;
      this.#stamp[slot] = now;
    }
    this.#isSpread = true;
  }
}

const nothing = new CallSituation(nobody.setting(nowhere, noAgent, '', '', ''), undefined, 0, new Quiet());

/** Whether the scan has left a path to the caller. */
function isOfCaller(path: Path): boolean {
  return path.startsWith('userIdentity.');
}
