import { beginCleanup } from './cleanup.ts';
import { resourceComesTo, type Step, stackComesTo } from './happen.ts';
import { goOn, withoutJob } from './jobs.ts';
import { type Begun, type Job, type Resource, resources, type Stack, stacks } from './tables.ts';
import type { Outcome, Task } from './task.ts';

/** An update failed: the stack is what it was before, and its resources follow, the last one first. */
export function beginUndo(step: Step, stack: Stack, job: Job, reason: string): void {
  const back: Stack = { ...stack, ...job.before };
  const changed = stackComesTo(step, back, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  goOn(step, changed, { ...job, verb: 'UPDATE_ROLLBACK', phase: 'undo', queue: job.touched.toReversed(), trash: [] });
}

export function beginBack(step: Step, stack: Stack, job: Job): Task | undefined {
  const [head, ...queue] = job.queue;
  if (head === undefined) {
    const changed = stackComesTo(step, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    beginCleanup(step, changed, job, job.trash);
    return undefined;
  }
  const key = `${stack.id}|${head}`;
  const row = resources.get(step, key);
  const next = { ...job, queue };
  if (row === undefined) return beginBack(step, stack, next);
  const { previous, replaced } = row;
  if (previous === undefined) {
    // An update that failed before it began has changed nothing.
    if (row.status === 'UPDATE_FAILED') {
      resourceComesTo(step, stack, row, 'UPDATE_COMPLETE');
      return beginBack(step, stack, next);
    }
    resources.remove(step, key);
    return beginBack(step, stack, { ...next, trash: [...job.trash, row] });
  }
  if (replaced || previous.made === undefined || row.made === undefined) {
    resourceComesTo(step, stack, previous, 'UPDATE_COMPLETE');
    return beginBack(step, stack, { ...next, trash: [...job.trash, row] });
  }
  const properties = previous.properties;
  const existing = { made: row.made, properties: row.properties };
  if (job.begun !== undefined) return { stack, row, begun: job.begun, properties, existing };
  const begun: Begun = { mode: 'update', since: step.time, token: step.ids.uuid() };
  const started = resourceComesTo(step, stack, row, 'UPDATE_IN_PROGRESS');
  stacks.put(step, stack.id, { ...stack, job: { ...job, begun } });
  return { stack, row: started, begun, properties, existing };
}

export function doneBack(step: Step, stack: Stack, job: Job, task: Task, outcome: Outcome): void {
  const { begun: _, ...next } = job;
  const { row } = task;
  if (!outcome.ok) {
    resourceComesTo(step, stack, row, 'UPDATE_FAILED', outcome.reason);
    const reason = `The following resource(s) failed to update: [${row.logicalId}].`;
    stackComesTo(step, withoutJob(stack), 'UPDATE_ROLLBACK_FAILED', reason);
    return;
  }
  const made = outcome.made;
  if (made?.waitMs !== undefined) {
    goOn(step, stack, { ...job, begun: { ...task.begun, waiting: made } }, made.waitMs);
    return;
  }
  const before: Resource = row.previous ?? row;
  resourceComesTo(step, stack, made === undefined ? before : { ...before, made }, 'UPDATE_COMPLETE');
  const another = made !== undefined && made.physicalId !== row.made?.physicalId;
  goOn(step, stack, { ...next, queue: job.queue.slice(1), trash: another ? [...job.trash, row] : job.trash });
}
