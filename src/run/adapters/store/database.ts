import { rmSync } from 'node:fs';
import type { RootDatabase } from 'lmdb';
import { type Layer, spread } from '../../../range/store/overlay.ts';
import type { KeyRange, TableName } from '../../../range/store/port.ts';
import { journalRows, leftJournals } from './journal.ts';

/** What the last process had answered for and not brought into the database. */
export function takeUp(db: RootDatabase<string, Buffer>, path: string): void {
  const journals = leftJournals(path);
  for (const journal of journals) {
    db.transactionSync(() => {
      for (const { table, key, text } of journalRows(journal)) {
        if (text === null) void db.remove(bytesOf(table, key));
        else void db.put(bytesOf(table, key), text);
      }
    });
  }
  for (const journal of journals) rmSync(journal);
}

const letters: Readonly<Record<TableName, string>> = { state: 's', trail: 't', outbox: 'o' };

/** One tree for all tables: the first byte says which. */
export function bytesOf(table: TableName, key: string): Buffer {
  return Buffer.from(letters[table] + key);
}

export async function write(db: RootDatabase<string, Buffer>, layer: Layer): Promise<void> {
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

export function* rows(db: RootDatabase<string, Buffer>, table: TableName, range: KeyRange) {
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
