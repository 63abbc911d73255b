import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Json, JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import type { Batch } from './batch.ts';
import { callActivity } from './cloudtrail/record.ts';
import { isObject } from './json-activity.ts';
import { otherActivity } from './json-records.ts';
import { limits } from './limits.ts';
import { ListedBatch, type Taken } from './listed-batch.ts';
import { recordName, structuralNames } from './parquet-names.ts';
import { headerOf } from './vpc-flow/format.ts';
import { flowActivity } from './vpc-flow/record.ts';

/** Rows of a Parquet file, some thousand at a time; only its directory is held whole. A row's offset is its number. */
export async function* parquetBatches(bytes: AsyncBuffer, file: number): AsyncGenerator<Batch> {
  const metadata = await directoryOf(bytes, file);
  if ('code' in metadata) {
    yield alone(metadata);
    return;
  }
  const count = Number(metadata.num_rows);
  let isTold = false;
  for (let rowStart = 0; rowStart < count; rowStart += limits.parquetRows) {
    const rowEnd = Math.min(count, rowStart + limits.parquetRows);
    const batch = new ListedBatch();
    try {
      const rows = await parquetReadObjects({ file: bytes, metadata, compressors, rowStart, rowEnd });
      const isFlow = isFlowRow(rows[0]);
      for (const [index, row] of rows.entries()) {
        const taken = activityOfRow(row, isFlow, { file, offset: rowStart + index, isRow: true });
        batch.take(taken);
        // All rows have the same columns: who is told once that they say nothing knows it of all of them.
        if (!isTold && isUnknown(taken)) {
          yield batch;
          return;
        }
        isTold = true;
      }
    } catch (error) {
      const reason = `rows ${rowStart} to ${rowEnd} cannot be read: ${String(error)}`;
      batch.take({ place: { file, offset: rowStart, isRow: true }, code: 'parquet-damaged', reason });
    }
    yield batch;
  }
}

async function directoryOf(bytes: AsyncBuffer, file: number): Promise<FileMetaData | Extract<Taken, { code: string }>> {
  try {
    return await parquetMetadataAsync(bytes);
  } catch (error) {
    const reason = `the directory at the end of the file cannot be read: ${String(error)}`;
    return { place: { file, offset: 0 }, code: 'parquet-damaged', reason };
  }
}

function alone(taken: Taken): Batch {
  const batch = new ListedBatch();
  batch.take(taken);
  return batch;
}

function activityOfRow(row: Readonly<Record<string, unknown>>, isFlow: boolean, place: Place): Taken {
  const plain = plainOf(row);
  if (!isObject(plain)) return undefined;
  if (isFlow) return flowOf(plain, place);
  const record = named(plain);
  if ('eventSource' in record) return callActivity(record, place);
  const other = otherActivity(record, place);
  if (other !== undefined) return other;
  const names = Object.keys(plain).slice(0, 6).join(', ');
  return { place, code: unknownColumns, reason: `columns ${names}; expected those of CloudTrail or of another log` };
}

const unknownColumns = 'parquet-unknown';

function isUnknown(taken: Taken): boolean {
  return taken !== undefined && 'code' in taken && taken.code === unknownColumns;
}

/** Any subset of the fields will do that tells when. */
function isFlowRow(row: Readonly<Record<string, unknown>> | undefined): boolean {
  const header = headerOf(Object.keys(row ?? {}).join(' '));
  return header?.fields.some((field) => field === 'start' || field === 'end') === true;
}

function flowOf(row: JsonObject, place: Place): Taken {
  const record = Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replaceAll('_', '-'), value]));
  const status = record['log-status'];
  return status === 'NODATA' || status === 'SKIPDATA' ? { passed: status } : flowActivity(record, place);
}

/** Athena and Glue write names in small letters, and what nests freely as JSON in a string. */
function named(row: JsonObject): JsonObject {
  const record: Record<string, Json> = {};
  for (const [column, value] of Object.entries(row)) {
    const name = recordName(column);
    if (value === null) continue;
    record[name] = structuralNames.has(name) ? renamed(nested(value)) : nested(value);
  }
  return record;
}

function renamed(value: Json): Json {
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([name, inner]) => [recordName(name), renamed(inner)]));
}

function nested(value: Json): Json {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** Times without a zone are UTC; whole numbers of 64 bits are numbers where they fit. */
function plainOf(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainOf(inner)]));
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
