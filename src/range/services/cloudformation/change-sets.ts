import { invalid } from '../../../aws/cloudformation/template.ts';
import { AwsError } from '../../../aws/error.ts';
import { operation } from '../../operation.ts';
import { changeSetOf, changesOf, named } from './change-set.ts';
import { stackComesTo } from './happen.ts';
import { beginCreate, beginUpdate } from './jobs.ts';
import { type RecipeInput, recipeOf, stackOf } from './request.ts';
import { checkUpdatable, newStack, refuseNotBuilt, sameRecipe, stepOf } from './stacks.ts';
import { type ChangeSet, changeSets, type Recipe, type Stack, stackNamed, stacks } from './tables.ts';
import { recipeTrail } from './trail.ts';

interface CreateInput extends RecipeInput {
  readonly ChangeSetName: string;
  readonly ChangeSetType?: string;
  readonly Description?: string;
  readonly ClientToken?: string;
  readonly OnStackFailure?: Stack['onFailure'];
}

/** A change set that creates makes a stack to review first. */
export const CreateChangeSet = operation<CreateInput, object, Recipe>({
  trail: recipeTrail,
  prepare(input, preparation) {
    const before = stackNamed(preparation.call, input.StackName);
    return recipeOf(input, preparation, before);
  },
  handle(input, call, recipe) {
    refuseNotBuilt(input, [
      'ResourcesToImport',
      'ImportExistingResources',
      'IncludeNestedStacks',
      'RollbackConfiguration',
    ]);
    const type = input.ChangeSetType ?? 'UPDATE';
    if (type !== 'CREATE' && type !== 'UPDATE')
      throw invalid(`The change set type ${type} is not built in this range yet.`);
    const stack = subject(input, call, type, recipe);
    if (named(call, input.ChangeSetName, stack.name) !== undefined) {
      throw new AwsError(
        'AlreadyExistsException',
        `ChangeSet ${input.ChangeSetName} already exists for stack ${stack.name}`,
        { status: 400 },
      );
    }
    const changes = changesOf(call, stack, recipe);
    const empty = type === 'UPDATE' && changes.length === 0 && sameRecipe(stack, recipe);
    const id = `arn:aws:cloudformation:${call.region}:${call.account}:changeSet/${input.ChangeSetName}/${call.ids.uuid()}`;
    changeSets.put(call, id, {
      id,
      name: input.ChangeSetName,
      stackId: stack.id,
      stackName: stack.name,
      type,
      status: empty ? 'FAILED' : 'CREATE_COMPLETE',
      ...(empty ? { statusReason: noChanges } : {}),
      executionStatus: empty ? 'UNAVAILABLE' : 'AVAILABLE',
      createdAt: call.time,
      recipe,
      changes,
      ...(input.Description === undefined ? {} : { description: input.Description }),
      ...(input.RoleARN === undefined ? {} : { roleArn: input.RoleARN }),
      ...(input.OnStackFailure === undefined ? {} : { onFailure: input.OnStackFailure }),
    });
    return { Id: id, StackId: stack.id };
  },
});

const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

interface Named {
  readonly ChangeSetName: string;
  readonly StackName?: string;
}

export const DescribeChangeSet = operation<Named>({
  handle(input, call) {
    const row = changeSetOf(call, input.ChangeSetName, input.StackName);
    const { recipe } = row;
    return {
      ...summaryOf(row),
      Parameters: Object.entries(recipe.parameters).map(([ParameterKey, { value, noEcho }]) => ({
        ParameterKey,
        ParameterValue: noEcho ? '****' : value,
      })),
      NotificationARNs: recipe.notificationArns,
      RollbackConfiguration: {},
      Capabilities: recipe.capabilities,
      Tags: Object.entries(recipe.tags).map(([Key, Value]) => ({ Key, Value })),
      Changes: row.changes,
    };
  },
});

export const ListChangeSets = operation<{ StackName: string }>({
  handle(input, call) {
    const stack = stackOf(call, input.StackName, `Stack [${input.StackName}] does not exist`);
    const rows = [...changeSets.list(call)].map(([, row]) => row).filter(({ stackId }) => stackId === stack.id);
    return { Summaries: rows.map(summaryOf) };
  },
});

export const ExecuteChangeSet = operation<Named & { ClientRequestToken?: string; DisableRollback?: boolean }>({
  handle(input, call) {
    const row = changeSetOf(call, input.ChangeSetName, input.StackName);
    const stack = stackOf(call, row.stackId);
    if (row.executionStatus !== 'AVAILABLE') {
      throw new AwsError(
        'InvalidChangeSetStatus',
        `ChangeSet [${row.id}] cannot be executed in its current status of [${row.status}]`,
        { status: 400 },
      );
    }
    const more = {
      caller: call.caller,
      endpoint: call.endpoint,
      disableRollback: input.DisableRollback ?? false,
      ...(row.onFailure === undefined ? {} : { onFailure: row.onFailure }),
      ...(row.roleArn === undefined ? {} : { roleArn: row.roleArn }),
      ...(input.ClientRequestToken === undefined ? {} : { clientRequestToken: input.ClientRequestToken }),
    };
    if (row.type === 'CREATE') beginCreate(stepOf(call), { ...stack, ...row.recipe, ...more });
    else {
      checkUpdatable(stack);
      beginUpdate(stepOf(call), stack, row.recipe, more);
    }
    // What else was planned for the stack no longer fits it.
    for (const [id, { stackId }] of [...changeSets.list(call)]) if (stackId === stack.id) changeSets.remove(call, id);
    changeSets.put(call, row.id, { ...row, executionStatus: 'EXECUTE_COMPLETE' });
    return {};
  },
});

export const DeleteChangeSet = operation<Named>({
  handle(input, call) {
    changeSets.remove(call, changeSetOf(call, input.ChangeSetName, input.StackName).id);
    return {};
  },
});

function subject(input: CreateInput, call: Parameters<typeof newStack>[1], type: string, recipe: Recipe): Stack {
  const existing = stackNamed(call, input.StackName);
  if (type === 'UPDATE') {
    const stack = stackOf(call, input.StackName, `Stack [${input.StackName}] does not exist`);
    checkUpdatable(stack);
    return stack;
  }
  if (existing !== undefined && existing.status !== 'REVIEW_IN_PROGRESS') {
    throw invalid(
      `Stack [${input.StackName}] already exists and cannot be created again with the changeSet [${input.ChangeSetName}].`,
    );
  }
  if (existing !== undefined) return existing;
  const stack = newStack(input.StackName, call, recipe, {
    ...(input.RoleARN === undefined ? {} : { RoleARN: input.RoleARN }),
  });
  const reviewed = stackComesTo(stepOf(call), stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  stacks.put(call, stack.id, reviewed);
  return reviewed;
}

function summaryOf(row: ChangeSet) {
  return {
    ChangeSetName: row.name,
    ChangeSetId: row.id,
    StackId: row.stackId,
    StackName: row.stackName,
    ...(row.description === undefined ? {} : { Description: row.description }),
    CreationTime: new Date(row.createdAt),
    ExecutionStatus: row.executionStatus,
    Status: row.status,
    ...(row.statusReason === undefined ? {} : { StatusReason: row.statusReason }),
    IncludeNestedStacks: false,
  };
}
