import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
import type { JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { JsonActivity } from './json-activity.ts';
import type { Taken } from './listed-batch.ts';
import { namedFields, spacedFields, type TextSource } from './text-source.ts';
import { timeOf } from './time.ts';

/**
 * Access logs of Application Load Balancers.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
 */
export const alb: TextSource = {
  tells: (line) => /^(?:https?|h2|grpcs|wss?) \d{4}-\d{2}-\d{2}T\S+ app\//.test(line),
  open: () => activityOf,
};

/**
 * Access logs of Classic Load Balancers: the same fields, fewer of them and no type first.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/access-log-collection.html
 */
export const classicBalancer: TextSource = {
  tells: (line) => /^\d{4}-\d{2}-\d{2}T\S+Z \S+ \S+:\d+ (?:\S+:\d+|-) (?:-?[\d.]+ ){3}/.test(line),
  open: () => (line, place) => {
    const values = spacedFields(line);
    return values.length < fewestClassic
      ? noLine(line, place, fewestClassic)
      : fieldsActivity(namedFields(classicNames, values), line, place);
  },
};

function activityOf(line: string, place: Place): Taken {
  const values = spacedFields(line);
  return values.length < fewest ? noLine(line, place) : fieldsActivity(namedFields(names, values), line, place);
}

/**
 * A row of a table over these logs, named as Athena's example names its columns: what is one field of a line may be two
 * or three there.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-alb-access-logs-table.html
 */
export function albRow(record: JsonObject, place: Place): Taken {
  const fields: Record<string, string> = {};
  for (const [column, value] of Object.entries(record)) {
    const isTold = typeof value === 'string' || typeof value === 'number';
    if (isTold && value !== '-' && value !== '') fields[column] = String(value);
  }
  const { client_ip: client, client_port: port, request_verb: verb, request_url: url, request_proto: proto } = fields;
  if (client !== undefined) fields['client_port'] = `${client}:${port ?? '0'}`;
  if (url !== undefined) fields['request'] = `${verb ?? ''} ${url} ${proto ?? ''}`.trim();
  return fieldsActivity(fields, JSON.stringify(fields), place);
}

export function isAlbRow(record: JsonObject): boolean {
  return 'elb' in record && 'elb_status_code' in record;
}

function fieldsActivity(fields: Readonly<Record<string, string>>, told: string, place: Place): Taken {
  const time = timeOf(fields['time'] ?? '');
  const [method = ''] = (fields['request'] ?? '').split(' ');
  if (Number.isNaN(time) || fields['elb'] === undefined) return noLine(told, place);
  const [, region = '', account = ''] =
    /^arn:[^:]*:elasticloadbalancing:([^:]*):(\d*):/.exec(fields['target_group_arn'] ?? '') ?? [];
  const client = (fields['client_port'] ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const status = fields['elb_status_code'] ?? '';
  const id = derivedId(['alb', told]);
  const head = { kind: 'http-request', id, time, account, region, source: 'alb', place } as const;
  // What only passes bytes on writes `- - - `.
  const said = {
    name: method === '-' ? '' : method,
    principal: '',
    address: addressOf(client),
    error: status >= '400' ? status : '',
  };
  return new JsonActivity({ ...head, ...said }, fields);
}

const names = [
  ...['type', 'time', 'elb', 'client_port', 'target_port', 'request_processing_time', 'target_processing_time'],
  ...['response_processing_time', 'elb_status_code', 'target_status_code', 'received_bytes', 'sent_bytes', 'request'],
  ...['user_agent', 'ssl_cipher', 'ssl_protocol', 'target_group_arn', 'trace_id', 'domain_name', 'chosen_cert_arn'],
  ...['matched_rule_priority', 'request_creation_time', 'actions_executed', 'redirect_url', 'error_reason'],
];

/** Each version added some at the end; these are in all of them. */
const fewest = names.indexOf('trace_id');

const classicNames = names.slice(1, names.indexOf('target_group_arn'));
const fewestClassic = classicNames.indexOf('user_agent');

function noLine(told: string, place: Place, least = fewest): Taken {
  const shown = JSON.stringify(told.slice(0, 80));
  const expected = `${least} fields or more, with its time and name`;
  return {
    place,
    code: 'alb-line',
    reason: `${shown} is no whole line of a load balancer's log: expected ${expected}`,
  };
}
