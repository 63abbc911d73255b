import type { Json } from '../../model/json.ts';
import { getAttParts, subArguments } from './functions.ts';
import { subParts } from './sub.ts';
import { invalid, isObject, type ResourceDeclaration, type Template } from './template.ts';

const pseudoParameters: ReadonlySet<string> = new Set([
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::NoValue',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

interface Reference {
  readonly name: string;
  readonly by: 'Ref' | 'Fn::GetAtt';
}

/** Every name that a value mentions, through Ref, Fn::GetAtt and Fn::Sub. */
function referencesOf(value: Json): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]): readonly Reference[] => {
    if (key === 'Ref' && typeof each === 'string') return [{ name: each, by: 'Ref' }];
    if (key === 'Fn::GetAtt') return [{ name: getAttParts(each)[0], by: 'Fn::GetAtt' }];
    if (key === 'Fn::Sub') return subReferences(each);
    return referencesOf(each);
  });
}

/** All references lead somewhere, and nothing depends on itself. */
export function checkReferences(template: Template): void {
  for (const declared of Object.values(template.resources)) {
    checkNames(template, declared.properties, 'Resources');
    const missing = declared.dependsOn.filter((name) => !Object.hasOwn(template.resources, name));
    if (missing.length > 0) throw unresolved(missing, 'Resources');
    checkCondition(template, declared.condition);
  }
  for (const output of Object.values(template.outputs)) {
    checkNames(template, [output.value, output.exportName ?? null], 'Outputs');
    checkCondition(template, output.condition);
  }
  inOrder(Object.values(template.resources));
}

/** What must be there before: explicitly, and by being mentioned. */
export function dependenciesOf(declared: ResourceDeclaration): readonly string[] {
  return [...new Set([...declared.dependsOn, ...referencesOf(declared.properties).map(({ name }) => name)])];
}

/** Dependencies first, else as the template has them. */
export function inOrder(resources: readonly ResourceDeclaration[]): readonly string[] {
  const waiting = new Map(resources.map((each) => [each.logicalId, dependenciesOf(each)]));
  const order: string[] = [];
  while (waiting.size > 0) {
    const before = waiting.size;
    for (const [logicalId, needs] of waiting) {
      if (needs.some((name) => waiting.has(name))) continue;
      order.push(logicalId);
      waiting.delete(logicalId);
    }
    if (waiting.size === before) {
      throw invalid(`Circular dependency between resources: [${circle(waiting).join(', ')}]`);
    }
  }
  return order;
}

/** Those that wait for each other, without what merely waits for them. */
function circle(waiting: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const names = new Set(waiting.keys());
  for (let size = -1; size !== names.size; ) {
    size = names.size;
    for (const name of names) {
      const needed = [...names].some((other) => waiting.get(other)?.includes(name));
      if (!needed) names.delete(name);
    }
  }
  return [...names];
}

function subReferences(argument: Json): readonly Reference[] {
  const [template, variables = {}] = subArguments(argument);
  const own = referencesOf(variables);
  const named = subParts(template).flatMap((part): readonly Reference[] => {
    if ('text' in part || part.name in variables) return [];
    const [name = '', attribute] = part.name.split('.', 2);
    return [{ name, by: attribute === undefined ? 'Ref' : 'Fn::GetAtt' }];
  });
  return [...own, ...named];
}

function checkNames(template: Template, value: Json, where: string): void {
  const references = referencesOf(value);
  const isResource = (name: string) => Object.hasOwn(template.resources, name);
  const foreign = references.find(({ name, by }) => by === 'Fn::GetAtt' && !isResource(name));
  if (foreign !== undefined) {
    throw invalid(`Template error: instance of Fn::GetAtt references undefined resource ${foreign.name}`);
  }
  const missing = references
    .map(({ name }) => name)
    .filter((name) => !isResource(name) && !Object.hasOwn(template.parameters, name) && !pseudoParameters.has(name));
  if (missing.length > 0) throw unresolved([...new Set(missing)], where);
}

function checkCondition(template: Template, name: string | undefined): void {
  if (name !== undefined && !Object.hasOwn(template.conditions, name)) {
    throw invalid(
      `Template format error: Unrecognized condition ${name} in the Resources or Outputs block of the template`,
    );
  }
}

function unresolved(names: readonly string[], where: string): Error {
  return invalid(
    `Template format error: Unresolved resource dependencies [${names.join(', ')}] in the ${where} block of the template`,
  );
}
