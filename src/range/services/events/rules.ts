import { AwsError } from '../../../aws/error.ts';
import { compilePattern, matchesPattern } from '../../../aws/events/pattern.ts';
import { parseSchedule } from '../../../aws/events/schedule.ts';
import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { pageSize } from './limits.ts';
import { arm } from './scheduled.ts';
import { busName, busOf, defaultBus, putRule, type Rule, ruleOf, rules } from './tables.ts';

interface Named {
  readonly Name: string;
  readonly EventBusName?: string;
}

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export const PutRule = operation<
  Named & {
    EventPattern?: string;
    ScheduleExpression?: string;
    State?: Rule['state'];
    Description?: string;
    RoleArn?: string;
    Tags?: readonly Tag[];
  }
>({
  trail: {
    seen: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-using-cloudtrail.html',
    apiVersion: '2015-10-07',
  },
  handle(input, call) {
    const bus = busOf(call, input.EventBusName).name;
    checkWhen(input, bus);
    const before = rules.get(call, `${bus}/${input.Name}`);
    const rule: Rule = {
      name: input.Name,
      arn: `arn:aws:events:${call.region}:${call.account}:rule/${bus === defaultBus ? '' : `${bus}/`}${input.Name}`,
      bus,
      state: input.State ?? 'ENABLED',
      createdAt: before?.createdAt ?? call.time,
      targets: before?.targets ?? [],
      tags: before?.tags ?? Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
      armed: (before?.armed ?? 0) + 1,
      ...(input.EventPattern === undefined ? {} : { pattern: input.EventPattern }),
      ...(input.ScheduleExpression === undefined ? {} : { schedule: input.ScheduleExpression }),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.RoleArn === undefined ? {} : { roleArn: input.RoleArn }),
    };
    putRule(call, rule);
    arm(rule, call, call.time);
    return { RuleArn: rule.arn };
  },
});

export const DescribeRule = operation<Named>({
  handle: (input, call) => render(ruleOf(call, input.EventBusName, input.Name), call),
});

export const ListRules = operation<{ NamePrefix?: string; EventBusName?: string; NextToken?: string; Limit?: number }>({
  handle(input, call) {
    const bus = busOf(call, input.EventBusName).name;
    const size = input.Limit ?? pageSize;
    const after = input.NextToken === undefined ? {} : { after: input.NextToken };
    const rows = [...rules.list(call, { prefix: `${bus}/${input.NamePrefix ?? ''}`, ...after, limit: size + 1 })];
    const shown = rows.slice(0, size);
    return {
      Rules: shown.map(([, rule]) => {
        const { CreatedBy: _, ...listed } = render(rule, call);
        return listed;
      }),
      ...(rows.length > size ? { NextToken: shown.at(-1)?.[0] } : {}),
    };
  },
});

export const EnableRule = operation<Named>({
  handle(input, call) {
    const rule = ruleOf(call, input.EventBusName, input.Name);
    const enabled: Rule = { ...rule, state: 'ENABLED', armed: rule.armed + 1 };
    putRule(call, enabled);
    arm(enabled, call, call.time);
    return {};
  },
});

export const DisableRule = operation<Named>({
  handle(input, call) {
    const rule = ruleOf(call, input.EventBusName, input.Name);
    putRule(call, { ...rule, state: 'DISABLED', armed: rule.armed + 1 });
    return {};
  },
});

/** A rule that is not there is no error; one with targets is. */
export const DeleteRule = operation<Named & { Force?: boolean }>({
  handle(input, call) {
    const key = `${busName(input.EventBusName)}/${input.Name}`;
    const rule = rules.get(call, key);
    if (rule !== undefined && rule.targets.length > 0) {
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.", { status: 400 });
    }
    rules.remove(call, key);
    return {};
  },
});

export const TestEventPattern = operation<{ EventPattern: string; Event: string }>({
  handle(input) {
    const pattern = compilePattern(input.EventPattern);
    let event: unknown;
    try {
      event = JSON.parse(input.Event);
    } catch {
      throw new AwsError('ValidationException', 'Parameter Event is not valid.', { status: 400 });
    }
    const required = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];
    const missing = required.find((name) => typeof event !== 'object' || event === null || !(name in event));
    if (missing !== undefined) {
      throw new AwsError(
        'ValidationException',
        `Parameter Event is not valid. Reason: ${missing} is a required field in events`,
        { status: 400 },
      );
    }
    return { Result: matchesPattern(pattern, event) };
  },
});

export const TagResource = operation<{ ResourceARN: string; Tags: readonly Tag[] }>({
  handle(input, call) {
    const rule = byArn(call, input.ResourceARN);
    putRule(call, {
      ...rule,
      tags: { ...rule.tags, ...Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value])) },
    });
    return {};
  },
});

export const UntagResource = operation<{ ResourceARN: string; TagKeys: readonly string[] }>({
  handle(input, call) {
    const rule = byArn(call, input.ResourceARN);
    putRule(call, {
      ...rule,
      tags: Object.fromEntries(Object.entries(rule.tags).filter(([key]) => !input.TagKeys.includes(key))),
    });
    return {};
  },
});

export const ListTagsForResource = operation<{ ResourceARN: string }>({
  handle: (input, call) => ({
    Tags: Object.entries(byArn(call, input.ResourceARN).tags).map(([Key, Value]) => ({ Key, Value })),
  }),
});

function byArn(call: Call, arn: string): Rule {
  const path = arn.slice(arn.indexOf(':rule/') + ':rule/'.length);
  const at = path.lastIndexOf('/');
  return ruleOf(call, at === -1 ? undefined : path.slice(0, at), path.slice(at + 1));
}

function checkWhen(input: { EventPattern?: string; ScheduleExpression?: string }, bus: string): void {
  if (input.EventPattern === undefined && input.ScheduleExpression === undefined) {
    throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.', {
      status: 400,
    });
  }
  if (input.EventPattern !== undefined) compilePattern(input.EventPattern);
  if (input.ScheduleExpression !== undefined) {
    if (bus !== defaultBus)
      throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.', {
        status: 400,
      });
    parseSchedule(input.ScheduleExpression);
  }
}

function render(rule: Rule, call: Call) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    State: rule.state,
    EventBusName: rule.bus,
    CreatedBy: call.account,
    ...(rule.pattern === undefined ? {} : { EventPattern: rule.pattern }),
    ...(rule.schedule === undefined ? {} : { ScheduleExpression: rule.schedule }),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    ...(rule.roleArn === undefined ? {} : { RoleArn: rule.roleArn }),
  };
}
