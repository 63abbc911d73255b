import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
import type { Place } from '../model/problem.ts';
import { JsonActivity } from './json-activity.ts';
import type { Taken } from './listed-batch.ts';
import { namedFields, spacedFields, type TextSource } from './text-source.ts';

/**
 * S3 server access logs. They name no account and no region.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 */
export const s3Access: TextSource = {
  tells: (line) =>
    /^\S+ \S+ \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:\d{2}:\d{2}:\d{2} [+-]\d{4}\] \S+ \S+ \S+ [A-Z]+\.[\w.]+ /.test(line),
  open: () => activityOf,
};

function activityOf(line: string, place: Place): Taken {
  const fields = namedFields(names, spacedFields(line));
  const time = timeOf(fields['time'] ?? '');
  const { operation, requester = '', remote_ip: remote = '', error_code: error = '' } = fields;
  if (operation === undefined || Number.isNaN(time)) {
    const reason = `${JSON.stringify(line.slice(0, 80))} is no line of a server access log: expected a time and an operation`;
    return { place, code: 's3-access-line', reason };
  }
  const id = derivedId(['s3-access', line]);
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

/** `06/Feb/2019:00:00:38 +0000` */
function timeOf(text: string): number {
  const [, day, month = '', year, clock, zone] =
    /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{4})$/.exec(text) ?? [];
  return Date.parse(`${day} ${month} ${year} ${clock} GMT${zone}`);
}
