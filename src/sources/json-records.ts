import type { Json, JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { albRow, isAlbRow } from './alb.ts';
import { isJournal, journalActivity } from './auth.ts';
import type { Reader } from './batch.ts';
import { cloudfrontRow, isCloudfrontRow } from './cloudfront.ts';
import { callActivity } from './cloudtrail/record.ts';
import { isLogEvents } from './cloudwatch/head.ts';
import { dnsActivity, isDns } from './dns.ts';
import { foreignFinding, isForeignFinding } from './foreign-finding.ts';
import { isObject, parsed } from './json-activity.ts';
import { LineReader } from './line-reader.ts';
import type { Taken } from './listed-batch.ts';
import { isOcsf, ocsfActivity } from './ocsf/record.ts';
import { isS3AccessRow, s3AccessRow } from './s3-access.ts';
import { isWaf, wafActivity } from './waf.ts';

/** Sources whose records are JSON and no API calls. */
const sources: readonly {
  readonly tells: (record: JsonObject) => boolean;
  readonly activity: (record: JsonObject, place: Place) => Taken;
}[] = [
  { tells: isDns, activity: dnsActivity },
  { tells: isWaf, activity: wafActivity },
  { tells: isJournal, activity: journalActivity },
  { tells: isForeignFinding, activity: foreignFinding },
  { tells: isS3AccessRow, activity: s3AccessRow },
  { tells: isCloudfrontRow, activity: cloudfrontRow },
  { tells: isAlbRow, activity: albRow },
  { tells: isOcsf, activity: ocsfActivity },
];

/** What one record of these sources says; undefined when it is of none of them. */
export function otherActivity(record: JsonObject, place: Place): Taken {
  return sources.find(({ tells }) => tells(record))?.activity(record, place);
}

export function isOther(record: JsonObject): boolean {
  return sources.some(({ tells }) => tells(record));
}

/** What one record says, of whatever kind it is: one file can hold several, as what a bus delivers does. */
export function takenOf(record: Json, place: Place): Taken {
  if (!isObject(record)) {
    const found = JSON.stringify(record).slice(0, 40);
    return {
      place,
      code: 'record-not-an-object',
      reason: `${found} is no object; expected a record, or a list of them`,
    };
  }
  return knownTaken(record, place) ?? unknown(record, place);
}

/** The same, and undefined for what is a record of nothing known. */
export function knownTaken(record: Json, place: Place): Taken {
  if (!isObject(record)) return undefined;
  if (record['digestStartTime'] !== undefined) return { passed: 'digest' };
  if (record['insightDetails'] !== undefined) return { passed: 'insight' };
  if (callNames.some((name) => name in record)) return callActivity(record, place);
  return otherActivity(record, place);
}

const callNames = ['eventSource', 'eventName', 'eventVersion', 'userIdentity'] as const;

function unknown(record: JsonObject, place: Place): Taken {
  const names = Object.keys(record).slice(0, 5).join(', ');
  const found = names === '' ? 'an empty object' : `a record with ${names}`;
  return { place, code: 'record-unknown', reason: `${found}; expected the names of CloudTrail or of another log` };
}

/** The records of a list, of an answer of an API, or of an envelope; any other value is one itself. */
export function* recordsOf(json: Json): Iterable<Json> {
  const inner = Array.isArray(json) ? (json as readonly Json[]) : isObject(json) ? innerOf(json) : undefined;
  if (inner === undefined) yield json;
  else for (const each of inner) yield* recordsOf(each);
}

/** What an object wraps, undefined when it is a record itself. */
function innerOf(record: JsonObject): readonly Json[] | undefined {
  const list = listNames.map((name) => record[name]).find(Array.isArray);
  if (list !== undefined) return list as readonly Json[];
  const rows = record['QueryResultRows'];
  if (Array.isArray(rows)) return rows.map(rowOf);
  if (record['eventName'] !== undefined) return undefined;
  const wrapped = record['detail'] ?? record['eventData'];
  if (isObject(wrapped)) return [wrapped];
  const text = record['CloudTrailEvent'] ?? record['eventJson'];
  return typeof text === 'string' ? [parsed(text) ?? null] : undefined;
}

/** GetQueryResults of Lake gives a row as a list of objects with one member each. */
function rowOf(row: Json): Json {
  return Array.isArray(row) ? Object.assign({}, ...row.filter(isObject)) : row;
}

/** Members under which AWS lists records. */
export const listNames = ['Records', 'Events', 'Findings', 'findings'] as const;

/** The reader of a file whose first line is a whole record of these; undefined: what scans CloudTrail reads it. */
export function jsonReader(head: string, file: number): Reader | undefined {
  if (isCloudTrail(head)) return undefined;
  const [first] = recordsOf(parsed(lineOf(head)) ?? null);
  if (!isObject(first) || !isOther(first)) return undefined;
  return new LineReader(file, takenOfLine);
}

/** False: more of the file may say another kind. */
export function isToldByFirstLine(head: string): boolean {
  return isCloudTrail(head) || (head.includes('\n') && isLogEvents(head) !== undefined);
}

/** CloudTrail's own files begin so: the rest of the look would be parsed for nothing. */
export function isCloudTrail(head: string): boolean {
  return /^[[{\s]*"(?:Records|eventVersion)"\s*:/.test(head);
}

function lineOf(head: string): string {
  return head.slice(0, head.indexOf('\n') < 0 ? undefined : head.indexOf('\n'));
}

function* takenOfLine(text: string, place: Place): Iterable<Taken> {
  const json = parsed(text);
  if (json === undefined) {
    const found = JSON.stringify(text.slice(0, 40));
    yield { place, code: 'record-malformed', reason: `${found} is no whole JSON; expected one record a line` };
    return;
  }
  for (const record of recordsOf(json)) yield takenOf(record, place);
}
