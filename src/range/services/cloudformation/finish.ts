import { evaluate } from '../../../aws/cloudformation/functions.ts';
import { invalid, isObject, type Template } from '../../../aws/cloudformation/template.ts';
import { AwsError } from '../../../aws/error.ts';
import type { Json } from '../../../model/json.ts';
import { beginCleanup } from './cleanup.ts';
import { type Step, stackComesTo } from './happen.ts';
import { withoutJob } from './jobs.ts';
import { templateOf } from './read.ts';
import { surroundings, wanted } from './surroundings.ts';
import {
  exported,
  imports,
  type Job,
  type Resource,
  resources,
  resourcesOf,
  type Stack,
  type StackOutput,
} from './tables.ts';

/** All resources are as the template wants them: outputs, exports, then what is no longer needed. */
export function finishForward(step: Step, stack: Stack, job: Job, fail: (reason: string) => void): void {
  const template = templateOf(stack.template);
  let outputs: readonly StackOutput[];
  try {
    outputs = outputsOf(step, stack, template);
    checkExports(step, stack, outputs);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    fail(error.message);
    return;
  }
  publish(step, stack, outputs);
  rememberImports(step, stack, template);
  const finished: Stack = { ...stack, outputs };
  if (job.verb === 'CREATE') {
    stackComesTo(step, withoutJob(finished), 'CREATE_COMPLETE');
    return;
  }
  const changed = stackComesTo(step, finished, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  beginCleanup(step, changed, job, leftOver(step, changed, template));
}

function outputsOf(step: Step, stack: Stack, template: Template): readonly StackOutput[] {
  const around = surroundings(step, stack, template);
  return Object.values(template.outputs).flatMap((output) => {
    if (output.condition !== undefined && !around.condition(output.condition)) return [];
    const value = evaluate(output.value, around);
    if (value === undefined || typeof value === 'object') {
      throw invalid(`Template format error: The Value field of every Outputs member must evaluate to a String.`);
    }
    const exportName = output.exportName === undefined ? undefined : evaluate(output.exportName, around);
    return {
      key: output.key,
      value: String(value),
      ...(output.description === undefined ? {} : { description: output.description }),
      ...(exportName === undefined ? {} : { exportName: String(exportName) }),
    };
  });
}

function checkExports(step: Step, stack: Stack, outputs: readonly StackOutput[]): void {
  const names = new Set(outputs.map(({ exportName }) => exportName));
  for (const name of names) {
    const other = name === undefined ? undefined : exported.get(step, name)?.stackId;
    if (other !== undefined && other !== stack.id) {
      throw invalid(
        `Export with name ${name} is already exported by stack ${other.split('/')[1]}. Rename the export and try again.`,
      );
    }
  }
  for (const output of stack.outputs) {
    const user = output.exportName === undefined ? undefined : importersOf(step, output.exportName)[0];
    const same = outputs.some(({ exportName, value }) => exportName === output.exportName && value === output.value);
    if (user !== undefined && !same) {
      throw invalid(`Export ${output.exportName} cannot be updated as it is in use by ${user}`);
    }
  }
}

/** Names of the stacks that import. */
export function importersOf(step: Parameters<typeof imports.list>[0], name: string): readonly string[] {
  return [...imports.list(step, { prefix: `${name}|` })].map(([, stackName]) => stackName);
}

function publish(step: Step, stack: Stack, outputs: readonly StackOutput[]): void {
  withdraw(step, stack);
  for (const { exportName, value } of outputs) {
    if (exportName !== undefined) exported.put(step, exportName, { value, stackId: stack.id });
  }
}

export function withdraw(step: Step, stack: Stack): void {
  for (const { exportName } of stack.outputs) if (exportName !== undefined) exported.remove(step, exportName);
}

export function forgetImports(step: Step, stack: Stack): void {
  for (const [key] of [...imports.list(step)]) if (key.endsWith(`|${stack.id}`)) imports.remove(step, key);
}

function rememberImports(step: Step, stack: Stack, template: Template): void {
  forgetImports(step, stack);
  const around = surroundings(step, stack, template);
  const values: Json[] = wanted(template, around).map(({ properties }) => properties);
  for (const output of Object.values(template.outputs)) {
    if (output.condition === undefined || around.condition(output.condition)) values.push(output.value);
  }
  for (const name of values.flatMap(importArguments)) {
    const text = String(evaluate(name, around));
    imports.put(step, `${text}|${stack.id}`, stack.name);
  }
}

function importArguments(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(importArguments);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === 'Fn::ImportValue' ? [each] : importArguments(each)));
}

/** Physical resources that were replaced, and those that the template no longer has. */
function leftOver(step: Step, stack: Stack, template: Template): readonly Resource[] {
  const keep = new Set(wanted(template, surroundings(step, stack, template)).map(({ logicalId }) => logicalId));
  return resourcesOf(step, stack.id).flatMap((row) => {
    if (!keep.has(row.logicalId)) {
      resources.remove(step, `${stack.id}|${row.logicalId}`);
      return row.made === undefined ? [] : [row];
    }
    const { previous, replaced, ...rest } = row;
    resources.put(step, `${stack.id}|${row.logicalId}`, rest);
    // What was replaced goes by its own policy.
    return replaced && previous?.made !== undefined ? [{ ...previous, deletionPolicy: row.updateReplacePolicy }] : [];
  });
}
