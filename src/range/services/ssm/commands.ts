import type { Call, Operation } from '../../operation.ts';
import { operation } from '../../operation.ts';
import type { Machines } from '../ec2/machines.ts';
import { agentVersion, managedInstances } from './agents.ts';
import { commandShape, invocationShape, invocationsOf, resultShape } from './command-shape.ts';
import { pageMax } from './limits.ts';
import { type CommandRow, commands, invocations, notBuilt, page, refuse } from './tables.ts';

interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

interface CommandFilter {
  readonly key: string;
  readonly value: string;
}

interface ListInput extends PageInput {
  readonly CommandId?: string;
  readonly InstanceId?: string;
  readonly Filters?: readonly CommandFilter[];
}

export const ListCommands = operation<ListInput>({
  handle(input, call) {
    const shapes = listed(input, call)
      .map((row) => commandShape(row, call))
      .filter((shape) => passes(input.Filters, shape.Status, shape.DocumentName));
    const { rows, token } = page(shapes, input, pageMax);
    return { Commands: rows, ...token };
  },
});

export const ListCommandInvocations = operation<ListInput & { readonly Details?: boolean }>({
  handle(input, call) {
    const shapes = listed(input, call).flatMap((command) =>
      invocationsOf(call, command)
        .filter(({ instance }) => input.InstanceId === undefined || instance === input.InstanceId)
        .filter(({ status }) => passes(input.Filters, status, command.document))
        .map((row) => invocationShape(row, command, call, input.Details === true)),
    );
    const { rows, token } = page(shapes, input, pageMax);
    return { CommandInvocations: rows, ...token };
  },
});

export const GetCommandInvocation = operation<{ CommandId: string; InstanceId: string; PluginName?: string }>({
  handle(input, call) {
    const command = commands.get(call, input.CommandId);
    const row = invocations.get(call, `${input.CommandId}/${input.InstanceId}`);
    if (command === undefined || row === undefined) throw refuse('InvocationDoesNotExist');
    if (input.PluginName !== undefined && input.PluginName !== 'aws:runShellScript') throw refuse('InvalidPluginName');
    return resultShape(row, command, call);
  },
});

export const CancelCommand = operation<{ CommandId: string; InstanceIds?: readonly string[] }>({
  handle(input, call) {
    const command = commands.get(call, input.CommandId);
    if (command === undefined) throw refuse('InvalidCommandId');
    const which = input.InstanceIds ?? command.instances;
    for (const instance of which) if (!command.instances.includes(instance)) throw refuse('InvalidInstanceId');
    commands.put(call, command.id, { ...command, cancelled: true });
    for (const instance of which) call.later('ssm.cancel', { command: command.id, instance });
    return {};
  },
});

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceInformation.html */
export function describeInstancesOver(machines: Machines): Operation {
  return operation<PageInput & { Filters?: readonly Filter[]; InstanceInformationFilterList?: readonly OldFilter[] }>({
    handle(input, call) {
      const filters = [
        ...(input.Filters ?? []),
        ...(input.InstanceInformationFilterList ?? []).map(({ key, valueSet }) => ({ Key: key, Values: valueSet })),
      ];
      const found = managedInstances(call, machines).map(({ instance, role, address, online }) => ({
        InstanceId: instance.id,
        PingStatus: online ? 'Online' : 'ConnectionLost',
        LastPingDateTime: new Date(online ? call.time - (call.time % 300_000) : instance.launchedAt),
        AgentVersion: agentVersion,
        IsLatestVersion: true,
        PlatformType: 'Linux',
        PlatformName: 'Amazon Linux',
        PlatformVersion: instance.vintage === 'now' ? '2023' : '2',
        ResourceType: 'EC2Instance',
        IPAddress: address,
        ComputerName: `ip-${address.replaceAll('.', '-')}.${call.region}.compute.internal`,
        IamRole: role,
      }));
      const { rows, token } = page(
        // The role is told of hybrid nodes only.
        found.filter((each) => filters.every((filter) => fits(each, filter))).map(({ IamRole: _, ...each }) => each),
        input,
        pageMax,
      );
      return { InstanceInformationList: rows, ...token };
    },
  });
}

interface Filter {
  readonly Key: string;
  readonly Values: readonly string[];
}

interface OldFilter {
  readonly key: string;
  readonly valueSet: readonly string[];
}

function fits(each: Readonly<Record<string, unknown>>, { Key, Values }: Filter): boolean {
  const known: Readonly<Record<string, string>> = {
    InstanceIds: 'InstanceId',
    PingStatus: 'PingStatus',
    PlatformTypes: 'PlatformType',
    ResourceType: 'ResourceType',
    AgentVersion: 'AgentVersion',
    IamRole: 'IamRole',
  };
  const name = known[Key];
  if (name === undefined) throw notBuilt(`The filter ${Key} of DescribeInstanceInformation`);
  return Values.includes(String(each[name]));
}

/** The newest first. */
function listed(input: ListInput, call: Call): readonly CommandRow[] {
  if (input.CommandId !== undefined) {
    const command = commands.get(call, input.CommandId);
    if (command === undefined) throw refuse('InvalidCommandId');
    return [command];
  }
  return [...commands.list(call)]
    .map(([, row]) => row)
    .filter(({ instances }) => input.InstanceId === undefined || instances.includes(input.InstanceId))
    .sort((a, b) => b.requestedAt - a.requestedAt);
}

function passes(filters: readonly CommandFilter[] | undefined, status: string, document: string): boolean {
  return (filters ?? []).every(({ key, value }) => {
    if (key === 'Status') return value === status;
    if (key === 'DocumentName') return value === document;
    throw notBuilt(`The filter ${key} of commands`);
  });
}
