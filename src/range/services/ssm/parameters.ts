import { RE2JS } from 're2js';
import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { pageMax, parametersMax, pathPageMax, valueBytesMax, versionsMax } from './limits.ts';
import { arnOf, checkName, parameterOf, rendered, selected, shownValue, versionOf } from './parameter.ts';
import { isPublic, publicParameters } from './public-parameters.ts';
import { checkKey, defaultKey, sealed } from './secret.ts';
import { notBuilt, type ParameterRow, page, parameters, refuse } from './tables.ts';

interface Filter {
  readonly Key: string;
  readonly Option?: string;
  readonly Values?: readonly string[];
}

interface PageInput {
  readonly MaxResults?: number;
  readonly NextToken?: string;
  readonly ParameterFilters?: readonly Filter[];
}

interface PutInput {
  readonly Name: string;
  readonly Value: string;
  readonly Type?: string;
  readonly Description?: string;
  readonly AllowedPattern?: string;
  readonly Overwrite?: boolean;
  readonly Tier?: string;
  readonly Policies?: string;
  readonly DataType?: string;
  readonly KeyId?: string;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

export const PutParameter = operation<PutInput>({
  trail: {
    // A record does not show the value. https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-cloudtrail-logs.html
    request: ({ Name, Type, Overwrite, KeyId }) => ({
      name: String(Name),
      ...(KeyId === undefined ? {} : { keyId: String(KeyId) }),
      ...(Type === undefined ? {} : { type: String(Type) }),
      ...(Overwrite === undefined ? {} : { overwrite: Overwrite === true }),
      value: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    }),
  },
  handle(input, call) {
    checkBuilt(input);
    checkName(input.Name);
    const before = parameters.get(call, input.Name);
    if (before !== undefined && input.Overwrite !== true) {
      throw refuse(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const facts = rowOf(input, before);
    const row = { ...facts, versions: versionsOf(input, facts.type, before, call) };
    if (before === undefined && [...parameters.list(call)].length >= parametersMax) {
      throw refuse('ParameterLimitExceeded', 'You have exceeded the number of parameters for this account.');
    }
    parameters.put(call, row.name, row);
    return { Version: row.versions.at(-1)?.number, Tier: 'Standard' };
  },
});

function checkBuilt(input: PutInput): void {
  checkKey(input.KeyId);
  if (input.Tier === 'Advanced') throw notBuilt('A parameter of the advanced tier');
  if (input.Policies !== undefined && input.Policies !== '' && input.Policies !== '[]') {
    throw notBuilt('A parameter with policies');
  }
  if (Buffer.byteLength(input.Value) > valueBytesMax) {
    throw refuse(
      'ValidationException',
      `Standard tier parameters support a maximum parameter value of ${valueBytesMax} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.`,
    );
  }
}

function rowOf(input: PutInput, before: ParameterRow | undefined): Omit<ParameterRow, 'versions'> {
  const type = input.Type ?? before?.type;
  if (type !== 'String' && type !== 'StringList' && type !== 'SecureString') {
    throw refuse('ValidationException', 'A parameter type is required when you create a parameter.');
  }
  const allowedPattern = input.AllowedPattern ?? before?.allowedPattern;
  if (allowedPattern !== undefined && !fits(allowedPattern, input.Value)) {
    throw refuse(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    );
  }
  const description = input.Description ?? before?.description;
  return {
    name: input.Name,
    type,
    dataType: input.DataType ?? before?.dataType ?? 'text',
    tags: before?.tags ?? Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    ...(description === undefined ? {} : { description }),
    ...(allowedPattern === undefined ? {} : { allowedPattern }),
  };
}

function fits(pattern: string, value: string): boolean {
  try {
    return RE2JS.compile(pattern).matcher(value).find();
  } catch {
    throw refuse('InvalidAllowedPatternException', 'The request does not meet the regular expression requirement.');
  }
}

function versionsOf(input: PutInput, type: ParameterRow['type'], before: ParameterRow | undefined, call: Call) {
  const number = (before?.versions.at(-1)?.number ?? 0) + 1;
  const by = 'arn' in call.caller ? call.caller.arn : '';
  const value = type === 'SecureString' ? sealed(input.Value, `${input.Name}:${number}`, call) : input.Value;
  return [...(before?.versions ?? []), { number, value, at: call.time, by }].slice(-versionsMax);
}

interface Decrypting {
  readonly WithDecryption?: boolean;
}

export const GetParameter = operation<Decrypting & { Name: string }>({
  handle(input, call) {
    const { name, selector } = selected(input.Name);
    const row = parameterOf(call, name);
    if (row === undefined) throw refuse('ParameterNotFound');
    const version = versionOf(row, selector);
    if (version === undefined) {
      throw refuse(
        'ParameterVersionNotFound',
        `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
      );
    }
    return { Parameter: rendered(row, version, call, { ...input, selector }) };
  },
});

export const GetParameters = operation<Decrypting & { Names: readonly string[] }>({
  handle(input, call) {
    const found: object[] = [];
    const InvalidParameters: string[] = [];
    for (const text of input.Names) {
      const { name, selector } = selected(text);
      const row = parameterOf(call, name);
      const version = row && versionOf(row, selector);
      if (row === undefined || version === undefined) InvalidParameters.push(text);
      else found.push(rendered(row, version, call, { ...input, selector }));
    }
    return { Parameters: found, InvalidParameters };
  },
});

export const GetParametersByPath = operation<PageInput & Decrypting & { Path: string; Recursive?: boolean }>({
  handle(input, call) {
    if (!input.Path.startsWith('/')) {
      throw refuse(
        'ValidationException',
        'The parameter path must begin with a slash "/". It can have letters, digits and the symbols _ . - / only.',
      );
    }
    if ((input.ParameterFilters ?? []).length > 0) throw notBuilt('A filter of GetParametersByPath');
    const prefix = input.Path.endsWith('/') ? input.Path : `${input.Path}/`;
    const below = (isPublic(prefix) ? publicParameters(call) : own(call)).filter(
      ({ name }) => name.startsWith(prefix) && (input.Recursive === true || !name.slice(prefix.length).includes('/')),
    );
    const { rows, token } = page(below, input, pathPageMax);
    return { Parameters: rows.flatMap((row) => newest(row, call, input)), ...token };
  },
});

export const GetParameterHistory = operation<PageInput & Decrypting & { Name: string }>({
  handle(input, call) {
    const row = parameterOf(call, input.Name);
    if (row === undefined) throw refuse('ParameterNotFound');
    const { rows, token } = page(row.versions, input, pageMax);
    return {
      Parameters: rows.map(({ number, value, at, by }) => ({
        ...described(row, call),
        Value: shownValue(row, value, call, input),
        Version: number,
        LastModifiedDate: new Date(at),
        LastModifiedUser: by,
      })),
      ...token,
    };
  },
});

export const DescribeParameters = operation<PageInput & { Filters?: readonly Filter[]; Shared?: boolean }>({
  handle(input, call) {
    if (input.Shared === true) throw notBuilt('DescribeParameters of shared parameters');
    const filters = [...(input.ParameterFilters ?? []), ...(input.Filters ?? [])];
    const { rows, token } = page(
      own(call).filter((row) => filters.every((filter) => passes(row, filter))),
      input,
      pageMax,
    );
    return { Parameters: rows.map((row) => described(row, call)), ...token };
  },
});

export const DeleteParameter = operation<{ Name: string }>({
  handle(input, call) {
    if (parameters.get(call, input.Name) === undefined) throw refuse('ParameterNotFound');
    parameters.remove(call, input.Name);
    return {};
  },
});

export const DeleteParameters = operation<{ Names: readonly string[] }>({
  handle(input, call) {
    const there = input.Names.filter((name) => parameters.get(call, name) !== undefined);
    for (const name of there) parameters.remove(call, name);
    return { DeletedParameters: there, InvalidParameters: input.Names.filter((name) => !there.includes(name)) };
  },
});

function own(call: Call): readonly ParameterRow[] {
  return [...parameters.list(call)].map(([, row]) => row);
}

function newest(row: ParameterRow, call: Call, { WithDecryption }: Decrypting): object[] {
  const version = row.versions.at(-1);
  return version === undefined ? [] : [rendered(row, version, call, { WithDecryption })];
}

function described(row: ParameterRow, call: Call) {
  const version = row.versions.at(-1);
  return {
    Name: row.name,
    ARN: arnOf(row.name, call),
    Type: row.type,
    LastModifiedDate: new Date(version?.at ?? 0),
    LastModifiedUser: version?.by,
    Version: version?.number,
    Tier: 'Standard',
    Policies: [],
    DataType: row.dataType,
    ...(row.type === 'SecureString' ? { KeyId: defaultKey } : {}),
    ...(row.description === undefined ? {} : { Description: row.description }),
    ...(row.allowedPattern === undefined ? {} : { AllowedPattern: row.allowedPattern }),
  };
}

function passes(row: ParameterRow, { Key, Option = 'Equals', Values = [] }: Filter): boolean {
  const tag = Key.startsWith('tag:') ? row.tags[Key.slice(4)] : undefined;
  const known: Readonly<Record<string, string | undefined>> = {
    Name: row.name,
    Type: row.type,
    DataType: row.dataType,
  };
  if (!Key.startsWith('tag:') && !(Key in known)) throw notBuilt(`The filter ${Key} of DescribeParameters`);
  const value = tag ?? known[Key];
  if (value === undefined) return false;
  if (Option === 'Equals') return Values.length === 0 || Values.includes(value);
  if (Option === 'BeginsWith') return Values.some((each) => value.startsWith(each));
  if (Option === 'Contains') return Values.some((each) => value.includes(each));
  throw refuse(
    'InvalidFilterOption',
    `The following filter option is not valid: ${Option}. Valid options include: [Contains, BeginsWith, Equals].`,
  );
}
