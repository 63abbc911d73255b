import type { Call, ReadScope } from '../../operation.ts';
import { levelsMax, nameMax } from './limits.ts';
import { isPublic, publicParameters } from './public-parameters.ts';
import { opened } from './secret.ts';
import { type ParameterRow, type ParameterVersion, parameters, refuse } from './tables.ts';

/** A name, or an ARN, with a version after a colon. Labels are not built. */
export interface Selected {
  readonly name: string;
  readonly selector: string | undefined;
}

export function selected(text: string): Selected {
  const [, inArn] = /^arn:[^:]+:ssm:[^:]*:\d*:parameter(\/.+)$/.exec(text) ?? [];
  const [name = '', selector] = (inArn ?? text).split(':', 2);
  // The ARN of a name without a slash has one all the same.
  const plain = inArn !== undefined && name.lastIndexOf('/') === 0 ? name.slice(1) : name;
  return { name: plain, selector };
}

export function parameterOf(scope: ReadScope, name: string): ParameterRow | undefined {
  if (isPublic(name)) return publicParameters(scope).find((each) => each.name === name);
  return parameters.get(scope, name);
}

/** The version that a selector names, else the newest. */
export function versionOf(row: ParameterRow, selector: string | undefined): ParameterVersion | undefined {
  if (selector === undefined) return row.versions.at(-1);
  return row.versions.find(({ number }) => String(number) === selector);
}

export function arnOf(name: string, { region, account }: Pick<Call, 'region' | 'account'>): string {
  const owner = isPublic(name) ? '' : account;
  return `arn:aws:ssm:${region}:${owner}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
}

interface Asked {
  readonly selector?: string | undefined;
  readonly WithDecryption?: boolean | undefined;
}

/** Without a wish to decrypt it a SecureString is given as it is kept. */
export function shownValue(row: ParameterRow, value: string, scope: ReadScope, { WithDecryption }: Asked): string {
  return row.type === 'SecureString' && WithDecryption === true ? opened(value, scope) : value;
}

export function rendered(row: ParameterRow, version: ParameterVersion, call: Call, asked: Asked) {
  const { selector } = asked;
  return {
    Name: row.name,
    Type: row.type,
    Value: shownValue(row, version.value, call, asked),
    Version: version.number,
    ...(selector === undefined ? {} : { Selector: `:${selector}` }),
    LastModifiedDate: new Date(version.at),
    ARN: arnOf(row.name, call),
    DataType: row.dataType,
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
export function checkName(name: string): void {
  if (name.length > nameMax || !/^[A-Za-z0-9_.\-/]+$/.test(name) || (name.includes('/') && !name.startsWith('/'))) {
    throw refuse(
      'ValidationException',
      'Parameter name must be a fully qualified name, with letters, digits and the symbols _ . - / only.',
    );
  }
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw refuse(
      'ValidationException',
      'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
    );
  }
  if (name.split('/').length - 1 > levelsMax) {
    throw refuse(
      'HierarchyLevelLimitExceededException',
      `The hierarchy can have a maximum of ${levelsMax} levels. Hierarchy depth exceeded for parameter ${name}.`,
    );
  }
}
