import { evaluate } from '../../../aws/cloudformation/functions.ts';
import type { ResourceDeclaration } from '../../../aws/cloudformation/template.ts';
import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import { canonical, checkNames, modeOf, needsOf, newRow } from './change.ts';
import { finishForward } from './finish.ts';
import { resourceComesTo, type Step, stackComesTo } from './happen.ts';
import { beginRemoval, goOn, withoutJob } from './jobs.ts';
import { templateOf } from './read.ts';
import { masked, surroundings } from './surroundings.ts';
import { type Begun, type Job, type Resource, resources, type Stack, stacks } from './tables.ts';
import type { Outcome, Task } from './task.ts';
import { beginUndo } from './undo.ts';

/** The next resource that must be made or changed; what is as it should be is passed over. */
export function beginForward(step: Step, stack: Stack, job: Job): Task | undefined {
  const [head, ...rest] = job.queue;
  if (head === undefined) {
    finishForward(step, stack, job, (reason) => fail(step, stack, job, [], reason));
    return undefined;
  }
  const row = resources.get(step, `${stack.id}|${head}`);
  if (job.begun !== undefined && row !== undefined) return taskOf(stack, row, job.begun);
  const template = templateOf(stack.template);
  const declared = template.resources[head];
  if (declared === undefined) throw new Error(`the template of ${stack.id} has no ${head}`);
  const around = surroundings(step, stack, template);
  let properties: JsonObject;
  try {
    properties = evaluate(declared.properties, around) as JsonObject;
    checkNames(declared, properties);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const failed = resourceComesTo(
      step,
      stack,
      row ?? newRow(step, stack, declared, {}),
      failedStatus(row),
      error.message,
    );
    fail(step, stack, { ...job, touched: [...job.touched, head] }, [failed.logicalId]);
    return undefined;
  }
  const mode = modeOf(declared, properties, row);
  if (row !== undefined && mode === undefined) {
    const { deletionPolicy, updateReplacePolicy } = declared;
    const needs = needsOf(declared, stack);
    resources.put(step, `${stack.id}|${head}`, { ...row, deletionPolicy, updateReplacePolicy, needs });
    return beginForward(step, stack, { ...job, queue: rest });
  }
  const shown = shownOf(declared, masked(around, step, stack));
  const fresh = {
    ...newRow(step, stack, declared, properties),
    ...(canonical(shown) === canonical(properties) ? {} : { shown }),
  };
  return beginOne(step, stack, job, fresh, mode ?? 'create', row);
}

export function doneForward(step: Step, stack: Stack, job: Job, task: Task, outcome: Outcome): void {
  const { begun } = task;
  const [head = '', ...queue] = job.queue;
  const row = resources.get(step, `${stack.id}|${head}`) ?? task.row;
  const kind = begun.mode === 'create' ? 'CREATE' : 'UPDATE';
  const touched = [...job.touched, head];
  if (!outcome.ok) {
    const held: Resource = outcome.held === undefined ? row : { ...row, made: outcome.held };
    resourceComesTo(step, stack, held, `${kind}_FAILED`, outcome.reason);
    fail(step, stack, { ...job, touched }, [head]);
    return;
  }
  const made = outcome.made ?? row.made;
  let changed: Resource = made === undefined ? row : { ...row, made };
  const isNamed = begun.waiting === undefined || begun.waiting.unnamed === true;
  if (begun.mode !== 'update' && isNamed && made?.unnamed !== true) {
    changed = resourceComesTo(step, stack, changed, `${kind}_IN_PROGRESS`, 'Resource creation Initiated');
  }
  if (made?.waitMs !== undefined) {
    resources.put(step, `${stack.id}|${head}`, changed);
    goOn(step, stack, { ...job, begun: { ...begun, waiting: made } }, made.waitMs);
    return;
  }
  if (begun.mode === 'update' && made?.physicalId !== row.made?.physicalId) {
    const reason = 'Requested update required the provider to create a new physical resource';
    changed = resourceComesTo(step, stack, { ...changed, replaced: true }, 'UPDATE_IN_PROGRESS', reason);
  }
  resourceComesTo(step, stack, changed, `${kind}_COMPLETE`);
  const { begun: _, ...next } = job;
  goOn(step, stack, { ...next, queue, touched });
}

function beginOne(
  step: Step,
  stack: Stack,
  job: Job,
  fresh: Resource,
  mode: Begun['mode'],
  row: Resource | undefined,
): Task {
  const { previous: _, replaced: __, ...before } = row ?? fresh;
  const next: Resource =
    mode === 'create'
      ? fresh
      : mode === 'replace'
        ? { ...fresh, previous: before, replaced: true }
        : {
            ...fresh,
            suffix: before.suffix,
            ...(before.made === undefined ? {} : { made: before.made }),
            previous: before,
          };
  const begun: Begun = { mode, since: step.time, token: step.ids.uuid() };
  const reason =
    mode === 'replace'
      ? 'Requested update requires the creation of a new physical resource; hence creating one.'
      : undefined;
  const started = resourceComesTo(
    step,
    stack,
    next,
    mode === 'create' ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS',
    reason,
  );
  stacks.put(step, stack.id, { ...stack, job: { ...job, begun } });
  return taskOf(stack, started, begun);
}

function shownOf(declared: ResourceDeclaration, around: Parameters<typeof evaluate>[1]): JsonObject {
  try {
    return evaluate(declared.properties, around) as JsonObject;
  } catch (error) {
    // A function can make nothing of asterisks: then nothing is shown.
    if (error instanceof AwsError) return {};
    throw error;
  }
}

function taskOf(stack: Stack, row: Resource, begun: Begun): Task {
  const { previous } = row;
  const existing =
    previous?.made === undefined || row.replaced
      ? {}
      : { existing: { made: previous.made, properties: previous.properties } };
  return { stack, row, begun, properties: row.properties, ...existing };
}

function failedStatus(row: Resource | undefined): string {
  return row?.made === undefined ? 'CREATE_FAILED' : 'UPDATE_FAILED';
}

function fail(step: Step, stack: Stack, job: Job, failed: readonly string[], why?: string): void {
  const { begun: _, ...rest } = job;
  const ended: Job = { ...rest, failed };
  const verb = job.verb === 'CREATE' ? 'create' : 'update';
  const reason = why ?? `The following resource(s) failed to ${verb}: [${failed.join(', ')}].`;
  const left = withoutJob(stack);
  if (job.verb === 'UPDATE') {
    if (stack.disableRollback) stackComesTo(step, left, 'UPDATE_FAILED', reason);
    else beginUndo(step, stack, ended, reason);
  } else if (stack.onFailure === 'DO_NOTHING' || stack.disableRollback) {
    stackComesTo(step, left, 'CREATE_FAILED', reason);
  } else if (stack.onFailure === 'DELETE') {
    beginRemoval(step, stack, 'DELETE', `${reason} Delete requested by user.`);
  } else {
    beginRemoval(step, stack, 'ROLLBACK', `${reason} Rollback requested by user.`);
  }
}
