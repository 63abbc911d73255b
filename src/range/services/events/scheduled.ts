import { parseSchedule } from '../../../aws/events/schedule.ts';
import { instant } from '../../../aws/instant.ts';
import type { Call, Consumer, Scope } from '../../operation.ts';
import type { Delivery } from './match.ts';
import { defaultBus, type Rule, rules } from './tables.ts';

interface Due {
  readonly rule: string;
  readonly armed: number;
}

/** Sets the rule's next timer. A later change of the rule arms it anew, and this timer then does nothing. */
export function arm(rule: Rule, scope: Scope & Pick<Call, 'later'>, now: number): void {
  if (rule.schedule === undefined || rule.state === 'DISABLED') return;
  const at = parseSchedule(rule.schedule).next(now, rule.createdAt);
  if (at !== undefined) scope.later('events.scheduled', { rule: rule.name, armed: rule.armed } satisfies Due, at);
}

export const scheduled: Consumer<Due> = {
  topic: 'events.scheduled',
  async handle(due, work) {
    await work.commit((scope) => {
      const rule = rules.get(scope, `${defaultBus}/${due.rule}`);
      if (rule === undefined || rule.armed !== due.armed || rule.state === 'DISABLED') return;
      const now = work.now();
      const event = {
        version: '0',
        id: scope.ids.uuid(),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: work.account,
        time: instant(now),
        region: work.region,
        resources: [rule.arn],
        detail: {},
      };
      for (const { Id } of rule.targets) {
        const delivery: Delivery = { bus: defaultBus, event, rule: rule.name, target: Id, attempts: 0, since: now };
        scope.later('events.delivery', delivery);
      }
      arm(rule, scope, now);
    });
  },
};
