import { forgetImports, withdraw } from './finish.ts';
import { resourceComesTo, type Step, stackComesTo } from './happen.ts';
import { goOn, withoutJob } from './jobs.ts';
import { type Begun, type Job, type Resource, resources, resourcesOf, type Stack, stackIds, stacks } from './tables.ts';
import type { Outcome, Task } from './task.ts';

/** Deletes a stack's resources, dependents first: DeleteStack, and the rollback of a creation. */
export function beginRemove(step: Step, stack: Stack, job: Job): Task | undefined {
  const [head, ...queue] = job.queue;
  if (head === undefined) {
    end(step, stack, job);
    return undefined;
  }
  const next = { ...job, queue };
  const row = resources.get(step, `${stack.id}|${head}`);
  if (row === undefined || isNeeded(step, stack, job, head)) return beginRemove(step, stack, next);
  if (isKept(row, job)) {
    resourceComesTo(step, stack, row, 'DELETE_SKIPPED');
    return beginRemove(step, stack, next);
  }
  if (row.made === undefined) {
    resourceComesTo(step, stack, row, 'DELETE_COMPLETE');
    return beginRemove(step, stack, next);
  }
  const existing = { made: row.made, properties: row.properties };
  if (job.begun !== undefined) return { stack, row, begun: job.begun, properties: row.properties, existing };
  const begun: Begun = { mode: 'remove', since: step.time, token: step.ids.uuid() };
  const started = resourceComesTo(step, stack, row, 'DELETE_IN_PROGRESS');
  stacks.put(step, stack.id, { ...stack, job: { ...job, begun } });
  return { stack, row: started, begun, properties: row.properties, existing };
}

export function doneRemove(step: Step, stack: Stack, job: Job, task: Task, outcome: Outcome): void {
  const { begun: _, ...rest } = job;
  const [head = '', ...queue] = job.queue;
  const next = { ...rest, queue };
  if (outcome.ok && outcome.againMs !== undefined) {
    goOn(step, stack, { ...job, begun: { ...task.begun, again: true } }, outcome.againMs);
  } else if (outcome.ok) {
    resourceComesTo(step, stack, task.row, 'DELETE_COMPLETE');
    goOn(step, stack, next);
  } else {
    resourceComesTo(step, stack, task.row, 'DELETE_FAILED', outcome.reason);
    goOn(step, stack, { ...next, failed: [...job.failed, head] });
  }
}

/** By a resource that could not be deleted. */
function isNeeded(step: Step, stack: Stack, job: Job, logicalId: string): boolean {
  return job.failed.some((name) => resources.get(step, `${stack.id}|${name}`)?.needs.includes(logicalId));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
function isKept(row: Resource, job: Job): boolean {
  if (job.retain.includes(row.logicalId) || row.deletionPolicy === 'Retain') return true;
  return row.deletionPolicy === 'RetainExceptOnCreate' && job.verb === 'DELETE';
}

function end(step: Step, stack: Stack, job: Job): void {
  if (job.failed.length > 0) {
    const reason = `The following resource(s) failed to delete: [${job.failed.join(', ')}]. `;
    stackComesTo(step, withoutJob(stack), `${job.verb}_FAILED`, reason);
    return;
  }
  if (job.verb !== 'DELETE') {
    stackComesTo(step, withoutJob(stack), `${job.verb}_COMPLETE`);
    return;
  }
  withdraw(step, stack);
  forgetImports(step, stack);
  stackIds.remove(step, stack.name);
  stackComesTo(step, { ...withoutJob(stack), deletedAt: step.time }, 'DELETE_COMPLETE');
}

/** The resources that the stack holds now. */
export function liveOf(step: Parameters<typeof resourcesOf>[0], stack: Stack): readonly Resource[] {
  return resourcesOf(step, stack.id).filter(({ status }) => !/^DELETE_(COMPLETE|SKIPPED)$/.test(status));
}
