import { forgetAnswers } from '../../indexes.ts';
import type { Consumer } from '../../operation.ts';
import { beginTrash, doneTrash } from './cleanup.ts';
import { answersOf } from './context.ts';
import { beginForward, doneForward } from './forward.ts';
import type { Step } from './happen.ts';
import type { Turn } from './jobs.ts';
import { beginRemove, doneRemove } from './removal.ts';
import { type Job, putResource, resources, type Stack, stacks } from './tables.ts';
import { attempt, type Outcome, type Task } from './task.ts';
import { beginBack, doneBack } from './undo.ts';

interface Phase {
  begin(step: Step, stack: Stack, job: Job): Task | undefined;
  done(step: Step, stack: Stack, job: Job, task: Task, outcome: Outcome): void;
}

const phases: Readonly<Record<Job['phase'], Phase>> = {
  forward: { begin: beginForward, done: doneForward },
  undo: { begin: beginBack, done: doneBack },
  cleanup: { begin: beginTrash, done: doneTrash },
  remove: { begin: beginRemove, done: doneRemove },
};

/** One step of a stack: what is next is begun in state, done by calls, and its outcome kept with the next step. */
export const turn: Consumer<Turn> = {
  topic: 'cloudformation.step',
  async handle({ stackId, serial }, work) {
    const begun = await work.commit(
      (scope) => {
        const stack = stacks.get(scope, stackId);
        if (stack?.job === undefined || stack.serial !== serial) {
          forgetAnswers(scope.tx, answersOf({ id: stackId, serial }));
          return undefined;
        }
        return phases[stack.job.phase].begin({ ...scope, time: work.now() }, stack, stack.job);
      },
      { keep: true },
    );
    if (begun === undefined) return;
    const outcome = await attempt(begun, work);
    await work.commit((scope) => {
      const step: Step = { ...scope, time: work.now() };
      forgetAnswers(step.tx, answersOf({ id: stackId, serial }));
      const stack = stacks.get(step, stackId);
      if (stack?.job === undefined || stack.serial !== serial) return keep(step, begun, outcome);
      phases[stack.job.phase].done(step, stack, stack.job, begun, outcome);
    });
  },
};

/** Another job has begun meanwhile (the stack is being deleted): it must know what was made. */
function keep(step: Step, task: Task, outcome: Outcome): void {
  const made = outcome.ok ? outcome.made : outcome.held;
  const row = resources.get(step, `${task.stack.id}|${task.row.logicalId}`);
  if (made !== undefined && row !== undefined) putResource(step, { ...row, made });
}
