import { dependenciesOf } from '../../../aws/cloudformation/dependencies.ts';
import type { ResourceDeclaration } from '../../../aws/cloudformation/template.ts';
import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Step } from './happen.ts';
import { templateOf } from './read.ts';
import { typeOf } from './resources/index.ts';
import type { Begun, Resource, Stack } from './tables.ts';

export function newRow(step: Step, stack: Stack, declared: ResourceDeclaration, properties: JsonObject): Resource {
  return {
    stackId: stack.id,
    logicalId: declared.logicalId,
    type: declared.type,
    status: '',
    updatedAt: step.time,
    suffix: step.ids.base32(12),
    properties,
    deletionPolicy: declared.deletionPolicy,
    updateReplacePolicy: declared.updateReplacePolicy,
    needs: needsOf(declared, stack),
  };
}

export function needsOf(declared: ResourceDeclaration, stack: Stack): readonly string[] {
  const all = templateOf(stack.template).resources;
  return dependenciesOf(declared).filter((name) => all[name] !== undefined);
}

/** What must be done to have it so. Undefined: it is as it should be. */
export function modeOf(
  declared: ResourceDeclaration,
  properties: JsonObject,
  row: Resource | undefined,
): Begun['mode'] | undefined {
  if (row?.made === undefined) return 'create';
  if (row.type !== declared.type) return 'replace';
  const names = [...new Set([...Object.keys(properties), ...Object.keys(row.properties)])];
  const changed = names.filter((name) => canonical(properties[name]) !== canonical(row.properties[name]));
  if (changed.length === 0) return undefined;
  const type = typeOf(declared.type);
  const replaces = type.update === undefined || changed.some((name) => type.replacedBy?.includes(name));
  if (!replaces) return 'update';
  if (type.named !== undefined && properties[type.named] !== undefined && !changed.includes(type.named)) {
    throw new AwsError(
      'ValidationError',
      `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${String(properties[type.named])} and update the stack again.`,
      { status: 400 },
    );
  }
  return 'replace';
}

/** The same whatever the order of keys. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'object' && each !== null && !Array.isArray(each)
        ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
        : each,
    ) ?? ''
  );
}

export function checkNames(declared: ResourceDeclaration, properties: JsonObject): void {
  const known = typeOf(declared.type).properties;
  const unknown = known.includes('*') ? undefined : Object.keys(properties).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new AwsError(
    'NotImplemented',
    `The property ${unknown} of ${declared.type} is not built in this range yet (or AWS has none of this name).`,
    { status: 501 },
  );
}
