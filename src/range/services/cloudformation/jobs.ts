import { inOrder } from '../../../aws/cloudformation/dependencies.ts';
import { type Step, stackComesTo } from './happen.ts';
import { templateOf } from './read.ts';
import { surroundings, wanted } from './surroundings.ts';
import { type Job, type Recipe, resourcesOf, type Stack, stacks, type Verb } from './tables.ts';

export interface Turn {
  readonly stackId: string;
  readonly serial: number;
}

/** The first event of a stack, and the work that follows. */
export function beginCreate(step: Step, stack: Stack): void {
  const begun = stackComesTo(step, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  goOn(step, begun, newJob('CREATE', 'forward', orderOf(step, begun)));
}

export function beginUpdate(step: Step, stack: Stack, recipe: Recipe, more: Partial<Stack> = {}): void {
  const { template, description, parameters, tags, capabilities, notificationArns } = stack;
  const { description: _, ...rest } = stack;
  const changed: Stack = { ...rest, ...more, ...recipe, updatedAt: step.time };
  const begun = stackComesTo(step, changed, 'UPDATE_IN_PROGRESS', 'User Initiated');
  const described = description === undefined ? {} : { description };
  const before = { template, ...described, parameters, tags, capabilities, notificationArns };
  goOn(step, begun, { ...newJob('UPDATE', 'forward', orderOf(step, begun)), before });
}

export function beginRemoval(
  step: Step,
  stack: Stack,
  verb: Verb,
  reason: string,
  retain: readonly string[] = [],
): void {
  const begun = stackComesTo(step, stack, `${verb}_IN_PROGRESS`, reason);
  goOn(step, begun, { ...newJob(verb, 'remove', removalOrder(step, begun)), retain });
}

/** The job as it is now, and its next step. */
export function goOn(step: Step, stack: Stack, job: Job, waitMs = 0): void {
  const serial = stack.serial + 1;
  stacks.put(step, stack.id, { ...stack, serial, job });
  step.later('cloudformation.step', { stackId: stack.id, serial } satisfies Turn, step.time + waitMs);
}

export function withoutJob(stack: Stack): Stack {
  const { job: _, ...rest } = stack;
  return rest;
}

function newJob(verb: Verb, phase: Job['phase'], queue: readonly string[]): Job {
  return { verb, phase, queue, trash: [], touched: [], failed: [], retain: [] };
}

function orderOf(step: Step, stack: Stack): readonly string[] {
  const template = templateOf(stack.template);
  return inOrder(wanted(template, surroundings(step, stack, template)));
}

/** What is needed goes last. */
function removalOrder(step: Step, stack: Stack): readonly string[] {
  const rows = resourcesOf(step, stack.id).filter(({ status }) => !/^DELETE_(COMPLETE|SKIPPED)$/.test(status));
  const declared = rows.map(({ logicalId, type, needs }) => ({
    logicalId,
    type,
    properties: {},
    dependsOn: needs,
    deletionPolicy: 'Delete' as const,
    updateReplacePolicy: 'Delete' as const,
  }));
  return inOrder(declared).toReversed();
}
