import { holds, type Surroundings } from '../../../aws/cloudformation/functions.ts';
import type { ParameterValue } from '../../../aws/cloudformation/parameters.ts';
import { invalid, type Template } from '../../../aws/cloudformation/template.ts';
import type { Json } from '../../../model/json.ts';
import type { ReadScope } from '../../operation.ts';
import { exported, type Recipe, resources } from './tables.ts';

export interface Standing extends Pick<Recipe, 'parameters' | 'notificationArns'> {
  readonly id: string;
  readonly name: string;
}

/** What a template's functions see: parameters, pseudo parameters, the stack's resources as far as they are made. */
export function surroundings(scope: ReadScope, stack: Standing, template: Template): Surroundings {
  const conditions = new Map<string, boolean>();
  const around: Surroundings = {
    region: scope.region,
    zones: (region) => ['a', 'b', 'c'].map((letter) => `${region}${letter}`),
    mapping: (name) => template.mappings[name],
    imported(name) {
      const row = exported.get(scope, name);
      if (row === undefined) throw invalid(`No export named ${name} found.`);
      return row.value;
    },
    condition(name) {
      const known = conditions.get(name);
      if (known !== undefined) return known;
      const declared = template.conditions[name];
      if (declared === undefined)
        throw invalid(
          `Template error: unresolved condition dependency ${name} in the Conditions block of the template`,
        );
      // Seen again while it is evaluated, it would depend on itself.
      conditions.set(name, false);
      const value = holds(declared, around);
      conditions.set(name, value);
      return value;
    },
    ref(name) {
      const parameter = stack.parameters[name];
      if (parameter !== undefined) return parameterOf(parameter);
      if (name.startsWith('AWS::')) return pseudo(name, scope, stack);
      const made = resources.get(scope, `${stack.id}|${name}`)?.made;
      if (made === undefined) throw unresolved(name);
      return made.ref ?? made.physicalId;
    },
    attribute(logicalId, name) {
      const row = resources.get(scope, `${stack.id}|${logicalId}`);
      if (row?.made === undefined) throw unresolved(logicalId);
      const value = row.made.attributes[name];
      if (value === undefined && isCustom(row.type)) {
        const bucket = `cloudformation-custom-resource-storage-${scope.region.replaceAll('-', '')}`;
        throw invalid(
          `CustomResource attribute error: Vendor response doesn't contain ${name} key in object ${stack.id}|${logicalId} in S3 bucket ${bucket}`,
        );
      }
      if (value === undefined) {
        throw invalid(`Template error: resource ${logicalId} does not support attribute type ${name} in Fn::GetAtt`);
      }
      return value;
    },
  };
  return around;
}

/** The same as everybody may see it: what is not to be echoed is asterisks. Conditions hold as they do. */
export function masked(around: Surroundings, scope: ReadScope, stack: Standing): Surroundings {
  return {
    ...around,
    ref: (name) => (stack.parameters[name]?.noEcho ? '****' : around.ref(name)),
    attribute(logicalId, name) {
      const isSecret = resources.get(scope, `${stack.id}|${logicalId}`)?.made?.noEcho === true;
      return isSecret ? '*****' : around.attribute(logicalId, name);
    },
  };
}

/** Logical ids of the resources whose condition holds. */
export function wanted(template: Template, around: Surroundings) {
  return Object.values(template.resources).filter(
    ({ condition }) => condition === undefined || around.condition(condition),
  );
}

function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

function parameterOf(parameter: ParameterValue): Json {
  const value = parameter.resolved ?? parameter.value;
  return parameter.list ? value.split(',').map((each) => each.trim()) : value;
}

function pseudo(name: string, scope: ReadScope, stack: Standing): Json | undefined {
  if (name === 'AWS::NoValue') return undefined;
  const values: Readonly<Record<string, Json>> = {
    'AWS::AccountId': scope.account,
    'AWS::NotificationARNs': stack.notificationArns,
    'AWS::Partition': 'aws',
    'AWS::Region': scope.region,
    'AWS::StackId': stack.id,
    'AWS::StackName': stack.name,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const value = values[name];
  if (value === undefined) throw unresolved(name);
  return value;
}

function unresolved(name: string): Error {
  return invalid(
    `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
  );
}
