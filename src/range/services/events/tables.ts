import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { ReadScope } from '../../operation.ts';
import { table } from '../../table.ts';

export interface Target {
  readonly Id: string;
  readonly Arn: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
  readonly DeadLetterConfig?: { readonly Arn?: string };
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly pattern?: string;
  readonly schedule?: string;
  readonly state: 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  readonly description?: string;
  readonly roleArn?: string;
  readonly createdAt: number;
  readonly targets: readonly Target[];
  readonly tags: Readonly<Record<string, string>>;
  /** Of a scheduled rule: which arming is the current one, so that older timers do nothing. */
  readonly armed: number;
}

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly policy?: JsonObject;
  readonly createdAt: number;
}

/** By `<bus>/<rule>`. */
export const rules = table<Rule>('events', 'rule');
/** The default bus is always there and has a row only for its policy. */
export const buses = table<Bus>('events', 'bus');

/** What no target got in the end: on AWS a metric, and a dead-letter queue where there is one. */
export const failedInvocations = table<{
  readonly rule: string;
  readonly target: string;
  readonly code: string;
  readonly message: string;
  readonly attempts: number;
  readonly event: JsonObject;
}>('events', 'failed-invocation');

export const defaultBus = 'default';

/** A bus is named by its name or its ARN. */
export function busName(text: string | undefined): string {
  if (text === undefined) return defaultBus;
  return text.startsWith('arn:') ? text.slice(text.indexOf('event-bus/') + 'event-bus/'.length) : text;
}

export function busOf(scope: ReadScope, text: string | undefined): Bus {
  const name = busName(text);
  const bus = buses.get(scope, name);
  if (bus !== undefined) return bus;
  if (name === defaultBus) return { name, arn: busArn(scope, name), createdAt: 0 };
  throw notFound(`Event bus ${name} does not exist.`);
}

export function busArn(scope: ReadScope, name: string): string {
  return `arn:aws:events:${scope.region}:${scope.account}:event-bus/${name}`;
}

export function ruleOf(scope: ReadScope, bus: string | undefined, name: string): Rule {
  const rule = rules.get(scope, `${busName(bus)}/${name}`);
  if (rule === undefined) throw notFound(`Rule ${name} does not exist on EventBus ${busName(bus)}.`);
  return rule;
}

export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 400 });
}

export function putRule(scope: Parameters<typeof rules.put>[0], rule: Rule): void {
  rules.put(scope, `${rule.bus}/${rule.name}`, rule);
}
