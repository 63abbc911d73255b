import { invalid } from '../../../aws/cloudformation/template.ts';
import { AwsError } from '../../../aws/error.ts';
import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { importersOf } from './finish.ts';
import { type Step, stackComesTo } from './happen.ts';
import { beginCreate, beginRemoval, beginUpdate, withoutJob } from './jobs.ts';
import { type RecipeInput, recipeOf, stackOf } from './request.ts';
import { type Recipe, type Stack, stackIds, stackNamed, stacks } from './tables.ts';
import { recipeTrail, seen } from './trail.ts';

interface CreateInput extends RecipeInput {
  readonly OnFailure?: Stack['onFailure'];
  readonly EnableTerminationProtection?: boolean;
  readonly StackPolicyBody?: string;
  readonly StackPolicyURL?: string;
  readonly RollbackConfiguration?: object;
  readonly TimeoutInMinutes?: number;
}

export const CreateStack = operation<CreateInput, object, Recipe>({
  trail: { ...recipeTrail, seen },
  prepare: (input, preparation) => recipeOf(input, preparation),
  handle(input, call, recipe) {
    refuseNotBuilt(input, ['StackPolicyBody', 'StackPolicyURL', 'RollbackConfiguration', 'TimeoutInMinutes']);
    if (input.OnFailure !== undefined && input.DisableRollback !== undefined) {
      throw invalid('You can specify either DisableRollback or OnFailure, but not both.');
    }
    const existing = stackNamed(call, input.StackName);
    if (existing !== undefined) {
      if (input.ClientRequestToken !== undefined && existing.clientRequestToken === input.ClientRequestToken) {
        return { StackId: existing.id };
      }
      throw new AwsError('AlreadyExistsException', `Stack [${input.StackName}] already exists`, { status: 400 });
    }
    const stack = newStack(input.StackName, call, recipe, input);
    beginCreate(stepOf(call), stack);
    return { StackId: stack.id };
  },
});

export const UpdateStack = operation<RecipeInput & { StackPolicyDuringUpdateBody?: string }, object, Recipe>({
  trail: { ...recipeTrail, seen },
  prepare(input, preparation) {
    const before = stackOf(preparation.call, input.StackName, `Stack [${input.StackName}] does not exist`);
    return recipeOf(input, preparation, before);
  },
  handle(input, call, recipe) {
    refuseNotBuilt(input, ['StackPolicyDuringUpdateBody', 'StackPolicyDuringUpdateURL', 'RollbackConfiguration']);
    const stack = stackOf(call, input.StackName, `Stack [${input.StackName}] does not exist`);
    const token = input.ClientRequestToken;
    if (token !== undefined && stack.clientRequestToken === token) return { StackId: stack.id };
    checkUpdatable(stack);
    if (sameRecipe(stack, recipe)) throw invalid('No updates are to be performed.');
    beginUpdate(stepOf(call), stack, recipe, {
      caller: call.caller,
      endpoint: call.endpoint,
      ...(token === undefined ? {} : { clientRequestToken: token }),
      disableRollback: input.DisableRollback ?? false,
      ...(input.RoleARN === undefined ? {} : { roleArn: input.RoleARN }),
    });
    return { StackId: stack.id };
  },
});

interface DeleteInput {
  readonly StackName: string;
  readonly RetainResources?: readonly string[];
  readonly RoleARN?: string;
  readonly ClientRequestToken?: string;
  readonly DeletionMode?: string;
}

/** A stack that is not there is no error. */
export const DeleteStack = operation<DeleteInput>({
  trail: { seen },
  handle(input, call) {
    refuseNotBuilt(input, ['DeletionMode']);
    const stack = stackNamed(call, input.StackName);
    if (stack === undefined || stack.deletedAt !== undefined || stack.status === 'DELETE_IN_PROGRESS') return {};
    if (stack.terminationProtection) {
      throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
    }
    if (input.RetainResources?.length && stack.status !== 'DELETE_FAILED') {
      throw invalid(
        `Invalid operation on stack ${stack.id}: RetainResources may be given only for a stack in the DELETE_FAILED state`,
      );
    }
    const asked: Stack = {
      ...withoutJob(stack),
      caller: call.caller,
      ...(input.RoleARN === undefined ? {} : { roleArn: input.RoleARN }),
      ...(input.ClientRequestToken === undefined ? {} : { clientRequestToken: input.ClientRequestToken }),
    };
    const step = stepOf(call);
    const used = stack.outputs.find(
      ({ exportName }) => exportName !== undefined && importersOf(call, exportName).length,
    );
    if (used?.exportName !== undefined) {
      const by = importersOf(call, used.exportName).join(', ');
      const reason = `Delete canceled. Cannot delete export ${used.exportName} as it is in use by ${by}.`;
      stackComesTo(step, asked, stack.status, reason);
      return {};
    }
    beginRemoval(step, asked, 'DELETE', 'User Initiated', input.RetainResources);
    return {};
  },
});

export const UpdateTerminationProtection = operation<{ StackName: string; EnableTerminationProtection: boolean }>({
  handle(input, call) {
    const stack = stackOf(call, input.StackName);
    stacks.put(call, stack.id, { ...stack, terminationProtection: input.EnableTerminationProtection });
    return { StackId: stack.id };
  },
});

export function newStack(
  name: string,
  call: Call,
  recipe: Recipe,
  input: Pick<
    CreateInput,
    'OnFailure' | 'DisableRollback' | 'EnableTerminationProtection' | 'RoleARN' | 'ClientRequestToken'
  >,
): Stack {
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) {
    throw invalid(
      `1 validation error detected: Value '${name}' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*`,
    );
  }
  const id = `arn:aws:cloudformation:${call.region}:${call.account}:stack/${name}/${call.ids.uuid()}`;
  stackIds.put(call, name, id);
  return {
    ...recipe,
    id,
    name,
    status: 'CREATE_IN_PROGRESS',
    createdAt: call.time,
    disableRollback: input.DisableRollback ?? false,
    onFailure: input.OnFailure ?? 'ROLLBACK',
    terminationProtection: input.EnableTerminationProtection ?? false,
    outputs: [],
    caller: call.caller,
    endpoint: call.endpoint,
    serial: 0,
    ...(input.RoleARN === undefined ? {} : { roleArn: input.RoleARN }),
    ...(input.ClientRequestToken === undefined ? {} : { clientRequestToken: input.ClientRequestToken }),
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
export function checkUpdatable(stack: Stack): void {
  const able = /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE|IMPORT_COMPLETE|(CREATE|UPDATE)_FAILED)$/;
  if (able.test(stack.status)) return;
  throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

export function sameRecipe(stack: Stack, recipe: Recipe): boolean {
  const of = ({ template, parameters, tags, notificationArns }: Recipe) =>
    JSON.stringify([template, parameters, tags, notificationArns]);
  return of(stack) === of(recipe) && !stack.status.endsWith('_FAILED');
}

export function stepOf(call: Call): Step {
  const { tx, account, region, time, ids } = call;
  return { tx, account, region, time, ids, later: (topic, payload, at) => call.later(topic, payload, at) };
}

export function refuseNotBuilt(input: object, names: readonly string[]): void {
  const name = names.find((each) => (input as Readonly<Record<string, unknown>>)[each] !== undefined);
  if (name === undefined) return;
  throw new AwsError('NotImplemented', `The parameter ${name} is not built in this range yet.`, { status: 501 });
}
