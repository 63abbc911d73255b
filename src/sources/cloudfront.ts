import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
import type { JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { JsonActivity, numberOf } from './json-activity.ts';
import type { Taken } from './listed-batch.ts';
import { namedFields, type TextSource } from './text-source.ts';
import { timeOf } from './time.ts';

/**
 * Standard logs of CloudFront: tabs, with a header that names the fields.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export const cloudfront: TextSource = {
  tells: (line) => /^#Version: ?1\.0|^#Fields: ?(?:\S+ )*(?:c-ip|x-edge-\S+)(?: |$)/.test(line),
  open() {
    let names: readonly string[] | undefined;
    return (line, place) => {
      const [, header] = /^#Fields: ?(.*)$/.exec(line) ?? [];
      if (header !== undefined) names = header.trim().split(/\s+/);
      if (line.startsWith('#')) return undefined;
      return names === undefined ? headless(place) : activityOf(line, names, place);
    };
  },
};

function activityOf(line: string, names: readonly string[], place: Place): Taken {
  const values = line.split('\t');
  if (values.length !== names.length) {
    const reason = `${values.length} fields; expected the ${names.length} of the header`;
    return { place, code: 'cloudfront-line', reason };
  }
  return fieldsActivity(namedFields(names, values), line, place);
}

/** A record as version 2 delivers it in JSON and Parquet: the header's names, with underscores where names allow no more. */
export function cloudfrontRow(record: JsonObject, place: Place): Taken {
  const fields: Record<string, string> = {};
  for (const [column, value] of Object.entries(record)) {
    const isTold = typeof value === 'string' || typeof value === 'number';
    if (isTold && value !== '-' && value !== '') fields[headerName(column)] = String(value);
  }
  return fieldsActivity(fields, JSON.stringify(fields), place);
}

export function isCloudfrontRow(record: JsonObject): boolean {
  return ['x-edge-location', 'x_edge_location', 'x-edge-request-id', 'x_edge_request_id'].some(
    (name) => name in record,
  );
}

/** `cs(User-Agent)` of `cs_user_agent` and its like. */
function headerName(column: string): string {
  const letters = lettersOf(column);
  return inBrackets.find((name) => lettersOf(name) === letters) ?? column.replaceAll('_', '-');
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

const inBrackets = ['cs(Host)', 'cs(Referer)', 'cs(User-Agent)', 'cs(Cookie)', 'timestamp(ms)'];

function fieldsActivity(fields: Readonly<Record<string, string>>, told: string, place: Place): Taken {
  const time = timeIn(fields);
  if (Number.isNaN(time)) {
    const reason = `${JSON.stringify(told.slice(0, 80))} tells no time; expected date and time, or timestamp(ms)`;
    return { place, code: 'cloudfront-line', reason };
  }
  const status = fields['sc-status'] ?? '';
  const id = derivedId(['cloudfront', fields['x-edge-request-id'] ?? told]);
  const head = { kind: 'http-request', id, time, account: '', region: '', source: 'cloudfront', place } as const;
  const said = { name: fields['cs-method'] ?? '', principal: '', address: addressOf(fields['c-ip'] ?? '') };
  return new JsonActivity({ ...head, ...said, error: status >= '400' ? status : '' }, fields);
}

/** Who chooses the fields may have one of the other times alone. */
function timeIn(fields: Readonly<Record<string, string>>): number {
  const { date, time } = fields;
  if (date !== undefined && time !== undefined) return timeOf(`${date.slice(0, 10)}T${time}Z`);
  return numberOf(fields['timestamp(ms)']) ?? Number.NaN;
}

function headless(place: Place): Taken {
  return { place, code: 'cloudfront-header', reason: 'a line before the header; expected #Fields: first' };
}
