import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
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

function activityOf(line: string, place: Place): Taken {
  const fields = namedFields(names, spacedFields(line));
  const time = timeOf(fields['time'] ?? '');
  const [method = ''] = (fields['request'] ?? '').split(' ');
  if (Number.isNaN(time) || fields['elb'] === undefined) {
    const reason = `${JSON.stringify(line.slice(0, 80))} is no line of a load balancer's log: expected its time and name`;
    return { place, code: 'alb-line', reason };
  }
  const [, region = '', account = ''] =
    /^arn:[^:]*:elasticloadbalancing:([^:]*):(\d*):/.exec(fields['target_group_arn'] ?? '') ?? [];
  const client = (fields['client_port'] ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const status = fields['elb_status_code'] ?? '';
  const id = derivedId(['alb', line]);
  const head = { kind: 'http-request', id, time, account, region, source: 'alb', place } as const;
  const said = { name: method, principal: '', address: addressOf(client), error: status >= '400' ? status : '' };
  return new JsonActivity({ ...head, ...said }, fields);
}

const names = [
  ...['type', 'time', 'elb', 'client_port', 'target_port', 'request_processing_time', 'target_processing_time'],
  ...['response_processing_time', 'elb_status_code', 'target_status_code', 'received_bytes', 'sent_bytes', 'request'],
  ...['user_agent', 'ssl_cipher', 'ssl_protocol', 'target_group_arn', 'trace_id', 'domain_name', 'chosen_cert_arn'],
  ...['matched_rule_priority', 'request_creation_time', 'actions_executed', 'redirect_url', 'error_reason'],
];
