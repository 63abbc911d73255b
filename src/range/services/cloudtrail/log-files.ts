import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../model/json.ts';
import type { ReadScope, Scope } from '../../operation.ts';
import { table } from '../../table.ts';
import type { Trail } from './tables.ts';

/** What a digest says of a log file. */
export interface LogFile {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of the uncompressed file. */
  readonly hash: string;
  readonly newest: string;
  readonly oldest: string;
}

/** By `<trail>/<region>/<time>/<key>`. */
const logFiles = table<LogFile>('cloudtrail', 'log-file', 'global');

export function noteLogFile(
  scope: Scope,
  trail: Trail,
  region: string,
  file: { bucket: string; key: string; text: string; records: readonly JsonObject[]; time: number },
): void {
  const times = file.records.map((record) => String(record['eventTime'])).sort();
  logFiles.put(scope, `${trail.name}/${region}/${file.time}/${file.key}`, {
    bucket: file.bucket,
    key: file.key,
    hash: createHash('sha256').update(file.text).digest('hex'),
    newest: times.at(-1) ?? '',
    oldest: times[0] ?? '',
  });
}

/** Those that no digest has told of yet; `forget` them in the commit that follows. */
export function undigested(
  scope: ReadScope,
  trail: Trail,
  region: string,
): readonly (readonly [id: string, file: LogFile])[] {
  return [...logFiles.list(scope, { prefix: `${trail.name}/${region}/` })];
}

export function forget(scope: Scope, ids: readonly string[]): void {
  for (const id of ids) logFiles.remove(scope, id);
}
