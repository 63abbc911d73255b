import { AwsError } from '../../aws/error.ts';
import type { Member, OperationPlan, Shape } from './plan.ts';
import { lowerFirst } from './scalar.ts';
import type { Input } from './wire.ts';

interface Violation {
  readonly path: string;
  readonly value: unknown;
  readonly constraint: string;
  readonly isEnum?: boolean;
}

/** Requirements, lengths, ranges, patterns and enums of the model, answered as the service's front end words them. */
export function check(plan: OperationPlan, input: Input): void {
  if (plan.input === undefined) return;
  const found: Violation[] = [];
  checkStructure(input, plan.input.shape, '', found);
  if (found.length > 0) throw refusal(plan, found);
}

function checkStructure(value: Readonly<Input>, shape: Shape, path: string, found: Violation[]): void {
  for (const member of shape.members) {
    const own = value[member.name];
    if (own !== undefined && own !== null) {
      if (member.shape.constrained) checkValue(own, member, path + lowerFirst(member.name), found);
    } else if (member.required) {
      found.push({ path: path + lowerFirst(member.name), value: null, constraint: 'Member must not be null' });
    }
  }
}

function checkValue(value: unknown, member: Member, path: string, found: Violation[]): void {
  const { shape } = member;
  switch (shape.type) {
    case 'structure':
      if (!shape.document) checkStructure(value as Input, shape, `${path}.`, found);
      return;
    case 'list':
      checkLength((value as unknown[]).length, value, shape, path, found);
      (value as unknown[]).forEach((item, at) => {
        if (item !== null) checkValue(item, shape.item!, `${path}.${at + 1}.member`, found);
      });
      return;
    case 'map':
      checkMap(value as Input, shape, path, found);
      return;
    case 'string':
      checkText(value as string, shape, path, found);
      return;
    case 'blob':
      if (value instanceof Uint8Array) checkLength(value.length, value, shape, path, found);
      return;
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      checkRange(value as number, shape, path, found);
  }
}

function checkMap(value: Input, shape: Shape, path: string, found: Violation[]): void {
  const keys = Object.keys(value);
  checkLength(keys.length, value, shape, path, found);
  for (const key of keys) {
    checkText(key, shape.key!.shape, `${path}.key`, found);
    if (value[key] !== null && value[key] !== undefined)
      checkValue(value[key], shape.item!, `${path}.${key}.member`, found);
  }
}

function checkText(value: string, shape: Shape, path: string, found: Violation[]): void {
  if (shape.enum !== undefined && !shape.enum.has(value)) {
    found.push({
      path,
      value,
      constraint: `Member must satisfy enum value set: [${[...shape.enum].join(', ')}]`,
      isEnum: true,
    });
    return;
  }
  const before = found.length;
  checkLength(value.length, value, shape, path, found);
  if (found.length === before && shape.pattern !== undefined && !shape.pattern.test(value)) {
    found.push({ path, value, constraint: `Member must satisfy regular expression pattern: ${shape.patternText}` });
  }
}

function checkLength(length: number, value: unknown, { min, max }: Shape, path: string, found: Violation[]): void {
  if (max !== undefined && length > max) {
    found.push({ path, value, constraint: `Member must have length less than or equal to ${max}` });
  } else if (min !== undefined && length < min) {
    found.push({ path, value, constraint: `Member must have length greater than or equal to ${min}` });
  }
}

function checkRange(value: number, { min, max }: Shape, path: string, found: Violation[]): void {
  if (max !== undefined && value > max) {
    found.push({ path, value, constraint: `Member must have value less than or equal to ${max}` });
  } else if (min !== undefined && value < min) {
    found.push({ path, value, constraint: `Member must have value greater than or equal to ${min}` });
  }
}

/** Which form a service's front end answers in. Those not named follow their protocol. */
const families: Readonly<Record<string, (found: readonly Violation[]) => AwsError>> = {
  ec2: ec2Refusal,
  guardduty: guarddutyRefusal,
  logs: (found) => listed('InvalidParameterException', found),
  macie2: (found) => listed('ValidationException', found),
  s3: s3Refusal,
  securityhub: (found) => listed('InvalidInputException', found),
  sns: snsRefusal,
  sqs: sqsRefusal,
};

function refusal({ service }: OperationPlan, found: readonly Violation[]): AwsError {
  const family = families[service.name];
  if (family !== undefined) return family(found);
  return listed(service.protocols.includes('query') ? 'ValidationError' : 'ValidationException', found);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html names the code; the text is observed, not documented. */
function listed(code: string, found: readonly Violation[]): AwsError {
  const many = found.length === 1 ? '1 validation error' : `${found.length} validation errors`;
  const each = found.map(({ path, value, constraint }) => {
    const shown = value === null ? 'null' : `'${shownValue(value)}'`;
    return `Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`;
  });
  return new AwsError(code, `${many} detected: ${each.join('; ')}`, { status: 400 });
}

function shownValue(value: unknown): string {
  if (value instanceof Uint8Array) return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  if (Array.isArray(value)) return `[${value.map(shownValue).join(', ')}]`;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([name, own]) => `${name}=${shownValue(own)}`)
    .join(', ')}}`;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
function ec2Refusal([first]: readonly Violation[]): AwsError {
  const { path, value, constraint, isEnum } = first!;
  if (value === null) {
    return new AwsError('MissingParameter', `The request must contain the parameter ${path}`, { status: 400 });
  }
  // It does not tell what it would take. Observed, not documented.
  if (isEnum === true) {
    const name = path.slice(path.lastIndexOf('.') + 1);
    const message = `Invalid value '${shownValue(value)}' for ${name.charAt(0).toUpperCase()}${name.slice(1)}.`;
    return new AwsError('InvalidParameterValue', message, { status: 400 });
  }
  const message = `Value (${shownValue(value)}) for parameter ${path} is invalid. ${constraint}`;
  return new AwsError('InvalidParameterValue', message, { status: 400 });
}

function guarddutyRefusal([first]: readonly Violation[]): AwsError {
  const { path, value } = first!;
  const what = value === null ? 'missing' : 'an invalid value';
  const message =
    value === null
      ? `The request is rejected because the required parameter ${path} is ${what}.`
      : `The request is rejected because the parameter ${path} has ${what}.`;
  return new AwsError('BadRequestException', message, { status: 400 });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function s3Refusal([first]: readonly Violation[]): AwsError {
  const { path, value, constraint } = first!;
  // What is missing or unknown inside a document is a broken document to S3.
  if (path.includes('.')) {
    return new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      { status: 400 },
    );
  }
  if (path === 'storageClass') {
    return new AwsError('InvalidStorageClass', 'The storage class you specified is not valid', { status: 400 });
  }
  if (value === null) return new AwsError('InvalidRequest', `Missing required parameter: ${path}`, { status: 400 });
  const message = `${constraint.replace('Member', `The value of ${path}`)}`;
  return new AwsError('InvalidArgument', message, {
    status: 400,
    members: { ArgumentName: path, ArgumentValue: shownValue(value) },
  });
}

/** https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html; the text is observed, not documented. */
function snsRefusal(found: readonly Violation[]): AwsError {
  const { path, value } = found[0]!;
  if (value !== null || path.includes('.')) return listed('ValidationError', found);
  const name = path.slice(0, 1).toUpperCase() + path.slice(1);
  return new AwsError('InvalidParameter', `Invalid parameter: ${name} Reason: no value for required parameter`, {
    status: 400,
  });
}

function sqsRefusal([first]: readonly Violation[]): AwsError {
  const { path, value, constraint } = first!;
  const name = path.slice(0, 1).toUpperCase() + path.slice(1);
  if (value === null) {
    return new AwsError('MissingParameter', `The request must contain the parameter ${name}.`, { status: 400 });
  }
  const message = `Value ${shownValue(value)} for parameter ${name} is invalid. Reason: ${constraint}.`;
  return new AwsError('InvalidParameterValue', message, { status: 400 });
}
