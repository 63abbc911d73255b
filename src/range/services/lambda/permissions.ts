import type { Json, JsonObject } from '../../../model/json.ts';
import { type Call, operation } from '../../operation.ts';
import { conflict, invalid, notBuilt, notFound, preconditionFailed } from './errors.ts';
import { functionOf, functions, type LambdaFunction } from './tables.ts';

interface AddPermissionInput {
  readonly FunctionName: string;
  readonly StatementId: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
  readonly EventSourceToken?: string;
  readonly Qualifier?: string;
  readonly RevisionId?: string;
  readonly PrincipalOrgID?: string;
  readonly FunctionUrlAuthType?: string;
  readonly InvokedViaFunctionUrl?: boolean;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const AddPermission = operation<AddPermissionInput>({
  trail: {
    name: 'AddPermission20150331v2',
    response: (output) => ({ statement: String(output['Statement']) }),
  },
  handle(input, call) {
    for (const member of ['EventSourceToken', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl'] as const) {
      if (input[member] !== undefined) throw notBuilt(`AddPermission with ${member}`);
    }
    const fn = functionOf(call, input.FunctionName, input.Qualifier);
    checkRevision(fn, input.RevisionId);
    if (fn.permissions[input.StatementId] !== undefined) {
      throw conflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const statement = statementOf(input, fn);
    put(call, fn, { ...fn.permissions, [input.StatementId]: statement });
    return { Statement: JSON.stringify(statement) };
  },
});

export const RemovePermission = operation<{
  FunctionName: string;
  StatementId: string;
  Qualifier?: string;
  RevisionId?: string;
}>({
  trail: { name: 'RemovePermission20150331v2' },
  handle(input, call) {
    const fn = functionOf(call, input.FunctionName, input.Qualifier);
    const { [input.StatementId]: statement, ...others } = fn.permissions;
    if (Object.keys(fn.permissions).length === 0) throw notFound('No policy is associated with the given resource.');
    if (statement === undefined) throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
    checkRevision(fn, input.RevisionId);
    put(call, fn, others);
    return {};
  },
});

export const GetPolicy = operation<{ FunctionName: string; Qualifier?: string }>({
  trail: { name: 'GetPolicy20150331v2' },
  handle(input, call) {
    const fn = functionOf(call, input.FunctionName, input.Qualifier);
    const document = functionPolicy(fn);
    if (document === undefined) throw notFound('The resource you requested does not exist.');
    return { Policy: JSON.stringify(document), RevisionId: fn.permissionsRevision };
  },
});

export function functionPolicy(fn: LambdaFunction): JsonObject | undefined {
  const statements = Object.values(fn.permissions);
  return statements.length === 0 ? undefined : { Version: '2012-10-17', Id: 'default', Statement: statements };
}

function statementOf(input: AddPermissionInput, fn: LambdaFunction): JsonObject {
  const equals: Record<string, Json> = {
    ...(input.SourceAccount === undefined ? {} : { 'AWS:SourceAccount': input.SourceAccount }),
    ...(input.PrincipalOrgID === undefined ? {} : { 'aws:PrincipalOrgID': input.PrincipalOrgID }),
  };
  const condition: Record<string, Json> = {
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
    ...(input.SourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
  };
  return {
    Sid: input.StatementId,
    Effect: 'Allow',
    Principal: principalOf(input.Principal),
    Action: input.Action,
    Resource: fn.arn,
    ...(Object.keys(condition).length === 0 ? {} : { Condition: condition }),
  };
}

function principalOf(text: string): Json {
  if (text === '*') return '*';
  if (/^\d{12}$/.test(text)) return { AWS: `arn:aws:iam::${text}:root` };
  if (/^arn:aws:(iam|sts)::\d{12}:/.test(text)) return { AWS: text };
  if (/^[a-z0-9.-]+\.amazonaws\.com$/.test(text)) return { Service: text };
  throw invalid('The provided principal was invalid. Please check the principal and try again.');
}

function checkRevision(fn: LambdaFunction, revision: string | undefined): void {
  if (revision !== undefined && revision !== fn.permissionsRevision) throw preconditionFailed();
}

function put(call: Call, fn: LambdaFunction, permissions: LambdaFunction['permissions']): void {
  functions.put(call, fn.name, { ...fn, permissions, permissionsRevision: call.ids.uuid() });
}
