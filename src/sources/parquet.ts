import {
  type AsyncBuffer,
  type FileMetaData,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetScan,
  parquetSchema,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Json } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import type { Batch } from './batch.ts';
import { isObject } from './json-activity.ts';
import { limits } from './limits.ts';
import { ListedBatch, type Taken } from './listed-batch.ts';
import { rowActivity } from './table-row.ts';
import type { FlowTools } from './vpc-flow/flow-batch.ts';
import { areFlowColumns, FlowTable } from './vpc-flow/flow-table.ts';

/** Rows of a Parquet file, some thousand at a time; only its directory is held whole. A row's offset is its number. */
export async function* parquetBatches(bytes: AsyncBuffer, file: number, flows: FlowTools): AsyncGenerator<Batch> {
  const directory = await directoryOf(bytes, file);
  if ('code' in directory) {
    yield alone(directory);
    return;
  }
  const { metadata, names } = directory;
  const source = { file: bytes, metadata, compressors };
  const read = areFlowColumns(names) ? flowsOf(source, names, new FlowTable(flows, file, names)) : rowsOf(source, file);
  for (const group of groupsOf(metadata)) {
    for await (const batch of groupRead(group, read, file)) {
      yield batch;
      // All rows have the same columns: who is told once that they say nothing knows it of all of them.
      if (batch.problems.some(isUnknown)) return;
    }
  }
}

/** A group says how many rows it has; where two windows in turn cannot be read, nobody tries the others. */
async function* groupRead({ rowStart, rowEnd, size }: Group, read: Read, file: number): AsyncGenerator<Batch> {
  let isDamaged = false;
  for (let at = rowStart; at < rowEnd; at += size) {
    const rows = { rowStart: at, rowEnd: Math.min(rowEnd, at + size) };
    try {
      const batch = await read(rows);
      if (isEmpty(batch)) throw new Error('no rows are there');
      isDamaged = false;
      yield batch;
    } catch (error) {
      const last = isDamaged ? rowEnd : rows.rowEnd;
      const place = { file, offset: at, isRow: true } as const;
      const reason = `rows ${at} to ${last} cannot be read: ${String(error)}`;
      yield alone({ place, code: 'parquet-damaged', reason });
      if (isDamaged) return;
      isDamaged = true;
    }
  }
}

function isEmpty({ size, problems, passed }: Batch): boolean {
  return size === 0 && problems.length === 0 && Object.keys(passed).length === 0;
}

interface Source {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly compressors: typeof compressors;
}

interface Window {
  readonly rowStart: number;
  readonly rowEnd: number;
}

type Read = (rows: Window) => Promise<Batch>;

interface Group extends Window {
  /** Rows of a window: a group is read again for each of its windows, so as many as a piece of a text may have bytes. */
  readonly size: number;
}

function* groupsOf({ row_groups: groups }: FileMetaData): Generator<Group> {
  let first = 0;
  for (const { num_rows, total_byte_size } of groups) {
    const count = Math.max(Number(num_rows), 0);
    const bytesOfRow = Number(total_byte_size) / Math.max(count, 1);
    const fitting = Math.floor(limits.parquetBytes / Math.max(bytesOfRow, 1));
    const size = Math.min(Math.max(fitting, limits.parquetRowsLeast), limits.parquetRowsMost);
    yield { rowStart: first, rowEnd: first + count, size };
    first += count;
  }
}

function flowsOf(source: Source, names: readonly string[], table: FlowTable): Read {
  const scan = parquetScan(source);
  return async (rows) => {
    const { readColumn } = await scan;
    return table.read(await Promise.all(names.map((column) => readColumn({ column, ...rows }))), rows.rowStart);
  };
}

function rowsOf(source: Source, file: number): Read {
  return async ({ rowStart, rowEnd }) => {
    const rows = await parquetReadObjects({ ...source, rowStart, rowEnd, useOffsetIndex: true });
    const batch = new ListedBatch();
    for (const [index, row] of rows.entries()) {
      const taken = activityOfRow(row, { file, offset: rowStart + index, isRow: true });
      batch.take(taken);
      if (isUnknown(taken)) break;
    }
    return batch;
  };
}

interface Directory {
  readonly metadata: FileMetaData;
  readonly names: readonly string[];
}

async function directoryOf(bytes: AsyncBuffer, file: number): Promise<Directory | Extract<Taken, { code: string }>> {
  try {
    // Nobody asks for places on a map, and who looks for their columns never ends where a damaged file counts backwards.
    const metadata = await parquetMetadataAsync(bytes, { geoparquet: false });
    return { metadata, names: parquetSchema(metadata).children.map(({ element }) => element.name) };
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

function activityOfRow(row: Readonly<Record<string, unknown>>, place: Place): Taken {
  const plain = plainOf(row);
  if (!isObject(plain)) return undefined;
  const taken = rowActivity(plain, place);
  if (taken !== undefined) return taken;
  const names = Object.keys(plain).slice(0, 6).join(', ');
  return { place, code: unknownColumns, reason: `columns ${names}; expected those of CloudTrail or of another log` };
}

const unknownColumns = 'parquet-unknown';
/** What holds for all rows of a file when it holds for one. */
const unknown: ReadonlySet<string> = new Set([unknownColumns, 'ocsf-unknown']);

function isUnknown(taken: Taken): boolean {
  return taken !== undefined && 'code' in taken && unknown.has(taken.code);
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
