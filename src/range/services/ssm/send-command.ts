import { parameters } from '../../chain/parameters.ts';
import type { Call, Operation } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { instances } from '../ec2/instances.ts';
import type { Machines } from '../ec2/machines.ts';
import { managedInstance, managedInstances } from './agents.ts';
import { commandShape } from './command-shape.ts';
import { deliveryTimeoutDefault, executionTimeoutDefault, targetsMax } from './limits.ts';
import { type CommandRow, commands, invocations, notBuilt, refuse, type Target } from './tables.ts';

interface SendInput {
  readonly DocumentName: string;
  readonly InstanceIds?: readonly string[];
  readonly Targets?: readonly Target[];
  readonly Parameters?: Readonly<Record<string, readonly string[]>>;
  readonly Comment?: string;
  readonly TimeoutSeconds?: number;
  readonly DocumentVersion?: string;
  readonly OutputS3BucketName?: string;
  readonly OutputS3KeyPrefix?: string;
  readonly CloudWatchOutputConfig?: {
    readonly CloudWatchLogGroupName?: string;
    readonly CloudWatchOutputEnabled?: boolean;
  };
}

const document = 'AWS-RunShellScript';
const parameterNames = ['commands', 'workingDirectory', 'executionTimeout'];
const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';
const unbuilt = [
  ...['NotificationConfig', 'ServiceRoleArn', 'MaxConcurrency', 'MaxErrors', 'AlarmConfiguration', 'DocumentHash'],
];

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html */
export function sendCommandOver(machines: Machines): Operation {
  return operation<SendInput>({
    trail: {
      // A record hides what was run. Observed, not documented.
      request: ({ Parameters, ...input }) =>
        ({ ...parameters(input), ...(Parameters === undefined ? {} : { parameters: hidden }) }) as never,
      response: ({ Command }) => ({
        command: { ...parameters(Command as object as Record<string, unknown>), parameters: hidden },
      }),
    },
    handle(input, call) {
      checkBuilt(input);
      const row = rowOf(input, call, machines);
      commands.put(call, row.id, row);
      for (const instance of row.instances) {
        const invocation = { commandId: row.id, instance, status: 'Pending', details: 'Pending', exit: -1 } as const;
        invocations.put(call, `${row.id}/${instance}`, { ...invocation, stdout: '', stderr: '' });
        call.later('ssm.deliver', { command: row.id, instance });
      }
      return { Command: commandShape(row, call) };
    },
  });
}

function checkBuilt(input: SendInput): void {
  const given = input as unknown as Readonly<Record<string, unknown>>;
  for (const name of unbuilt) if (given[name] !== undefined) throw notBuilt(`${name} of SendCommand`);
  const name = input.DocumentName.slice(input.DocumentName.lastIndexOf('/') + 1);
  if (name === document) return;
  if (name.startsWith('AWS-')) throw notBuilt(`The document ${name}`);
  throw refuse('InvalidDocument', `Document with name ${name} does not exist.`);
}

function rowOf(input: SendInput, call: Call, machines: Machines): CommandRow {
  const given = input.Parameters ?? {};
  const foreign = Object.keys(given).filter((name) => !parameterNames.includes(name));
  if (foreign.length > 0) {
    throw refuse('InvalidParameters', `document ${document} does not support parameters. [${foreign.join(', ')}]`);
  }
  if ((given['commands'] ?? []).length === 0) throw refuse('InvalidParameters', 'Parameter "commands" is required.');
  const executionTimeoutS = Number(given['executionTimeout']?.[0] ?? executionTimeoutDefault);
  if (!Number.isInteger(executionTimeoutS) || executionTimeoutS < 1 || executionTimeoutS > 172_800) {
    throw refuse('InvalidParameters', 'executionTimeout must be a number of seconds from 1 to 172800.');
  }
  return {
    id: call.ids.uuid(),
    document,
    parameters: given,
    comment: input.Comment ?? '',
    requestedAt: call.time,
    deliveryTimeoutS: input.TimeoutSeconds ?? deliveryTimeoutDefault,
    executionTimeoutS,
    instances: instancesOf(input, call, machines),
    targets: input.Targets ?? [],
    cancelled: false,
    ...outputOf(input),
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-rc-setting-up-cwlogs.html: the group's usual name. */
function outputOf(input: SendInput): Pick<CommandRow, 'output'> {
  const { OutputS3BucketName: bucket, OutputS3KeyPrefix: prefix, CloudWatchOutputConfig: logs } = input;
  const group =
    logs?.CloudWatchOutputEnabled === true ? (logs.CloudWatchLogGroupName ?? `/aws/ssm/${document}`) : undefined;
  if (bucket === undefined && group === undefined) return {};
  return {
    output: {
      ...(bucket === undefined ? {} : { bucket }),
      ...(bucket === undefined || prefix === undefined || prefix === '' ? {} : { prefix }),
      ...(group === undefined ? {} : { group }),
    },
  };
}

/** Named instances must be there; targets may be nobody. */
function instancesOf(input: SendInput, call: Call, machines: Machines): readonly string[] {
  const named = input.InstanceIds ?? [];
  const targets = input.Targets ?? [];
  if (named.length > 0 && targets.length > 0) {
    throw refuse('ValidationException', 'InstanceIds and Targets cannot be given together.');
  }
  if (named.length === 0 && targets.length === 0) {
    throw refuse('InvalidInstanceId', 'InstanceIds or Targets must be given.');
  }
  if (named.length > targetsMax) throw refuse('ValidationException', `At most ${targetsMax} InstanceIds may be given.`);
  const known = named.filter((id) => managedInstance(call, machines, id) !== undefined);
  if (known.length < named.length) {
    const lacking = named.filter((id) => !known.includes(id));
    throw refuse(
      'InvalidInstanceId',
      `Instances [[${lacking.join(', ')}]] not in a valid state for account ${call.account}`,
    );
  }
  if (named.length > 0) return [...new Set(named)];
  const all = managedInstances(call, machines).map(({ instance }) => instance.id);
  return all.filter((id) => targets.every((target) => hits(target, instances.rows.get(call, id))));
}

export function hits(
  { Key = '', Values = [] }: Target,
  instance: { readonly id: string; readonly tags: Readonly<Record<string, string>> } | undefined,
): boolean {
  if (instance === undefined) return false;
  if (Key === 'InstanceIds') return Values.includes(instance.id);
  if (Key === 'tag-key') return Values.some((name) => name in instance.tags);
  if (!Key.startsWith('tag:')) throw notBuilt(`The target ${Key} of SendCommand`);
  const value = instance.tags[Key.slice(4)];
  return value !== undefined && Values.includes(value);
}
