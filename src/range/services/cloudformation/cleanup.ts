import { type Step, stackComesTo, tellOf } from './happen.ts';
import { goOn, withoutJob } from './jobs.ts';
import { type Begun, type Job, type Resource, type Stack, stacks } from './tables.ts';
import type { Outcome, Task } from './task.ts';

/** What is in the trash goes, dependents first. Whatever comes of it, the update is complete. */
export function beginCleanup(step: Step, stack: Stack, job: Job, trash: readonly Resource[]): void {
  const { begun: _, before: __, ...rest } = job;
  const sorted = dependentsFirst(trash);
  goOn(step, stack, { ...rest, phase: 'cleanup', trash: sorted, queue: sorted.map((_, index) => String(index)) });
}

export function beginTrash(step: Step, stack: Stack, job: Job): Task | undefined {
  const [head, ...queue] = job.queue;
  if (head === undefined) {
    stackComesTo(step, withoutJob(stack), `${job.verb}_COMPLETE`);
    return undefined;
  }
  const row = job.trash[Number(head)];
  if (row?.made === undefined) return beginTrash(step, stack, { ...job, queue });
  if (row.deletionPolicy === 'Retain' || (row.deletionPolicy === 'RetainExceptOnCreate' && job.verb === 'UPDATE')) {
    tell(step, stack, row, 'DELETE_SKIPPED');
    return beginTrash(step, stack, { ...job, queue });
  }
  const existing = { made: row.made, properties: row.properties };
  if (job.begun !== undefined) return { stack, row, begun: job.begun, properties: row.properties, existing };
  const begun: Begun = { mode: 'remove', since: step.time, token: step.ids.uuid() };
  tell(step, stack, row, 'DELETE_IN_PROGRESS');
  stacks.put(step, stack.id, { ...stack, job: { ...job, begun } });
  return { stack, row, begun, properties: row.properties, existing };
}

export function doneTrash(step: Step, stack: Stack, job: Job, task: Task, outcome: Outcome): void {
  if (outcome.ok && outcome.againMs !== undefined) {
    goOn(step, stack, { ...job, begun: { ...task.begun, again: true } }, outcome.againMs);
    return;
  }
  const { begun: _, ...next } = job;
  if (outcome.ok) tell(step, stack, task.row, 'DELETE_COMPLETE');
  else tell(step, stack, task.row, 'DELETE_FAILED', outcome.reason);
  goOn(step, stack, { ...next, queue: job.queue.slice(1) });
}

function tell(step: Step, stack: Stack, row: Resource, status: string, reason?: string): void {
  const { statusReason: _, ...rest } = row;
  tellOf(step, stack, { ...rest, status, ...(reason === undefined ? {} : { statusReason: reason }) });
}

function dependentsFirst(rows: readonly Resource[]): readonly Resource[] {
  const left = new Set(rows);
  const sorted: Resource[] = [];
  while (left.size > 0) {
    const free = [...left].filter(
      (row) => ![...left].some((other) => other !== row && other.needs.includes(row.logicalId)),
    );
    const next = free.length > 0 ? free : [...left];
    for (const row of next) left.delete(row);
    sorted.push(...next.toReversed());
  }
  return sorted;
}
