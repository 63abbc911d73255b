import { mkdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import type { WorldError } from '../../../cli/errors.ts';
import { type KeptBase, keeping } from '../../../range/store/kept-rows.ts';
import { type Layer, overlaid, runStep, spread } from '../../../range/store/overlay.ts';
import type { KeyRange, Reader, Store, TableName, Tx } from '../../../range/store/port.ts';
import { commitFailed, owned, spaceLow } from './errors.ts';
import { type Group, isEmpty, newGroup } from './group.ts';
import { freeBytesMin, groupsPerLook, pageBytes } from './limits.ts';
import { isAlive, type Owner, thisOwner } from './owner.ts';
import { checkFile, dataFile } from './store-file.ts';

export interface LmdbOptions {
  /** Made with mode 0700 when it is not there; the database is its folder `store`. */
  readonly folder: string;
  /** Answers wait until the disk has it: survives power loss, not only the end of the process. */
  readonly sync?: boolean;
  readonly freeBytesMin?: number;
}

/** State that a kill of the process at any moment does not lose. One process at a time. */
export function openLmdbStore(options: LmdbOptions): Store {
  const path = join(options.folder, 'store');
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  checkFile(path);
  const low = lowSpace(options);
  if (low) throw low;
  const db = open<string, Buffer>({
    path,
    encoding: 'string',
    keyEncoding: 'binary',
    pageSize: pageBytes,
    // Without sync a commit is handed to the kernel, which keeps it whatever becomes of this process.
    noSync: !options.sync,
  });
  own(db, path);
  return new LmdbStore(db, options);
}

class LmdbStore implements Store {
  readonly #db: RootDatabase<string, Buffer>;
  readonly #options: LmdbOptions;
  readonly #base: KeptBase;
  readonly #reader: Reader;
  #flying: Group | undefined;
  #waiting = newGroup();
  #layers: readonly Layer[] = [this.#waiting.layer];
  #retired = 0;
  #groups = 0;
  #inStep = false;
  #broken: WorldError | undefined;
  /** While the disk is nearly full calls are refused, which loses nothing. */
  #low: WorldError | undefined;
  #closed = false;

  constructor(db: RootDatabase<string, Buffer>, options: LmdbOptions) {
    this.#db = db;
    this.#options = options;
    this.#base = keeping({
      get: (table, key) => db.get(bytesOf(table, key)),
      range: (table, range) => rows(db, table, range),
      version: () => this.#retired,
    });
    this.#reader = overlaid(this.#base, () => this.#layers);
  }

  get<T>(table: TableName, key: string): T | undefined {
    this.#check();
    return this.#reader.get<T>(table, key);
  }

  range<T>(table: TableName, range: KeyRange): Iterable<readonly [string, T]> {
    this.#check();
    return this.#reader.range<T>(table, range);
  }

  async commit<T>(step: (tx: Tx) => T): Promise<T> {
    this.#check();
    if (this.#inStep) throw new Error('a commit inside the step of a commit: use its own tx');
    if (this.#low) this.#low = lowSpace(this.#options);
    if (this.#low) throw this.#low;
    this.#inStep = true;
    let answer: { readonly written: Layer; readonly result: T };
    try {
      answer = runStep(this.#base, () => this.#layers, step);
    } finally {
      this.#inStep = false;
    }
    const writes = !isEmpty(answer.written);
    if (writes) {
      const first = isEmpty(this.#waiting.layer);
      this.#waiting.add(answer.written);
      // The calls of one turn of the event loop share a transaction.
      if (first && !this.#flying) setImmediate(() => this.#fly());
    }
    // What only read may have read what is not yet on the disk.
    await (isEmpty(this.#waiting.layer) ? this.#flying : this.#waiting)?.done;
    return answer.result;
  }

  async backup(folder: string): Promise<void> {
    await this.#settled();
    const path = join(folder, 'store');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    await this.#db.backup(path, false);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#settled();
      if (!this.#broken) this.#db.transactionSync(() => void this.#db.remove(ownerKey));
    } finally {
      this.#closed = true;
      await this.#db.close();
    }
  }

  #fly(): void {
    if (this.#flying || this.#broken || isEmpty(this.#waiting.layer)) return;
    const group = this.#waiting;
    this.#flying = group;
    this.#waiting = newGroup();
    this.#layers = [group.layer, this.#waiting.layer];
    if (++this.#groups % groupsPerLook === 0) this.#low = lowSpace(this.#options);
    write(this.#db, group.layer)
      .then(() => (this.#options.sync ? this.#db.flushed : undefined))
      .then(
        () => this.#land(group),
        (error: unknown) => this.#break(error),
      );
  }

  #land(group: Group): void {
    this.#flying = undefined;
    this.#retired++;
    this.#base.forget(group.layer);
    this.#layers = [this.#waiting.layer];
    group.resolve();
    this.#fly();
  }

  /** After a failed commit, small writes may succeed while others fail: nothing is served any more. */
  #break(error: unknown): void {
    this.#broken = commitFailed(this.#options.folder, error);
    this.#flying?.reject(this.#broken);
    this.#waiting.reject(this.#broken);
  }

  #check(): void {
    if (this.#broken) throw this.#broken;
    if (this.#closed) throw new Error('the store is closed');
  }

  async #settled(): Promise<void> {
    while (!this.#broken && (this.#flying || !isEmpty(this.#waiting.layer))) {
      await (this.#flying ?? this.#waiting).done;
    }
  }
}

function lowSpace({ folder, freeBytesMin: min = freeBytesMin }: LmdbOptions): WorldError | undefined {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < min ? spaceLow(folder, bavail * bsize, min) : undefined;
}

const ownerKey = Buffer.from('mowner');
const letters: Readonly<Record<TableName, string>> = { state: 's', trail: 't', outbox: 'o' };

/** One tree for all tables: the first byte says which. */
function bytesOf(table: TableName, key: string): Buffer {
  return Buffer.from(letters[table] + key);
}

async function write(db: RootDatabase<string, Buffer>, layer: Layer): Promise<void> {
  const puts: Promise<boolean>[] = [];
  const batch = db.batch(() => {
    spread(layer, (table, key, text) => {
      const bytes = bytesOf(table, key);
      puts.push(text === null ? db.remove(bytes) : db.put(bytes, text));
    });
  });
  for (const written of [batch, ...puts]) written.catch(silence);
  await Promise.all([batch, ...puts]);
}

/** The reason of a failed commit is a promise of its own, which ends the process when nobody takes it. */
function silence(error: Error & { commitError?: Promise<unknown> }): void {
  error.commitError?.catch(() => undefined);
}

function* rows(db: RootDatabase<string, Buffer>, table: TableName, range: KeyRange) {
  const { prefix, after, reverse = false } = range;
  const first = bytesOf(table, prefix);
  // No byte of UTF-8 is above 0xf4: the last one can always be raised.
  const end = Buffer.from(first);
  end[end.length - 1]!++;
  const from = after === undefined ? undefined : bytesOf(table, after);
  const bounds = reverse
    ? { start: from && Buffer.compare(from, end) < 0 ? from : end, end: first, inclusiveEnd: true }
    : { start: from && Buffer.compare(from, first) >= 0 ? from : first, end };
  for (const { key, value } of db.getRange({ ...bounds, reverse })) {
    if (key.equals(reverse ? end : (from ?? noKey)) || from?.equals(key)) continue;
    yield [key.toString('utf8', 1), value] as const;
  }
}

const noKey = Buffer.alloc(0);

/** In one transaction of the store itself, so that of many starters exactly one becomes its owner. */
function own(db: RootDatabase<string, Buffer>, path: string): void {
  const me = thisOwner(String(statSync(dataFile(path)).ino));
  const other = db.transactionSync(() => {
    const text = db.get(ownerKey);
    const owner = text === undefined ? undefined : (JSON.parse(text) as Owner);
    if (owner && owner.file === me.file && isAlive(owner)) return owner;
    void db.put(ownerKey, JSON.stringify(me));
    return undefined;
  });
  if (!other) return;
  void db.close();
  throw owned(path, other.pid);
}
