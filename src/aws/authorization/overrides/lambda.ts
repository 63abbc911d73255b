import type { Override, Overrides } from '../table.ts';
import { textAt } from './members.ts';

type Input = Readonly<Record<string, unknown>>;
const absent = (why: string) => ({ from: 'absent', why }) as const;
const functionOf = ['function!', { FunctionName: 'Function' }] as const;

/** Operations on a function, by name, partial ARN or ARN, whose qualifier is part of the resource. */
const onFunction = (
  'AddPermission CreateAlias CreateFunctionUrlConfig DeleteAlias DeleteFunction DeleteFunctionCodeSigningConfig ' +
  'DeleteFunctionConcurrency DeleteFunctionEventInvokeConfig DeleteFunctionUrlConfig GetAlias GetFunction ' +
  'GetFunctionCodeSigningConfig GetFunctionConcurrency GetFunctionConfiguration GetFunctionEventInvokeConfig ' +
  'GetFunctionUrlConfig GetPolicy GetRuntimeManagementConfig Invoke InvokeAsync InvokeWithResponseStream ListAliases ' +
  'ListFunctionEventInvokeConfigs ListFunctionUrlConfigs ListProvisionedConcurrencyConfigs ListVersionsByFunction ' +
  'DeleteProvisionedConcurrencyConfig GetProvisionedConcurrencyConfig PutProvisionedConcurrencyConfig ' +
  'PublishVersion PutFunctionConcurrency PutFunctionEventInvokeConfig PutRuntimeManagementConfig RemovePermission ' +
  'UpdateAlias UpdateFunctionCode UpdateFunctionConfiguration UpdateFunctionEventInvokeConfig UpdateFunctionUrlConfig'
).split(' ');

const named: Override = {
  why: 'FunctionName is a name, account:function:name or an ARN, each with or without a qualifier; Qualifier joins the ARN. https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html',
  change: { r: [functionOf], u: [] },
  with: (input) => ({ Function: functionName(input) }),
};

export const lambda: Overrides = {
  operations: {
    ...Object.fromEntries(onFunction.map((operation) => [operation, named])),
    CreateEventSourceMapping: {
      why: 'lambda:FunctionArn is the function, whatever form names it. https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html',
      change: { k: { 'lambda:FunctionArn': '@lambda:function:FunctionName' }, x: [] },
    },
  },
  keys: {
    'lambda:FunctionArn': { from: 'state', why: 'The function of the mapping or URL.' },
    'lambda:FunctionUrlAuthType': { from: 'state', why: 'Of the URL that the function has.' },
    'lambda:Principal': { from: 'state', why: 'Of the statement that is removed.' },
    'lambda:VpcIds': { from: 'state', why: 'The VPCs of the subnets.' },
    'lambda:EventSourceToken': { from: 'absent', why: 'Alexa skills are not built.' },
    'lambda:InvokedViaFunctionUrl': absent('Function URLs are not built.'),
    'lambda:CodeSigningConfigArn': absent('Code signing is not built.'),
    'lambda:Layer': absent('Layers are not built.'),
  },
};

function functionName(input: Input): string | undefined {
  const given = textAt(input, 'FunctionName');
  if (given === undefined) return undefined;
  const name = given.startsWith('arn:') ? given : given.replace(/^\d{12}:function:/, '');
  const qualifier = textAt(input, 'Qualifier');
  return qualifier === undefined || qualifier === '' ? name : `${name}:${qualifier}`;
}
