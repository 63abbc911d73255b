import { AwsError } from '../../../aws/error.ts';
import { parseInputPath } from '../../../aws/events/input-path.ts';
import { transformerComplaints } from '../../../aws/events/transformer.ts';
import { operation } from '../../operation.ts';
import { targetsPerRuleMax } from './limits.ts';
import { kindOf } from './send.ts';
import { busOf, putRule, ruleOf, rules, type Target } from './tables.ts';

/** Members of a target that steer kinds of target which are not built; ignoring one would change what happens. */
const notBuilt = [
  'EcsParameters',
  'BatchParameters',
  'KinesisParameters',
  'SqsParameters',
  'HttpParameters',
  'RedshiftDataParameters',
  'SageMakerPipelineParameters',
  'AppSyncParameters',
  'RunCommandParameters',
];

export const PutTargets = operation<{ Rule: string; EventBusName?: string; Targets: readonly Target[] }>({
  handle(input, call) {
    const rule = ruleOf(call, input.EventBusName, input.Rule);
    for (const target of input.Targets) check(target);
    const kept = rule.targets.filter(({ Id }) => !input.Targets.some((target) => target.Id === Id));
    const targets = [...kept, ...input.Targets];
    if (targets.length > targetsPerRuleMax) {
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.', {
        status: 400,
      });
    }
    putRule(call, { ...rule, targets });
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});

export const RemoveTargets = operation<{
  Rule: string;
  EventBusName?: string;
  Ids: readonly string[];
  Force?: boolean;
}>({
  handle(input, call) {
    const rule = ruleOf(call, input.EventBusName, input.Rule);
    putRule(call, { ...rule, targets: rule.targets.filter(({ Id }) => !input.Ids.includes(Id)) });
    return { FailedEntryCount: 0, FailedEntries: [] };
  },
});

export const ListTargetsByRule = operation<{ Rule: string; EventBusName?: string }>({
  handle: (input, call) => ({ Targets: ruleOf(call, input.EventBusName, input.Rule).targets }),
});

export const ListRuleNamesByTarget = operation<{ TargetArn: string; EventBusName?: string }>({
  handle(input, call) {
    const bus = busOf(call, input.EventBusName).name;
    const names = [...rules.list(call, { prefix: `${bus}/` })].flatMap(([, rule]) =>
      rule.targets.some(({ Arn }) => Arn === input.TargetArn) ? [rule.name] : [],
    );
    return { RuleNames: names };
  },
});

function check(target: Target): void {
  const complain = (why: string) => new AwsError('ValidationException', why, { status: 400 });
  if (!/^arn:[^:]+:[^:]+:[^:]*:[^:]*:./.test(target.Arn)) {
    throw complain(`Parameter ${target.Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  if (kindOf(target.Arn) === undefined) {
    throw new AwsError('NotImplemented', `A target like ${target.Arn} is not built in this range yet.`, {
      status: 501,
    });
  }
  const unbuilt = notBuilt.find((name) => name in target);
  if (unbuilt !== undefined)
    throw new AwsError('NotImplemented', `The target member ${unbuilt} is not built in this range yet.`, {
      status: 501,
    });
  if (target.DeadLetterConfig?.Arn !== undefined) {
    throw new AwsError('NotImplemented', 'DeadLetterConfig needs SQS, which is not built in this range yet.', {
      status: 501,
    });
  }
  const inputs = [target.Input, target.InputPath, target.InputTransformer].filter((each) => each !== undefined);
  if (inputs.length > 1)
    throw complain(`Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`);
  // The place that AWS tells at the end is left out. https://github.com/aws/aws-cli/issues/6711
  if (target.Input !== undefined && !isJson(target.Input))
    throw complain(`JSON syntax error in input for target ${target.Id}: [Source: (String)"${target.Input}"]`);
  if (target.InputPath !== undefined && parseInputPath(target.InputPath) === undefined) {
    throw complain(`Parameter InputPath is not valid. Reason: Invalid JSON path ${target.InputPath}`);
  }
  if (target.InputTransformer === undefined) return;
  const [complaint] = transformerComplaints({
    inputPathsMap: target.InputTransformer.InputPathsMap ?? {},
    inputTemplate: target.InputTransformer.InputTemplate,
  });
  if (complaint !== undefined)
    throw complain(`Parameter InputTransformer for target ${target.Id} is not valid. Reason: ${complaint}`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
