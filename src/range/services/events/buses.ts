import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import { operation } from '../../operation.ts';
import { type Bus, busArn, buses, busName, busOf, defaultBus, rules } from './tables.ts';

export const CreateEventBus = operation<{ Name: string; EventSourceName?: string }>({
  handle(input, call) {
    if (input.Name === defaultBus || buses.get(call, input.Name) !== undefined) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${input.Name} already exists.`, { status: 400 });
    }
    const bus: Bus = { name: input.Name, arn: busArn(call, input.Name), createdAt: call.time };
    buses.put(call, bus.name, bus);
    return { EventBusArn: bus.arn };
  },
});

export const DescribeEventBus = operation<{ Name?: string }>({
  handle: (input, call) => render(busOf(call, input.Name)),
});

export const ListEventBuses = operation<{ NamePrefix?: string }>({
  handle(input, call) {
    const others = [...buses.list(call)].map(([, bus]) => bus).filter(({ name }) => name !== defaultBus);
    const all = [busOf(call, undefined), ...others].filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
    return { EventBuses: all.map(render) };
  },
});

export const DeleteEventBus = operation<{ Name: string }>({
  handle(input, call) {
    if (input.Name === defaultBus)
      throw new AwsError('ValidationException', 'Cannot delete event bus default.', { status: 400 });
    const [rule] = rules.list(call, { prefix: `${input.Name}/`, limit: 1 });
    if (rule !== undefined) {
      throw new AwsError('ValidationException', `Event bus ${input.Name} can't be deleted since it has rules.`, {
        status: 400,
      });
    }
    buses.remove(call, input.Name);
    return {};
  },
});

/** Either one statement for an account, or a whole policy. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html */
export const PutPermission = operation<{
  EventBusName?: string;
  Action?: string;
  Principal?: string;
  StatementId?: string;
  Policy?: string;
  Condition?: unknown;
}>({
  handle(input, call) {
    if (input.Condition !== undefined) {
      throw new AwsError(
        'NotImplemented',
        'PutPermission with Condition is not built in this range yet: give a Policy.',
        { status: 501 },
      );
    }
    const bus = busOf(call, busName(input.EventBusName));
    const policy = input.Policy === undefined ? withStatement(bus, input) : (JSON.parse(input.Policy) as JsonObject);
    buses.put(call, bus.name, { ...bus, policy });
    return {};
  },
});

export const RemovePermission = operation<{
  EventBusName?: string;
  StatementId?: string;
  RemoveAllPermissions?: boolean;
}>({
  handle(input, call) {
    const bus = busOf(call, busName(input.EventBusName));
    const { policy: before, ...bare } = bus;
    const statements = ((before?.['Statement'] ?? []) as readonly JsonObject[]).filter(
      ({ Sid }) => Sid !== input.StatementId,
    );
    const emptied = input.RemoveAllPermissions === true || statements.length === 0;
    buses.put(call, bus.name, emptied ? bare : { ...bare, policy: { Version: '2012-10-17', Statement: statements } });
    return {};
  },
});

function withStatement(bus: Bus, input: { Action?: string; Principal?: string; StatementId?: string }): JsonObject {
  const before = (bus.policy?.['Statement'] ?? []) as readonly JsonObject[];
  const principal = input.Principal === '*' ? '*' : { AWS: `arn:aws:iam::${input.Principal}:root` };
  const statement = {
    Sid: input.StatementId ?? '',
    Effect: 'Allow',
    Principal: principal,
    Action: input.Action ?? 'events:PutEvents',
    Resource: bus.arn,
  };
  return { Version: '2012-10-17', Statement: [...before.filter(({ Sid }) => Sid !== statement.Sid), statement] };
}

function render(bus: Bus) {
  return { Name: bus.name, Arn: bus.arn, ...(bus.policy === undefined ? {} : { Policy: JSON.stringify(bus.policy) }) };
}
