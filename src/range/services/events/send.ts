import { AwsError } from '../../../aws/error.ts';
import { parseInputPath, readInputPath } from '../../../aws/events/input-path.ts';
import { defaultRetryPolicy, nextAttempt } from '../../../aws/events/retry.ts';
import { transformInput } from '../../../aws/events/transformer.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Caller } from '../../caller.ts';
import type { Consumer, Work } from '../../operation.ts';
import type { Delivery } from './match.ts';
import { failedInvocations, type Rule, rules, type Target } from './tables.ts';

/** Failures that another try may cure; all others end the delivery at once, as on AWS. */
const retryable: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'InternalFailure',
  'ServiceException',
  'ServiceUnavailable',
]);

export const deliver: Consumer<Delivery> = {
  topic: 'events.delivery',
  async handle(delivery, work) {
    const { rule, target } = await work.commit((scope) => find(scope, delivery), { keep: true });
    if (rule === undefined || target === undefined) return work.commit(() => {});
    try {
      await send(rule, target, inputOf(rule, target, delivery, work), work);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return again(delivery, target, error, work);
    }
    await work.commit(() => {});
  },
};

/** A rule or target that went meanwhile gets nothing more. */
function find(scope: Parameters<typeof rules.get>[0], delivery: Delivery): { rule?: Rule; target?: Target } {
  const rule = rules.get(scope, `${delivery.bus}/${delivery.rule}`);
  const target = rule?.targets.find(({ Id }) => Id === delivery.target);
  return { ...(rule === undefined ? {} : { rule }), ...(target === undefined ? {} : { target }) };
}

function again(delivery: Delivery, target: Target, error: AwsError, work: Work): Promise<void> {
  const attempts = delivery.attempts + 1;
  const next = nextAttempt(
    // The schedule's jitter comes from the work's own id: the same seed draws the same.
    { attempts, since: delivery.since, now: work.now(), luck: (attempts * 0.618) % 1 },
    {
      maximumRetryAttempts: target.RetryPolicy?.MaximumRetryAttempts ?? defaultRetryPolicy.maximumRetryAttempts,
      maximumEventAgeInSeconds:
        target.RetryPolicy?.MaximumEventAgeInSeconds ?? defaultRetryPolicy.maximumEventAgeInSeconds,
    },
  );
  if (!retryable.has(error.code) || 'exhausted' in next) {
    const failed = { rule: delivery.rule, target: target.Arn, code: error.code, message: error.message, attempts };
    return work.commit((scope) =>
      failedInvocations.put(scope, `${work.now()}/${scope.ids.hex(8)}`, { ...failed, event: delivery.event }),
    );
  }
  return work.commit((scope) => scope.later('events.delivery', { ...delivery, attempts } satisfies Delivery, next.at));
}

function inputOf(rule: Rule, target: Target, { event }: Delivery, work: Work): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) {
    const path = parseInputPath(target.InputPath);
    return JSON.stringify((path === undefined ? undefined : readInputPath(path, event)) ?? null);
  }
  const { InputTransformer: transformer } = target;
  if (transformer === undefined) return JSON.stringify(event);
  return transformInput(
    { inputPathsMap: transformer.InputPathsMap ?? {}, inputTemplate: transformer.InputTemplate },
    event,
    { ruleArn: rule.arn, ruleName: rule.name, ingestionTime: new Date(work.now()).toISOString() },
  );
}

/** The kinds of target that are built. */
export function kindOf(arn: string): 'lambda' | 'sns' | 'events' | 'logs' | undefined {
  const [, , service, , , kind] = arn.split(':');
  if (service === 'lambda' || service === 'sns') return service;
  if (service === 'logs' && kind === 'log-group') return 'logs';
  if (service === 'events' && kind?.startsWith('event-bus/')) return 'events';
  return undefined;
}

async function send(rule: Rule, target: Target, input: string, work: Work): Promise<void> {
  const [, , , region, account] = target.Arn.split(':');
  const as: Caller = {
    kind: 'service',
    service: 'events.amazonaws.com',
    sourceArn: rule.arn,
    sourceAccount: work.account,
  };
  const to = { as, account: account || work.account, region: region || work.region };
  switch (kindOf(target.Arn)) {
    case 'lambda':
      await work.invoke({
        ...to,
        service: 'lambda',
        operation: 'Invoke',
        input: { FunctionName: target.Arn, InvocationType: 'Event', Payload: Buffer.from(input) },
      });
      return;
    case 'sns':
      await work.invoke({
        ...to,
        service: 'sns',
        operation: 'Publish',
        input: { TopicArn: target.Arn, Message: input },
      });
      return;
    case 'events':
      await forward(target, JSON.parse(input) as JsonObject, to, work);
      return;
    case 'logs':
      await putLog(target, input, to, work);
      return;
    default:
      throw new AwsError('NotImplemented', `A target like ${target.Arn} is not built in this range yet.`);
  }
}

type Address = { readonly as: Caller; readonly account: string; readonly region: string };

async function forward(target: Target, event: JsonObject, to: Address, work: Work): Promise<void> {
  await work.invoke({
    ...to,
    service: 'events',
    operation: 'PutEvents',
    input: {
      Entries: [
        {
          Source: event['source'],
          DetailType: event['detail-type'],
          Detail: JSON.stringify(event['detail']),
          Resources: event['resources'],
          EventBusName: target.Arn,
        },
      ],
    },
  });
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html: a stream of its own for each day's events. */
async function putLog(target: Target, message: string, to: Address, work: Work): Promise<void> {
  const group = target.Arn.split(':')[6] ?? '';
  const stream = work.id.replaceAll(/[:*/]/g, '-');
  await work
    .invoke({
      ...to,
      service: 'logs',
      operation: 'CreateLogStream',
      input: { logGroupName: group, logStreamName: stream },
    })
    .catch((error: unknown) => {
      // A delivery that a kill cut in two finds the stream that it made.
      if (!(error instanceof AwsError && error.code === 'ResourceAlreadyExistsException')) throw error;
    });
  await work.invoke({
    ...to,
    service: 'logs',
    operation: 'PutLogEvents',
    input: { logGroupName: group, logStreamName: stream, logEvents: [{ timestamp: work.now(), message }] },
  });
}
