import { RE2JS } from 're2js';
import type { JsonObject } from '../../model/json.ts';
import { invalid, notBuilt, type Template } from './template.ts';

export interface GivenParameter {
  readonly value?: string;
  readonly usePrevious?: boolean;
}

export interface ParameterValue {
  /** As it was given; the name of the parameter where it is one of Systems Manager. */
  readonly value: string;
  /** What Systems Manager had under this name. */
  readonly resolved?: string;
  readonly list: boolean;
  readonly noEcho: boolean;
}

const ssmType = /^AWS::SSM::Parameter::Value<(.+)>$/;

/** Values for all of a template's parameters: those given, those of before, the defaults. */
export function parameterValues(
  template: Template,
  given: Readonly<Record<string, GivenParameter>>,
  previous: Readonly<Record<string, ParameterValue>> = {},
): Readonly<Record<string, ParameterValue>> {
  const foreign = Object.keys(given).filter((name) => template.parameters[name] === undefined);
  if (foreign.length > 0) throw invalid(`Parameters: [${foreign.join(', ')}] do not exist in the template`);
  const values: Record<string, ParameterValue> = {};
  const missing: string[] = [];
  for (const [name, declared] of Object.entries(template.parameters)) {
    const wanted = given[name];
    const value = wanted?.usePrevious ? previous[name]?.value : (wanted?.value ?? defaultOf(declared));
    if (value === undefined) {
      missing.push(name);
      continue;
    }
    check(name, declared, value);
    const type = typeOf(name, declared);
    values[name] = {
      value,
      list: isList(ssmType.exec(type)?.[1] ?? type),
      noEcho: String(declared['NoEcho']) === 'true',
    };
  }
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  return values;
}

/** Names that must be looked up in Systems Manager, by parameter. */
export function ssmNames(
  template: Template,
  values: Readonly<Record<string, ParameterValue>>,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [name, declared] of Object.entries(template.parameters)) {
    const value = values[name];
    if (value !== undefined && ssmType.test(typeOf(name, declared))) names.set(name, value.value);
  }
  return names;
}

export function defaultOf(declared: JsonObject): string | undefined {
  const value = declared['Default'];
  return value === undefined || value === null ? undefined : String(value);
}

function typeOf(name: string, declared: JsonObject): string {
  const type = declared['Type'];
  if (typeof type !== 'string') {
    throw invalid(`Template format error: Every Parameters object must contain a Type member (${name}).`);
  }
  return type;
}

function isList(type: string): boolean {
  return type === 'CommaDelimitedList' || type.startsWith('List<');
}

function check(name: string, declared: JsonObject, value: string): void {
  const type = typeOf(name, declared);
  if (!/^(String|Number|CommaDelimitedList|List<.+>|AWS::.+)$/.test(type)) {
    throw invalid(`Template format error: Unrecognized parameter type: ${type}`);
  }
  const items = isList(type) ? value.split(',').map((each) => each.trim()) : [value];
  for (const item of items) {
    if (type === 'Number' || type === 'List<Number>') checkNumber(name, declared, item);
    else checkLength(name, declared, item);
    const allowed = declared['AllowedValues'];
    if (Array.isArray(allowed) && !allowed.some((each) => String(each) === item)) {
      throw invalid(described(declared, name) ?? `Parameter '${name}' must be one of AllowedValues`);
    }
    checkPattern(name, declared, item);
  }
}

function checkPattern(name: string, declared: JsonObject, value: string): void {
  const pattern = declared['AllowedPattern'];
  if (typeof pattern !== 'string') return;
  let matches: boolean;
  try {
    matches = RE2JS.compile(pattern).matches(value);
  } catch {
    throw notBuilt(`The pattern ${JSON.stringify(pattern)} of the parameter ${name} (look-around and back references)`);
  }
  if (!matches) throw invalid(described(declared, name) ?? `Parameter '${name}' must match pattern ${pattern}`);
}

function checkNumber(name: string, declared: JsonObject, value: string): void {
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number)) throw invalid(`Parameter '${name}' must be a number`);
  const { MinValue: least, MaxValue: most } = declared;
  if (least !== undefined && number < Number(least)) {
    throw invalid(described(declared, name) ?? `Parameter '${name}' must be a number not less than ${String(least)}`);
  }
  if (most !== undefined && number > Number(most)) {
    throw invalid(described(declared, name) ?? `Parameter '${name}' must be a number not greater than ${String(most)}`);
  }
}

function checkLength(name: string, declared: JsonObject, value: string): void {
  const { MinLength: least, MaxLength: most } = declared;
  if (least !== undefined && value.length < Number(least)) {
    throw invalid(described(declared, name) ?? `Parameter '${name}' must contain at least ${String(least)} characters`);
  }
  if (most !== undefined && value.length > Number(most)) {
    throw invalid(described(declared, name) ?? `Parameter '${name}' must contain at most ${String(most)} characters`);
  }
}

function described(declared: JsonObject, name: string): string | undefined {
  const text = declared['ConstraintDescription'];
  return typeof text === 'string' ? `Parameter '${name}' failed to satisfy constraint: ${text}` : undefined;
}
