import type { JsonObject } from '../../../model/json.ts';
import type { ReadScope } from '../../operation.ts';
import type { Credentials } from '../../sessions.ts';
import { table } from '../../table.ts';
import { notFound } from './errors.ts';

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  readonly runtime: string;
  readonly role: string;
  readonly handler: string;
  readonly description: string;
  readonly timeoutS: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly architecture: string;
  readonly logGroup: string;
  readonly code: Code;
  readonly modifiedAt: number;
  readonly revision: string;
  readonly tags: Readonly<Record<string, string>>;
  /** What AddPermission made, by statement id. */
  readonly permissions: Readonly<Record<string, JsonObject>>;
  readonly permissionsRevision?: string;
  /** `PutFunctionConcurrency`: 0 stops every run. */
  readonly reserved?: number;
}

export interface Code {
  readonly blob: string;
  readonly size: number;
  /** Hexadecimal; AWS shows it in base64. */
  readonly sha256: string;
}

/** What an execution environment keeps between runs: its process has these credentials and writes to this stream. */
export interface Environment {
  /** Of the function's configuration that it was made for. */
  readonly revision: string;
  readonly credentials: Credentials;
  readonly logStream: string;
  readonly sourceIp: string;
}

/** An event whose function failed at every try: on AWS a metric, and a dead-letter queue where there is one. */
export interface DroppedInput {
  readonly function: string;
  readonly requestId: string;
  readonly attempts: number;
  readonly why: string;
  readonly at: number;
}

/** By name. */
export const functions = table<LambdaFunction>('lambda', 'function');
/** By the function's name. */
export const environments = table<Environment>('lambda', 'environment');
export const dropped = table<DroppedInput>('lambda', 'dropped');

/** A function is named by `name`, `account:function:name` or its ARN, each with or without a qualifier. */
export interface FunctionName {
  readonly name: string;
  readonly qualifier?: string;
  readonly region?: string;
  readonly account?: string;
}

export function parseName(text: string, qualifier?: string): FunctionName {
  const arn = /^arn:[^:]+:lambda:([^:]+):(\d{12}):function:([^:]+)(?::(.+))?$/.exec(text);
  const partial = /^(?:(\d{12}):function:|function:)?([^:]+)(?::(.+))?$/.exec(text);
  const [region, account, name, own] = arn
    ? [arn[1], arn[2], arn[3], arn[4]]
    : [undefined, partial?.[1], partial?.[2], partial?.[3]];
  const version = qualifier ?? own;
  return {
    name: name ?? text,
    ...(version === undefined ? {} : { qualifier: version }),
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { account }),
  };
}

export function functionOf(scope: ReadScope, text: string, qualifier?: string): LambdaFunction {
  const named = parseName(text, qualifier);
  if (named.region !== undefined && named.region !== scope.region) {
    throw notFound(`Functions from '${named.region}' are not reachable in this region ('${scope.region}')`);
  }
  const found = functions.get(scope, named.name);
  const arn = functionArn(scope, named.name);
  // Only the unpublished version exists: versions and aliases are not built.
  if (found !== undefined && (named.qualifier ?? '$LATEST') === '$LATEST') return found;
  throw notFound(`Function not found: ${named.qualifier === undefined ? arn : `${arn}:${named.qualifier}`}`);
}

export function functionArn(scope: ReadScope, name: string): string {
  return `arn:aws:lambda:${scope.region}:${scope.account}:function:${name}`;
}
