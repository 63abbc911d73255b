import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
import type { JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { JsonActivity } from './json-activity.ts';
import type { Taken } from './listed-batch.ts';
import { namedFields, spacedFields, type TextSource } from './text-source.ts';
import { timeOf as tableTime } from './time.ts';

/**
 * S3 server access logs. They name no account and no region.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 */
export const s3Access: TextSource = {
  tells: (line) =>
    /^\S+ \S+ \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}\] \S+ \S+ \S+ [A-Z\d]+\.[\w.]+ /.test(line),
  open: () => activityOf,
};

function activityOf(line: string, place: Place): Taken {
  const values = spacedFields(line);
  if (values.length < fewest) return noLine(line, place);
  return fieldsActivity(namedFields(names, values), line, place);
}

/**
 * A row of a table over these logs, named as Athena's example names its columns or as the fields are.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-s3-access-logs-to-identify-requests.html
 */
export function s3AccessRow(record: JsonObject, place: Place): Taken {
  const fields: Record<string, string> = {};
  for (const [column, value] of Object.entries(record)) {
    const plain = column.toLowerCase().replaceAll('_', '');
    const name = byPlainName.get(otherNames[plain] ?? plain);
    if (name !== undefined && (typeof value === 'string' || typeof value === 'number') && value !== '-') {
      fields[name] = String(value);
    }
  }
  return fieldsActivity(fields, JSON.stringify(fields), place);
}

export function isS3AccessRow(record: JsonObject): boolean {
  return ('bucketowner' in record || 'bucket_owner' in record) && 'operation' in record;
}

function fieldsActivity(fields: Readonly<Record<string, string>>, told: string, place: Place): Taken {
  const time = timeOf(fields['time'] ?? '');
  const { operation, requester = '', remote_ip: remote = '', error_code: error = '' } = fields;
  if (operation === undefined || Number.isNaN(time)) return noLine(told, place);
  const id = derivedId(['s3-access', told]);
  const head = { kind: 'http-request', id, time, account: '', region: '', source: 's3-access', place } as const;
  const said = { name: operation, principal: requester, address: addressOf(remote), error };
  return new JsonActivity({ ...head, ...said }, fields);
}

const names = [
  ...['bucket_owner', 'bucket', 'time', 'remote_ip', 'requester', 'request_id', 'operation', 'key', 'request_uri'],
  ...['http_status', 'error_code', 'bytes_sent', 'object_size', 'total_time', 'turn_around_time', 'referrer'],
  ...['user_agent', 'version_id', 'host_id', 'signature_version', 'cipher_suite', 'authentication_type'],
  ...['host_header', 'tls_version', 'access_point_arn', 'acl_required'],
];

/** Later versions added some at the end; these are in all of them. */
const fewest = names.indexOf('version_id');

function noLine(told: string, place: Place): Taken {
  const shown = JSON.stringify(told.slice(0, 80));
  const expected = `${fewest} fields or more, with a time and an operation`;
  return {
    place,
    code: 's3-access-line',
    reason: `${shown} is no whole line of a server access log: expected ${expected}`,
  };
}

const byPlainName = new Map(names.map((name) => [name.replaceAll('_', ''), name]));

/** What Athena's example calls otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  bucketname: 'bucket',
  requestdatetime: 'time',
  sigv: 'signatureversion',
  authtype: 'authenticationtype',
  endpoint: 'hostheader',
};

/** `06/Feb/2019:00:00:38 +0000`, in brackets where a table left them, or a time as tables have it. */
function timeOf(text: string): number {
  const told = tableTime(text);
  return Number.isNaN(told) ? logTime(text.replace(/^\[|\]$/g, '')) : told;
}

function logTime(text: string): number {
  const [, day, month = '', year, clock, zone] =
    /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{4})$/.exec(text) ?? [];
  return Date.parse(`${day} ${month} ${year} ${clock} GMT${zone}`);
}
