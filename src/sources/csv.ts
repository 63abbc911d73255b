import type { Json, JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { LogEvents } from './cloudwatch/events.ts';
import { type CsvRows, csvValues, rowEnd } from './csv-reader.ts';
import { isObject, parsed } from './json-activity.ts';
import { isOther, recordsOf, takenOf } from './json-records.ts';
import type { Taken } from './listed-batch.ts';
import { recordName } from './parquet-names.ts';
import { structOf } from './struct-text.ts';
import { rowActivity } from './table-row.ts';
import { timeOf } from './time.ts';
import { areFlowColumns } from './vpc-flow/flow-table.ts';
import { flowActivity } from './vpc-flow/record.ts';

// Tables as CSV: results of Athena, of CloudTrail Lake and of Logs Insights, and what the console of CloudTrail saves.

type Take = (values: readonly string[], place: Place) => Iterable<Taken>;

/** Whether a file that begins so is a table with columns of something known, or with whole records of CloudTrail in one. */
export function isCsv(head: string): boolean {
  const bytes = Buffer.from(head);
  const end = rowEnd(bytes, 0);
  const first = bytes.toString('utf8', 0, end < 0 ? undefined : end).trim();
  if (!header.test(first)) return false;
  if (kindOf(csvValues(first)) !== undefined) return true;
  return end > 0 && wholeInQuotes.test(bytes.toString('utf8', end + 1));
}

const header = /^\ufeff?(?:"[^"]*"|[^",]*)(?:,(?:"[^"]*"|[^",]*))*$/;
/** A first row that has a record in one of its columns. */
const wholeInQuotes = /^[^\n{]*"\s*\{\s*""(?:eventVersion|userIdentity|eventTime)""/;

export function csvRows(names: readonly string[], place: Place): CsvRows {
  const kind = kindOf(names) ?? 'records';
  if (kind === 'history') return nothing({ place, code: 'csv-history', reason: history });
  if (kind === 'log-events') return logEvents(names, place.file);
  if (kind === 'flows') return rows([], (values, at) => [flowOf(names, values, at)]);
  if (kind === 'records') return rows([], (values, at) => wholeOf(values, at));
  const columns = names.map(recordName);
  const lacking = kind === 'calls' ? needed.filter((name) => !columns.includes(name)) : [];
  if (lacking.length > 0) return nothing({ place, code: 'csv-columns', reason: lacks(lacking, whole) });
  const missing = kind === 'calls' ? asked.filter((name) => !columns.includes(name)) : [];
  const said = missing.length === 0 ? [] : [{ place, code: 'csv-columns', reason: `${lacks(missing, all)}; ${quiet}` }];
  return rows(said, (values, at) => [rowOf(names, values, at)]);
}

type Kind = 'history' | 'log-events' | 'flows' | 'records' | 'calls' | 'others';

function kindOf(names: readonly string[]): Kind | undefined {
  const columns = names.map(recordName);
  if (names.includes('Event name') && names.includes('Event time')) return 'history';
  if (names.includes('@message')) return 'log-events';
  if (columns.some((name) => recordColumns.has(name.toLowerCase()))) return 'records';
  if (columns.includes('eventName') && columns.includes('eventTime')) return 'calls';
  if (names.length > 1 && names.every((name) => /^[\w.-]+$/.test(name)) && areFlowColumns(names)) return 'flows';
  return names.length > 1 && isOther(Object.fromEntries(columns.map((name) => [name, '']))) ? 'others' : undefined;
}

/** Columns that hold a whole record. */
const recordColumns: ReadonlySet<string> = new Set(['eventjson', 'cloudtrailevent']);
const wholeRecord = /^\s*\{\s*"(?:eventVersion|userIdentity|eventTime)"/;

/** Without these nothing is a record. */
const needed = ['eventTime', 'eventSource', 'eventName', 'userIdentity'];
/** What most detectors ask for. */
const asked = [
  ...['awsRegion', 'sourceIPAddress', 'userAgent', 'errorCode', 'requestParameters', 'responseElements'],
  ...['eventID', 'recipientAccountId'],
];

const whole = 'SELECT * over the table, or the files that CloudTrail delivers';
const all = 'SELECT *';
const quiet = 'the rest is read, and detectors that ask for these stay quiet';
const history =
  "this is CloudTrail's event history saved as CSV, which leaves out who called in which session and with which parameters; expected the same saved as JSON, answers of lookup-events, or the files that CloudTrail delivers";

function lacks(names: readonly string[], expected: string): string {
  return `a table of CloudTrail without the columns ${names.join(', ')}; expected ${expected}`;
}

function rows(problems: readonly Taken[], take: Take): CsvRows {
  return { problems, take };
}

function nothing(problem: Taken): CsvRows {
  return { problems: [problem], isNothing: true, take: () => [] };
}

function logEvents(names: readonly string[], file: number): CsvRows {
  const events = new LogEvents(file);
  const [message, time] = [names.indexOf('@message'), names.indexOf('@timestamp')];
  return {
    problems: [],
    take: (values, place) => events.take(values[message] ?? '', timeOf(values[time] ?? ''), place),
    end: () => events.end(),
  };
}

function rowOf(names: readonly string[], values: readonly string[], place: Place): Taken {
  const row: Record<string, Json> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? '';
    if (value !== '' && value !== 'null') row[name] = structOf(value) ?? value;
  }
  if (values.length !== names.length) return odd(values, `the ${names.length} values of the header`, place);
  const identity = Object.entries(row).find(([name]) => recordName(name) === 'userIdentity')?.[1];
  if (typeof identity === 'string' && !isObject(parsed(identity))) {
    return odd([identity], 'userIdentity as JSON or as Athena prints a row', place);
  }
  return rowActivity(row, place) ?? odd(values, 'a record of a known log', place);
}

function flowOf(names: readonly string[], values: readonly string[], place: Place): Taken {
  const fields: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? '';
    if (value !== '') fields[name.replaceAll('_', '-')] = value;
  }
  const status = fields['log-status'];
  return status === 'NODATA' || status === 'SKIPDATA' ? { passed: status } : flowActivity(fields, place);
}

function* wholeOf(values: readonly string[], place: Place): Iterable<Taken> {
  const text = values.find((value) => wholeRecord.test(value)) ?? values.find((value) => /^\s*\{/.test(value));
  const json = text === undefined ? undefined : parsed(text);
  if (json === undefined) yield odd(values, 'a whole record as JSON in one of the columns', place);
  else for (const record of recordsOf(json)) yield takenOf(record as JsonObject, place);
}

function odd(values: readonly string[], expected: string, place: Place): Taken {
  const shown = JSON.stringify(values.join(',').slice(0, 60));
  return { place, code: 'csv-row', reason: `${shown} is no whole row; expected ${expected}` };
}
