import type { JsonObject } from '../../src/model/json.ts';
import { activityOf, isProblem } from '../../src/sources/activity-of.ts';
import type { Row } from '../../src/sources/batch.ts';
import { Sources } from '../../src/sources/open.ts';

/** When the files of these tests were last written. */
export const changed = Date.UTC(2026, 0, 5, 12);

/** A file in two pieces, the first of them up to `cut`. */
export function readText(text: string | Buffer, cut?: number) {
  const bytes = Buffer.from(text);
  const reader = new Sources([]).open(0, changed);
  const at = cut ?? bytes.length;
  const batches = [reader.read(bytes.subarray(0, at), false), reader.read(bytes.subarray(at), true)];
  // Rows of calls and of flows are one object that moves: a test of those looks at one, or at what is kept of all.
  const each = <T>(of: (row: Row) => T): T[] =>
    batches.flatMap((batch) => Array.from({ length: batch.size }, (_, index) => of(batch.at(index))));
  const [rows, evidence] = [each((row) => row), each((row) => row.keep())];
  const passed = batches.flatMap((batch) => Object.entries(batch.passed));
  return { rows, evidence, problems: batches.flatMap((batch) => batch.problems), passed };
}

/** The same record, held as JSON already. */
export function activityIn(record: JsonObject): Row {
  const row = activityOf(record);
  if (isProblem(row)) throw new Error(row.reason);
  return row;
}
