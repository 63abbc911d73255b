import { evaluate } from '../../../aws/cloudformation/functions.ts';
import type { ResourceDeclaration } from '../../../aws/cloudformation/template.ts';
import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { ReadScope } from '../../operation.ts';
import { canonical } from './change.ts';
import { templateOf } from './read.ts';
import { liveOf } from './removal.ts';
import { typeOf } from './resources/index.ts';
import { surroundings, wanted } from './surroundings.ts';
import { type ChangeSet, changeSets, type Recipe, type Resource, type Stack } from './tables.ts';

/** By ARN, or by name and stack. */
export function changeSetOf(scope: ReadScope, nameOrId: string, stackName?: string): ChangeSet {
  const found = nameOrId.startsWith('arn:') ? changeSets.get(scope, nameOrId) : named(scope, nameOrId, stackName);
  if (found !== undefined) return found;
  throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, { status: 404 });
}

export function named(scope: ReadScope, name: string, stackName: string | undefined): ChangeSet | undefined {
  for (const [, row] of changeSets.list(scope)) {
    if (row.name === name && (row.stackName === stackName || row.stackId === stackName)) return row;
  }
  return undefined;
}

/** What executing it would do to each resource, in DescribeChangeSet's form. */
export function changesOf(scope: ReadScope, stack: Stack, recipe: Recipe): readonly JsonObject[] {
  const template = templateOf(recipe.template);
  const around = surroundings(scope, { ...stack, ...recipe }, template);
  const rows = new Map(liveOf(scope, stack).map((row) => [row.logicalId, row]));
  const changes: JsonObject[] = [];
  for (const declared of wanted(template, around)) {
    const row = rows.get(declared.logicalId);
    rows.delete(declared.logicalId);
    const change = row === undefined ? added(declared) : modified(declared, row, propertiesOf(declared, around));
    if (change !== undefined) changes.push({ Type: 'Resource', ResourceChange: change });
  }
  for (const row of rows.values()) {
    const { logicalId: LogicalResourceId, type: ResourceType, made, deletionPolicy } = row;
    const change = {
      PolicyAction: deletionPolicy === 'Retain' ? 'Retain' : 'Delete',
      Action: 'Remove',
      LogicalResourceId,
    };
    const PhysicalResourceId = made?.physicalId ?? '';
    changes.push({
      Type: 'Resource',
      ResourceChange: { ...change, PhysicalResourceId, ResourceType, Scope: [], Details: [] },
    });
  }
  return changes;
}

/** Undefined: a value is known only when another resource is made. */
function propertiesOf(declared: ResourceDeclaration, around: Parameters<typeof evaluate>[1]): JsonObject | undefined {
  try {
    return evaluate(declared.properties, around) as JsonObject;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

function added({ logicalId: LogicalResourceId, type: ResourceType }: ResourceDeclaration): JsonObject {
  return { Action: 'Add', LogicalResourceId, ResourceType, Scope: [], Details: [] };
}

function modified(declared: ResourceDeclaration, row: Resource, now: JsonObject | undefined): JsonObject | undefined {
  const type = typeOf(declared.type);
  const names = [...new Set([...Object.keys(declared.properties), ...Object.keys(row.properties)])];
  const changed =
    now === undefined ? names : names.filter((name) => canonical(now[name]) !== canonical(row.properties[name]));
  if (changed.length === 0 && row.type === declared.type) return undefined;
  const replaces = row.type !== declared.type || type.update === undefined;
  const certain = now === undefined ? 'Conditional' : 'True';
  const recreates = (name: string) => replaces || type.replacedBy?.includes(name) === true;
  return {
    Action: 'Modify',
    LogicalResourceId: row.logicalId,
    PhysicalResourceId: row.made?.physicalId ?? '',
    ResourceType: declared.type,
    Replacement: changed.some(recreates) || replaces ? certain : 'False',
    Scope: changed.includes('Tags') ? (changed.length > 1 ? ['Properties', 'Tags'] : ['Tags']) : ['Properties'],
    Details: changed.map((Name) => ({
      Target: {
        Attribute: Name === 'Tags' ? 'Tags' : 'Properties',
        Name,
        RequiresRecreation: recreates(Name) ? 'Always' : 'Never',
      },
      Evaluation: now === undefined ? 'Dynamic' : 'Static',
      ChangeSource: 'DirectModification',
    })),
  };
}
