import { mkdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import { type KeptBase, keeping } from '../../../range/store/kept-rows.ts';
import {
  type Base,
  isEmpty,
  type Layer,
  layered,
  newLayer,
  overlaid,
  runStep,
  spread,
  tableIn,
} from '../../../range/store/overlay.ts';
import type { KeyRange, Reader, Store, TableName, Tx } from '../../../range/store/port.ts';
import type { WorldError } from '../../errors.ts';
import { bytesOf, rows, takeUp, write } from './database.ts';
import { commitFailed, owned, spaceLow } from './errors.ts';
import { type Journal, openJournal } from './journal.ts';
import { freeBytesMin, journalBytesMax, pageBytes } from './limits.ts';
import { isAlive, type Owner, thisOwner } from './owner.ts';
import { checkFile, dataFile } from './store-file.ts';

export interface LmdbOptions {
  /** Made with mode 0700 when it is not there; the database is its folder `store`. */
  readonly folder: string;
  /** Answers wait until the disk has it: survives power loss, not only the end of the process. */
  readonly sync?: boolean;
  readonly freeBytesMin?: number;
  readonly journalBytesMax?: number;
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
    // Its own batches make promises that nobody can take, which a failed write then rejects; ours are enough.
    eventTurnBatching: false,
  });
  own(db, path);
  takeUp(db, path);
  return new LmdbStore(db, path, options);
}

/**
 * A commit is durable when the journal has it, which costs one write for all commits of a turn of the event loop. Its
 * rows are served from memory until a journal is full; then they go to the database in one transaction, and the journal
 * is removed.
 */
class LmdbStore implements Store {
  readonly #db: RootDatabase<string, Buffer>;
  readonly #path: string;
  readonly #options: LmdbOptions;
  readonly #base: KeptBase;
  readonly #reader: Reader;
  #journal: Journal;
  #journals = 1;
  /** What the journal has, or is about to get. */
  #young = newLayer();
  /** What is on its way into the database. */
  #old: { readonly layer: Layer; readonly done: Promise<void> } | undefined;
  #layers: readonly Layer[] = [this.#young];
  #stored = 0;
  /** Commits that wait for the journal, and those that wait for the disk. */
  #waiting: Group | undefined;
  #flying: Group | undefined;
  #inStep = false;
  #broken: WorldError | undefined;
  /** While the disk is nearly full nothing is written, which loses nothing. */
  #low: WorldError | undefined;
  #closed = false;

  constructor(db: RootDatabase<string, Buffer>, path: string, options: LmdbOptions) {
    this.#db = db;
    this.#path = path;
    this.#options = options;
    this.#journal = openJournal(path, this.#journals, options.sync === true);
    const stored: Base = {
      get: (table, key) => db.get(bytesOf(table, key)),
      range: (table, range) => rows(db, table, range),
      version: () => this.#stored,
    };
    this.#base = keeping(layered(stored, () => this.#layers));
    this.#reader = overlaid(this.#base);
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
      answer = runStep(this.#base, step);
    } finally {
      this.#inStep = false;
    }
    if (!isEmpty(answer.written)) this.#take(answer.written);
    // What only read may have read what is not yet on the disk.
    await (this.#waiting ?? this.#flying)?.done;
    return answer.result;
  }

  async backup(folder: string): Promise<void> {
    await this.#settled();
    this.#check();
    const path = join(folder, 'store');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    await this.#db.backup(path, false);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#settled();
      if (!this.#broken) {
        this.#journal.remove();
        this.#db.transactionSync(() => void this.#db.remove(ownerKey));
      }
    } finally {
      this.#closed = true;
      // It tells the failure of its last write again.
      await this.#db.close().catch((error: unknown) => {
        if (!this.#broken) throw error;
      });
    }
  }

  #take(written: Layer): void {
    spread(written, (table, key, text) => {
      tableIn(this.#young, table).set(key, text);
      this.#journal.add(table, key, text);
    });
    this.#base.forget(written);
    if (this.#waiting !== undefined) return;
    this.#waiting = newGroup();
    // The commits of one turn of the event loop share a frame of the journal.
    if (!this.#flying) setImmediate(() => this.#fly());
  }

  #fly(): void {
    const group = this.#waiting;
    if (group === undefined || this.#flying || this.#broken) return;
    this.#waiting = undefined;
    try {
      this.#journal.write();
    } catch (error) {
      group.reject(this.#break(error));
      return;
    }
    const flushed = this.#options.sync ? this.#journal.flushed() : undefined;
    if (this.#journal.size > (this.#options.journalBytesMax ?? journalBytesMax) && !this.#old) this.#store(flushed);
    if (flushed === undefined) {
      group.resolve();
      return;
    }
    this.#flying = group;
    flushed.then(
      () => {
        this.#flying = undefined;
        group.resolve();
        this.#fly();
      },
      (error: unknown) => group.reject(this.#break(error)),
    );
  }

  /** Begins the next journal, and brings the rows of this one, all written, into the database. */
  #store(flushed: Promise<void> | undefined): void {
    const journal = this.#journal;
    const layer = this.#young;
    this.#low = lowSpace(this.#options);
    this.#journal = openJournal(this.#path, ++this.#journals, this.#options.sync === true);
    this.#young = newLayer();
    this.#layers = [layer, this.#young];
    const done = write(this.#db, layer)
      .then(() => (this.#options.sync ? Promise.all([this.#db.flushed, flushed]) : undefined))
      .then(
        () => {
          this.#old = undefined;
          this.#stored++;
          this.#layers = [this.#young];
          journal.remove();
        },
        (error: unknown) => void this.#break(error),
      );
    this.#old = { layer, done };
  }

  /** After a failed write, small ones may succeed while others fail: nothing is served any more. */
  #break(error: unknown): WorldError {
    this.#broken ??= commitFailed(this.#options.folder, error);
    this.#flying?.reject(this.#broken);
    this.#waiting?.reject(this.#broken);
    return this.#broken;
  }

  #check(): void {
    if (this.#broken) throw this.#broken;
    if (this.#closed) throw new Error('the store is closed');
  }

  /** Until the database has everything. */
  async #settled(): Promise<void> {
    while (!this.#broken) {
      const pending = this.#waiting ?? this.#flying ?? this.#old;
      if (pending) await pending.done;
      else if (isEmpty(this.#young)) return;
      else this.#store(undefined);
    }
  }
}

interface Group {
  readonly done: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

function newGroup(): Group {
  let resolve = () => {};
  let reject = (_error: unknown) => {};
  const done = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Each commit hears of it by itself.
  done.catch(() => undefined);
  return { done, resolve, reject };
}

function lowSpace({ folder, freeBytesMin: min = freeBytesMin }: LmdbOptions): WorldError | undefined {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < min ? spaceLow(folder, bavail * bsize, min) : undefined;
}

const ownerKey = Buffer.from('mowner');
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
