import type { Service } from '../../operation.ts';
import * as busOperations from './buses.ts';
import { received, trailRecords, wantsRecord } from './match.ts';
import { PutEvents } from './put-events.ts';
import * as ruleOperations from './rules.ts';
import { scheduled } from './scheduled.ts';
import { deliver } from './send.ts';
import { buses, rules } from './tables.ts';
import * as targetOperations from './targets.ts';

export const events: Service = {
  name: 'events',
  operations: { ...busOperations, ...ruleOperations, ...targetOperations, PutEvents },
  policies(arn, scope) {
    const name = /:event-bus\/(.+)$/.exec(arn)?.[1];
    const policy = name === undefined ? undefined : buses.get(scope, name)?.policy;
    return policy === undefined ? [] : [{ kind: 'event bus policy', document: policy }];
  },
  tags(arn, scope) {
    const path = /:rule\/(.+)$/.exec(arn)?.[1];
    if (path === undefined) return undefined;
    return rules.get(scope, path.includes('/') ? path : `default/${path}`)?.tags;
  },
  /** A rule belongs to the account that made it: rules on another account's bus are not built. */
  keys: (arn, scope) => (arn.includes(':rule/') ? { 'events:creatorAccount': scope.account } : {}),
  consumers: [received, deliver, scheduled, trailRecords],
  observes: { topic: 'events.trail', wants: wantsRecord },
};
