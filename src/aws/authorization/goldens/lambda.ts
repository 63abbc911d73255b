// A table: what calls of lambda need, compared by hand with the service's page of the Service Authorization Reference.
import type { Golden } from './golden.ts';

export const lambda: readonly Golden[] = [
  [
    'CreateFunction',
    {
      FunctionName: 'f',
      Role: 'arn:aws:iam::111122223333:role/r',
      Tags: { team: 'red' },
      VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    },
    'lambda:CreateFunction arn:aws:lambda:us-west-2:$:function:f lambda:SecurityGroupIds=sg-1 lambda:SubnetIds=subnet-1 aws:RequestTag/team=red aws:TagKeys=team',
    'iam:PassRole arn:aws:iam::$:role/r iam:PassedToService=lambda.amazonaws.com',
  ],
  ['GetFunction', { FunctionName: 'f' }, 'lambda:GetFunction arn:aws:lambda:us-west-2:$:function:f'],
  [
    'GetFunction',
    { FunctionName: '111122223333:function:f' },
    'lambda:GetFunction arn:aws:lambda:us-west-2:$:function:f',
  ],
  [
    'GetFunction',
    { FunctionName: 'arn:aws:lambda:us-west-2:111122223333:function:f' },
    'lambda:GetFunction arn:aws:lambda:us-west-2:$:function:f',
  ],
  [
    'GetFunctionConfiguration',
    { FunctionName: 'f' },
    'lambda:GetFunctionConfiguration arn:aws:lambda:us-west-2:$:function:f',
  ],
  ['UpdateFunctionCode', { FunctionName: 'f' }, 'lambda:UpdateFunctionCode arn:aws:lambda:us-west-2:$:function:f'],
  [
    'UpdateFunctionConfiguration',
    { FunctionName: 'f', Role: 'arn:aws:iam::111122223333:role/r' },
    'lambda:UpdateFunctionConfiguration arn:aws:lambda:us-west-2:$:function:f',
    'iam:PassRole arn:aws:iam::$:role/r iam:PassedToService=lambda.amazonaws.com',
  ],
  ['DeleteFunction', { FunctionName: 'f' }, 'lambda:DeleteFunction arn:aws:lambda:us-west-2:$:function:f'],
  ['ListFunctions', {}, 'lambda:ListFunctions *'],
  ['Invoke', { FunctionName: 'f' }, 'lambda:InvokeFunction arn:aws:lambda:us-west-2:$:function:f'],
  [
    'Invoke',
    { FunctionName: 'f', Qualifier: 'live' },
    'lambda:InvokeFunction arn:aws:lambda:us-west-2:$:function:f:live',
  ],
  ['InvokeAsync', { FunctionName: 'f' }, 'lambda:InvokeAsync arn:aws:lambda:us-west-2:$:function:f'],
  [
    'AddPermission',
    { FunctionName: 'f', Principal: 'events.amazonaws.com' },
    'lambda:AddPermission arn:aws:lambda:us-west-2:$:function:f lambda:Principal=events.amazonaws.com',
  ],
  ['RemovePermission', { FunctionName: 'f' }, 'lambda:RemovePermission arn:aws:lambda:us-west-2:$:function:f'],
  ['GetPolicy', { FunctionName: 'f' }, 'lambda:GetPolicy arn:aws:lambda:us-west-2:$:function:f'],
  ['PublishVersion', { FunctionName: 'f' }, 'lambda:PublishVersion arn:aws:lambda:us-west-2:$:function:f'],
  [
    'ListVersionsByFunction',
    { FunctionName: 'f' },
    'lambda:ListVersionsByFunction arn:aws:lambda:us-west-2:$:function:f',
  ],
  ['CreateAlias', { FunctionName: 'f' }, 'lambda:CreateAlias arn:aws:lambda:us-west-2:$:function:f'],
  ['GetAlias', { FunctionName: 'f' }, 'lambda:GetAlias arn:aws:lambda:us-west-2:$:function:f'],
  ['UpdateAlias', { FunctionName: 'f' }, 'lambda:UpdateAlias arn:aws:lambda:us-west-2:$:function:f'],
  ['DeleteAlias', { FunctionName: 'f' }, 'lambda:DeleteAlias arn:aws:lambda:us-west-2:$:function:f'],
  ['ListAliases', { FunctionName: 'f' }, 'lambda:ListAliases arn:aws:lambda:us-west-2:$:function:f'],
  [
    'PutFunctionConcurrency',
    { FunctionName: 'f' },
    'lambda:PutFunctionConcurrency arn:aws:lambda:us-west-2:$:function:f',
  ],
  [
    'GetFunctionConcurrency',
    { FunctionName: 'f' },
    'lambda:GetFunctionConcurrency arn:aws:lambda:us-west-2:$:function:f',
  ],
  [
    'DeleteFunctionConcurrency',
    { FunctionName: 'f' },
    'lambda:DeleteFunctionConcurrency arn:aws:lambda:us-west-2:$:function:f',
  ],
  [
    'PutFunctionEventInvokeConfig',
    { FunctionName: 'f' },
    'lambda:PutFunctionEventInvokeConfig arn:aws:lambda:us-west-2:$:function:f',
  ],
  [
    'GetFunctionEventInvokeConfig',
    { FunctionName: 'f' },
    'lambda:GetFunctionEventInvokeConfig arn:aws:lambda:us-west-2:$:function:f',
  ],
  [
    'DeleteFunctionEventInvokeConfig',
    { FunctionName: 'f' },
    'lambda:DeleteFunctionEventInvokeConfig arn:aws:lambda:us-west-2:$:function:f',
  ],
  [
    'CreateEventSourceMapping',
    { FunctionName: 'f' },
    'lambda:CreateEventSourceMapping * lambda:FunctionArn=arn:aws:lambda:us-west-2:$:function/f',
  ],
  ['ListEventSourceMappings', { FunctionName: 'f' }, 'lambda:ListEventSourceMappings *'],
  [
    'DeleteEventSourceMapping',
    { UUID: '1' },
    'lambda:DeleteEventSourceMapping arn:aws:lambda:us-west-2:$:event-source-mapping:1',
  ],
  ['GetAccountSettings', {}, 'lambda:GetAccountSettings *'],
  [
    'TagResource',
    { Resource: 'arn:aws:lambda:us-west-2:111122223333:function:f', Tags: { team: 'red' } },
    'lambda:TagResource arn:aws:lambda:us-west-2:$:function:f aws:RequestTag/team=red aws:TagKeys=team',
  ],
  [
    'UntagResource',
    { Resource: 'arn:aws:lambda:us-west-2:111122223333:function:f', TagKeys: ['team'] },
    'lambda:UntagResource arn:aws:lambda:us-west-2:$:function:f aws:TagKeys=team',
  ],
  [
    'ListTags',
    { Resource: 'arn:aws:lambda:us-west-2:111122223333:function:f' },
    'lambda:ListTags arn:aws:lambda:us-west-2:$:function:f',
  ],
];
