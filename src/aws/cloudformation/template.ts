import type { Json, JsonObject } from '../../model/json.ts';
import { AwsError } from '../error.ts';
import { depthMax, mappingsMax, outputsMax, parametersMax, resourcesMax } from './limits.ts';

export type RemovalPolicy = 'Delete' | 'Retain' | 'Snapshot' | 'RetainExceptOnCreate';

export interface ResourceDeclaration {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly condition?: string;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: RemovalPolicy;
  readonly updateReplacePolicy: RemovalPolicy;
  readonly metadata?: Json;
}

export interface OutputDeclaration {
  readonly key: string;
  readonly value: Json;
  readonly description?: string;
  readonly exportName?: Json;
  readonly condition?: string;
}

/** A template whose structure is known to be right. What is inside its values is not evaluated yet. */
export interface Template {
  readonly description?: string;
  readonly metadata?: Json;
  readonly parameters: Readonly<Record<string, JsonObject>>;
  readonly mappings: Readonly<Record<string, JsonObject>>;
  readonly conditions: Readonly<Record<string, Json>>;
  readonly resources: Readonly<Record<string, ResourceDeclaration>>;
  readonly outputs: Readonly<Record<string, OutputDeclaration>>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html */
const sections: ReadonlySet<string> = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
]);
const sectionsNotBuilt: ReadonlySet<string> = new Set(['Transform', 'Rules', 'Hooks']);
const resourceKeys: ReadonlySet<string> = new Set([
  'Type',
  'Properties',
  'Condition',
  'DependsOn',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'UpdatePolicy',
  'Metadata',
]);
const policies: ReadonlySet<string> = new Set(['Delete', 'Retain', 'Snapshot', 'RetainExceptOnCreate']);

/** Reads what the YAML or JSON came to. The texts are those that AWS answers, observed where it documents none. */
export function readTemplate(value: Json): Template {
  if (!isObject(value)) throw invalid('Template format error: unsupported structure.');
  checkDepth(value, 0);
  checkSections(value);
  const resources = section(value, 'Resources', resourcesMax);
  if (Object.keys(resources).length === 0) {
    throw invalid('Template format error: At least one Resources member must be defined.');
  }
  const description = value['Description'];
  if (description !== undefined && typeof description !== 'string') {
    throw invalid('Template format error: Template Description must be a string.');
  }
  return {
    ...(description === undefined ? {} : { description }),
    ...(value['Metadata'] === undefined ? {} : { metadata: value['Metadata'] }),
    parameters: objects(section(value, 'Parameters', parametersMax), 'Parameters'),
    mappings: objects(section(value, 'Mappings', mappingsMax), 'Mappings'),
    conditions: section(value, 'Conditions', Number.POSITIVE_INFINITY),
    resources: mapped(resources, resource),
    outputs: mapped(section(value, 'Outputs', outputsMax), output),
  };
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message, { status: 400 });
}

export function notBuilt(what: string): AwsError {
  return new AwsError('NotImplemented', `${what} is not built in this range yet.`, { status: 501 });
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkSections(template: JsonObject): void {
  const names = Object.keys(template);
  const later = names.find((name) => sectionsNotBuilt.has(name));
  if (later !== undefined) throw notBuilt(`The template section ${later}`);
  const unknown = names.filter((name) => !sections.has(name));
  if (unknown.length > 0) throw invalid(`Invalid template property or properties [${unknown.join(', ')}]`);
  const version = template['AWSTemplateFormatVersion'];
  if (version !== undefined && version !== '2010-09-09') {
    throw invalid(`Template format error: ${String(version)} is not a supported value for AWSTemplateFormatVersion.`);
  }
}

function checkDepth(value: Json, depth: number): void {
  if (depth > depthMax) throw invalid(`Template format error: values are nested more than ${depthMax} deep.`);
  if (typeof value !== 'object' || value === null) return;
  for (const each of Object.values(value)) checkDepth(each, depth + 1);
}

function section(template: JsonObject, name: string, most: number): JsonObject {
  const value = template[name];
  if (value === undefined) return {};
  if (!isObject(value)) throw invalid(`Template format error: ${name} must be an object.`);
  const count = Object.keys(value).length;
  if (count > most) {
    throw invalid(
      `Template format error: Number of ${name.toLowerCase()}, ${count}, is greater than maximum allowed, ${most}`,
    );
  }
  for (const key of Object.keys(value)) {
    if (!/^[a-zA-Z0-9]+$/.test(key) && name !== 'Mappings' && name !== 'Conditions') {
      throw invalid(`Template format error: ${name} name ${key} is non alphanumeric.`);
    }
  }
  return value;
}

function objects(values: JsonObject, name: string): Readonly<Record<string, JsonObject>> {
  for (const [key, value] of Object.entries(values)) {
    if (!isObject(value)) throw invalid(`Template format error: Every ${name} member must be an object: ${key}.`);
  }
  return values as Readonly<Record<string, JsonObject>>;
}

function mapped<T>(values: JsonObject, read: (key: string, value: Json) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, read(key, value)]));
}

function resource(logicalId: string, value: Json): ResourceDeclaration {
  if (!isObject(value)) {
    throw invalid(`Template format error: Every Resources member must be an object: ${logicalId}.`);
  }
  const { Type: type, Properties: properties = {}, Condition: condition, DependsOn: after = [] } = value;
  if (typeof type !== 'string') {
    throw invalid(
      `Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`,
    );
  }
  if (value['CreationPolicy'] !== undefined) throw notBuilt(`CreationPolicy (of the resource ${logicalId})`);
  const unknown = Object.keys(value).find((key) => !resourceKeys.has(key));
  if (unknown !== undefined) throw invalid(`Invalid template resource property '${unknown}'`);
  if (!isObject(properties)) {
    throw invalid(`Template format error: [/Resources/${logicalId}/Properties] Properties must be an object.`);
  }
  if (condition !== undefined && typeof condition !== 'string') {
    throw invalid(`Template format error: Every Condition member must be a string.`);
  }
  const dependsOn = Array.isArray(after) ? after : [after];
  if (!dependsOn.every((each): each is string => typeof each === 'string')) {
    throw invalid('Template format error: Every DependsOn value must be a string.');
  }
  return {
    logicalId,
    type,
    properties,
    dependsOn,
    ...(condition === undefined ? {} : { condition }),
    deletionPolicy: policy(value, 'DeletionPolicy', logicalId),
    updateReplacePolicy: policy(value, 'UpdateReplacePolicy', logicalId),
    ...(value['Metadata'] === undefined ? {} : { metadata: value['Metadata'] }),
  };
}

function policy(resource: JsonObject, name: string, logicalId: string): RemovalPolicy {
  const value = resource[name] ?? 'Delete';
  if (typeof value === 'string' && policies.has(value)) return value as RemovalPolicy;
  throw invalid(`Template format error: Unrecognized ${name} ${JSON.stringify(value)} for resource ${logicalId}`);
}

function output(key: string, value: Json): OutputDeclaration {
  if (!isObject(value) || value['Value'] === undefined) {
    throw invalid(`Template format error: Every Outputs member must contain a Value object`);
  }
  const { Value, Description: description, Export: exported, Condition: condition } = value;
  if (exported !== undefined && (!isObject(exported) || exported['Name'] === undefined)) {
    throw invalid(`Template format error: Output ${key} is malformed: Export must contain a Name.`);
  }
  return {
    key,
    value: Value as Json,
    ...(typeof description === 'string' ? { description } : {}),
    ...(isObject(exported) ? { exportName: exported['Name'] as Json } : {}),
    ...(typeof condition === 'string' ? { condition } : {}),
  };
}
