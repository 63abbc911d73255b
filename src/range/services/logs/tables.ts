import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { ReadScope } from '../../operation.ts';
import { table } from '../../table.ts';
import { dayMs } from './limits.ts';

export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly retentionInDays?: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  /** Twenty digits of its own in the ids of its events. */
  readonly number: string;
  /** Events ever put: the order among those of one timestamp. */
  readonly put: number;
  readonly bytes: number;
  readonly firstEventAt?: number;
  readonly lastEventAt?: number;
  readonly lastIngestedAt?: number;
}

export interface LogLine {
  readonly time: number;
  readonly ingestedAt: number;
  readonly seq: number;
  readonly message: string;
}

/** By name. */
export const logGroups = table<LogGroup>('logs', 'group');
/** By `<group>:<stream>`: neither name holds a colon. */
export const logStreams = table<LogStream>('logs', 'stream');
/** By `<group>:<stream>:<time>:<seq>`, so that a stream's range of time is a range of keys. */
export const logLines = table<LogLine>('logs', 'line');
/** By name. */
export const resourcePolicies = table<{ readonly document: JsonObject; readonly text: string; readonly at: number }>(
  'logs',
  'resource-policy',
);

export function groupOf(scope: ReadScope, name: string): LogGroup {
  const group = logGroups.get(scope, name);
  if (group === undefined) throw notFound('The specified log group does not exist.');
  return group;
}

export function streamOf(scope: ReadScope, group: string, name: string): LogStream {
  const stream = logStreams.get(scope, `${group}:${name}`);
  if (stream === undefined) throw notFound('The specified log stream does not exist.');
  return stream;
}

/** A group is named by its name or, where the operation takes an identifier, by its ARN. */
export function groupNamed(
  scope: ReadScope,
  input: { readonly logGroupName?: string; readonly logGroupIdentifier?: string },
): LogGroup {
  const { logGroupName: name, logGroupIdentifier: identifier } = input;
  if ((name === undefined) === (identifier === undefined)) {
    throw invalid('Exactly one of logGroupName and logGroupIdentifier must be specified.');
  }
  return groupOf(scope, name ?? nameIn(identifier ?? ''));
}

/** `arn:aws:logs:<region>:<account>:log-group:<name>[:log-stream:<stream>|:*]`, or a name as it is. */
export function nameIn(identifier: string): string {
  return identifier.startsWith('arn:') ? (identifier.split(':')[6] ?? '') : identifier;
}

export function groupArn(scope: ReadScope, name: string): string {
  return `arn:aws:logs:${scope.region}:${scope.account}:log-group:${name}`;
}

/** Lines before this time are gone: the group's retention is over for them. */
export function keptSince(group: LogGroup, now: number): number {
  return group.retentionInDays === undefined ? 0 : now - group.retentionInDays * dayMs;
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message, { status: 400 });
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 400 });
}

export function notBuilt(what: string): AwsError {
  return new AwsError('NotImplemented', `logs: ${what} is not built in this range yet.`, { status: 501 });
}
