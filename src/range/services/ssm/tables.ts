import { AwsError } from '../../../aws/error.ts';
import { table } from '../../table.ts';

export interface ParameterVersion {
  readonly number: number;
  readonly value: string;
  readonly at: number;
  readonly by: string;
}

export interface ParameterRow {
  readonly name: string;
  /** Of a SecureString the versions' values are enciphered. */
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly dataType: string;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The newest last. */
  readonly versions: readonly ParameterVersion[];
}

export type InvocationStatus = 'Pending' | 'InProgress' | 'Success' | 'Failed' | 'TimedOut' | 'Cancelled';

/** A command on one instance. */
export interface InvocationRow {
  readonly commandId: string;
  readonly instance: string;
  readonly status: InvocationStatus;
  readonly details: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandRow {
  readonly id: string;
  readonly document: string;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly comment: string;
  readonly requestedAt: number;
  readonly deliveryTimeoutS: number;
  readonly executionTimeoutS: number;
  readonly instances: readonly string[];
  readonly targets: readonly Target[];
  readonly cancelled: boolean;
  readonly output?: Output;
}

/** Where else the whole output goes. */
export interface Output {
  readonly bucket?: string;
  readonly prefix?: string;
  readonly group?: string;
}

export interface Target {
  readonly Key?: string;
  readonly Values?: readonly string[];
}

/** By name. */
export const parameters = table<ParameterRow>('ssm', 'parameter');
export const commands = table<CommandRow>('ssm', 'command');
/** By `<command>/<instance>`. */
export const invocations = table<InvocationRow>('ssm', 'invocation');

export function refuse(code: string, message = ''): AwsError {
  return new AwsError(code, message, { status: 400 });
}

export function notBuilt(what: string): AwsError {
  return new AwsError('NotImplemented', `${what} is not built in this range yet.`, { status: 501 });
}

/** A page of rows; a token is the place at which the next one begins. */
export function page<T>(
  rows: readonly T[],
  input: { readonly MaxResults?: number; readonly NextToken?: string },
  most: number,
): { readonly rows: readonly T[]; readonly token: { NextToken?: string } } {
  const from = input.NextToken === undefined ? 0 : Number(input.NextToken);
  if (!Number.isInteger(from) || from < 0) throw refuse('InvalidNextToken', 'The specified token is not valid.');
  const to = from + (input.MaxResults ?? most);
  return { rows: rows.slice(from, to), token: to < rows.length ? { NextToken: String(to) } : {} };
}
