import type { JsonObject } from '../../../model/json.ts';
import type { Call, Consumer, ReadScope, Scope, TrailEntry } from '../../operation.ts';
import { rulesMatching } from './rules-of-bus.ts';
import { defaultBus, type Rule, rules } from './tables.ts';

/** An event as it reached a bus. */
export interface Received {
  readonly bus: string;
  readonly event: JsonObject;
}

/** What one target is owed: the event, and how often it was tried. */
export interface Delivery extends Received {
  readonly rule: string;
  readonly target: string;
  readonly attempts: number;
  /** When the event reached the bus, virtual epoch milliseconds. */
  readonly since: number;
}

export const received: Consumer<Received> = {
  topic: 'events.received',
  async handle({ bus, event }, work) {
    await work.commit((scope) => {
      for (const rule of matching(scope, bus, event)) {
        for (const { Id } of rule.targets) {
          const delivery: Delivery = { bus, event, rule: rule.name, target: Id, attempts: 0, since: work.now() };
          scope.later('events.delivery', delivery);
        }
      }
    });
  },
};

function matching(scope: ReadScope, bus: string, event: JsonObject): readonly Rule[] {
  const matched = rulesMatching(scope, bus, event);
  if (!isReadOnlyCall(event)) return matched;
  // Calls that only read reach the rules that ask for all management events.
  return matched.filter(({ state }) => state === 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS');
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html */
function isReadOnlyCall(event: JsonObject): boolean {
  if (event['detail-type'] !== viaTrail) return false;
  const detail = event['detail'] as JsonObject;
  return detail['readOnly'] === true;
}

const viaTrail = 'AWS API Call via CloudTrail';

/** Puts an event of AWS itself on the account's default bus, in the commit that caused it. */
export function receive(scope: Scope & Pick<Call, 'later'>, event: JsonObject, at?: number): void {
  scope.later('events.received', { bus: defaultBus, event } satisfies Received, at);
}

/** Whether some rule could match a call's record: a record that nobody waits for costs no event. */
export function wantsRecord({ category }: TrailEntry, scope: ReadScope): boolean {
  if (category !== 'Management') return false;
  for (const [, rule] of rules.list(scope, { prefix: `${defaultBus}/` })) {
    if (rule.state !== 'DISABLED' && rule.pattern?.includes(viaTrail) === true) return true;
    if (rule.state !== 'DISABLED' && rule.pattern !== undefined && !rule.pattern.includes('"detail-type"')) return true;
  }
  return false;
}

export const trailRecords: Consumer<JsonObject> = {
  topic: 'events.trail',
  async handle(record, work) {
    const event: JsonObject = {
      version: '0',
      id: String(record['eventID']),
      'detail-type': viaTrail,
      source: `aws.${String(record['eventSource']).split('.')[0]}`,
      account: work.account,
      time: String(record['eventTime']),
      region: work.region,
      resources: [],
      detail: record,
    };
    await work.commit((scope) => receive(scope, event));
  },
};
