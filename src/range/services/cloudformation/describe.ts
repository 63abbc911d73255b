import { invalid } from '../../../aws/cloudformation/template.ts';
import { operation } from '../../operation.ts';
import { pageSize } from './limits.ts';
import { liveOf } from './removal.ts';
import { stackOf } from './request.ts';
import {
  events,
  exported,
  imports,
  type Resource,
  resources,
  resourcesOf,
  type Stack,
  type stackNamed,
  stacks,
} from './tables.ts';
import { seen } from './trail.ts';

interface Paged {
  readonly NextToken?: string;
}

export const DescribeStacks = operation<Paged & { StackName?: string }>({
  trail: { seen },
  handle(input, call) {
    if (input.StackName !== undefined) {
      return { Stacks: [shown(stackOf(call, input.StackName))] };
    }
    const living = [...stacks.list(call)].map(([, stack]) => stack).filter(({ deletedAt }) => deletedAt === undefined);
    const { items, ...next } = page(newestFirst(living), input.NextToken);
    return { Stacks: items.map(shown), ...next };
  },
});

export const ListStacks = operation<Paged & { StackStatusFilter?: readonly string[] }>({
  trail: { seen },
  handle(input, call) {
    const filter = input.StackStatusFilter ?? [];
    const all = [...stacks.list(call)].map(([, stack]) => stack);
    const wanted = newestFirst(all).filter(({ status }) => filter.length === 0 || filter.includes(status));
    const { items, ...next } = page(wanted, input.NextToken);
    return { StackSummaries: items.map(summary), ...next };
  },
});

/** Newest first. */
export const DescribeStackEvents = operation<Paged & { StackName?: string }>({
  handle(input, call) {
    const stack = stackOf(call, input.StackName ?? '', `Stack [${input.StackName}] does not exist`);
    const after = input.NextToken === undefined ? {} : { after: input.NextToken };
    const range = { prefix: `${stack.id}|`, reverse: true, limit: pageSize + 1, ...after };
    const rows = [...events.list(call, range)];
    const items = rows.slice(0, pageSize);
    return {
      StackEvents: items.map(([, event]) => ({
        StackId: event.stackId,
        EventId: event.id,
        StackName: event.stackName,
        LogicalResourceId: event.logicalId,
        PhysicalResourceId: event.physicalId,
        ResourceType: event.type,
        Timestamp: new Date(event.time),
        ResourceStatus: event.status,
        ...(event.reason === undefined ? {} : { ResourceStatusReason: event.reason }),
        ...(event.properties === undefined ? {} : { ResourceProperties: JSON.stringify(event.properties) }),
        ...(event.clientRequestToken === undefined ? {} : { ClientRequestToken: event.clientRequestToken }),
      })),
      ...(rows.length > pageSize ? { NextToken: items.at(-1)?.[0] } : {}),
    };
  },
});

export const DescribeStackResource = operation<{ StackName: string; LogicalResourceId: string }>({
  handle(input, call) {
    const stack = stackOf(call, input.StackName, `Stack '${input.StackName}' does not exist`);
    const row = resources.get(call, `${stack.id}|${input.LogicalResourceId}`);
    if (row === undefined) {
      throw invalid(`Resource ${input.LogicalResourceId} does not exist for stack ${stack.name}`);
    }
    const { Timestamp, ...detail } = described(row, stack);
    return { StackResourceDetail: { ...detail, LastUpdatedTimestamp: Timestamp, Metadata: '{}' } };
  },
});

interface ResourcesInput {
  readonly StackName?: string;
  readonly LogicalResourceId?: string;
  readonly PhysicalResourceId?: string;
}

export const DescribeStackResources = operation<ResourcesInput>({
  handle(input, call) {
    const name = input.StackName ?? holderOf(call, input.PhysicalResourceId);
    if (name === undefined) {
      throw invalid(`Stack for ${input.PhysicalResourceId ?? 'no resource'} does not exist`);
    }
    const stack = stackOf(call, name);
    const rows = resourcesOf(call, stack.id).filter(
      ({ logicalId }) => input.LogicalResourceId === undefined || logicalId === input.LogicalResourceId,
    );
    return { StackResources: rows.map((row) => described(row, stack)) };
  },
});

export const ListStackResources = operation<Paged & { StackName: string }>({
  handle(input, call) {
    const stack = stackOf(call, input.StackName);
    const { items, ...next } = page(resourcesOf(call, stack.id), input.NextToken);
    return {
      StackResourceSummaries: items.map((row) => {
        const { StackId: _, StackName: __, Timestamp, ...rest } = described(row, stack);
        return { ...rest, LastUpdatedTimestamp: Timestamp };
      }),
      ...next,
    };
  },
});

export const ListExports = operation<Paged>({
  handle(input, call) {
    const { items, ...next } = page([...exported.list(call)], input.NextToken);
    return {
      Exports: items.map(([Name, { value, stackId }]) => ({ ExportingStackId: stackId, Name, Value: value })),
      ...next,
    };
  },
});

export const ListImports = operation<Paged & { ExportName: string }>({
  handle(input, call) {
    const users = [...imports.list(call, { prefix: `${input.ExportName}|` })].map(([, name]) => name);
    if (users.length === 0) throw invalid(`Export '${input.ExportName}' is not imported by any stack.`);
    const { items, ...next } = page(users, input.NextToken);
    return { Imports: items, ...next };
  },
});

function shown(stack: Stack) {
  const parameters = Object.entries(stack.parameters).map(([ParameterKey, { value, resolved, noEcho }]) => ({
    ParameterKey,
    ParameterValue: noEcho ? '****' : value,
    ...(resolved === undefined ? {} : { ResolvedValue: resolved }),
  }));
  const outputs = stack.outputs.map(({ key, value, description, exportName }) => ({
    OutputKey: key,
    OutputValue: value,
    ...(description === undefined ? {} : { Description: description }),
    ...(exportName === undefined ? {} : { ExportName: exportName }),
  }));
  const { TemplateDescription: _, ...base } = summary(stack);
  return {
    ...base,
    ...(parameters.length === 0 ? {} : { Parameters: parameters }),
    ...(stack.description === undefined ? {} : { Description: stack.description }),
    ...(outputs.length === 0 ? {} : { Outputs: outputs }),
    DisableRollback: stack.disableRollback,
    EnableTerminationProtection: stack.terminationProtection,
    NotificationARNs: stack.notificationArns,
    Capabilities: stack.capabilities,
    RollbackConfiguration: {},
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
    ...(stack.roleArn === undefined ? {} : { RoleARN: stack.roleArn }),
  };
}

function summary(stack: Stack) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    ...(stack.description === undefined ? {} : { TemplateDescription: stack.description }),
    CreationTime: new Date(stack.createdAt),
    ...(stack.updatedAt === undefined ? {} : { LastUpdatedTime: new Date(stack.updatedAt) }),
    ...(stack.deletedAt === undefined ? {} : { DeletionTime: new Date(stack.deletedAt) }),
    StackStatus: stack.status,
    ...(stack.statusReason === undefined ? {} : { StackStatusReason: stack.statusReason }),
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

function described(row: Resource, stack: Stack) {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: row.logicalId,
    ...(row.made === undefined ? {} : { PhysicalResourceId: row.made.physicalId }),
    ResourceType: row.type,
    Timestamp: new Date(row.updatedAt),
    ResourceStatus: row.status,
    ...(row.statusReason === undefined ? {} : { ResourceStatusReason: row.statusReason }),
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

function holderOf(scope: Parameters<typeof stackNamed>[0], physicalId: string | undefined): string | undefined {
  if (physicalId === undefined) return undefined;
  for (const [id, stack] of stacks.list(scope)) {
    if (liveOf(scope, stack).some(({ made }) => made?.physicalId === physicalId)) return id;
  }
  return undefined;
}

function newestFirst(list: readonly Stack[]): readonly Stack[] {
  return list.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
}

/** Tokens are places in the list. */
function page<T>(all: readonly T[], token: string | undefined): { items: readonly T[]; NextToken?: string } {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(from) || from < 0) throw invalid('The NextToken is not valid.');
  const items = all.slice(from, from + pageSize);
  return { items, ...(from + pageSize < all.length ? { NextToken: String(from + pageSize) } : {}) };
}
