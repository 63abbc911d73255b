import type { Call, Scope } from '../../operation.ts';
import { eventCounts, events, putResource, type Resource, type Stack, type StackEvent, stacks } from './tables.ts';

/** State, ids and the moment: what a step of a stack changes things with. */
export type Step = Scope & Pick<Call, 'later' | 'ids'> & { readonly time: number };

/** A stack comes to a status, and says so. */
export function stackComesTo(step: Step, stack: Stack, status: string, reason?: string): Stack {
  const { statusReason: _, ...rest } = stack;
  const changed: Stack = { ...rest, status, ...(reason === undefined ? {} : { statusReason: reason }) };
  stacks.put(step, stack.id, changed);
  happens(step, stack, {
    logicalId: stack.name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    status,
    ...(reason === undefined ? {} : { reason }),
  });
  return changed;
}

export function resourceComesTo(step: Step, stack: Stack, row: Resource, status: string, reason?: string): Resource {
  const { statusReason: _, ...rest } = row;
  const changed: Resource = {
    ...rest,
    status,
    updatedAt: step.time,
    ...(reason === undefined ? {} : { statusReason: reason }),
  };
  putResource(step, changed);
  tellOf(step, stack, changed);
  return changed;
}

/** An event about a physical resource, whether or not the stack still holds it. */
export function tellOf(step: Step, stack: Stack, row: Resource): void {
  happens(step, stack, {
    logicalId: row.logicalId,
    physicalId: row.made?.physicalId ?? '',
    type: row.type,
    status: row.status,
    ...(row.statusReason === undefined ? {} : { reason: row.statusReason }),
    ...(Object.keys(row.properties).length === 0 ? {} : { properties: row.shown ?? row.properties }),
  });
}

function happens(
  step: Step,
  stack: Stack,
  what: Omit<StackEvent, 'id' | 'stackId' | 'stackName' | 'time' | 'clientRequestToken'>,
): void {
  const count = (eventCounts.get(step, stack.id) ?? 0) + 1;
  eventCounts.put(step, stack.id, count);
  const id =
    what.type === 'AWS::CloudFormation::Stack'
      ? step.ids.uuid()
      : `${what.logicalId}-${what.status}-${new Date(step.time).toISOString()}`;
  events.put(step, `${stack.id}|${String(count).padStart(9, '0')}`, {
    ...what,
    id,
    stackId: stack.id,
    stackName: stack.name,
    time: step.time,
    ...(stack.clientRequestToken === undefined ? {} : { clientRequestToken: stack.clientRequestToken }),
  });
}
