// A table: what calls of ssm need, compared by hand with the service's page of the Service Authorization Reference.
import type { Golden } from './golden.ts';

export const ssm: readonly Golden[] = [
  [
    'SendCommand',
    { DocumentName: 'AWS-RunShellScript', InstanceIds: ['i-1', 'mi-2'] },
    'ssm:SendCommand arn:aws:ssm:us-west-2:$:document/AWS-RunShellScript,arn:aws:ec2:us-west-2:$:instance/i-1,arn:aws:ssm:us-west-2:$:managed-instance/mi-2',
  ],
  [
    'SendCommand',
    {
      DocumentName: 'd',
      Targets: [{ Key: 'tag:team', Values: ['red'] }],
      ServiceRoleArn: 'arn:aws:iam::111122223333:role/r',
    },
    'ssm:SendCommand arn:aws:ssm:us-west-2:$:document/d,arn:aws:ssm:us-west-2:$:targets/[{"Key":"tag:team","Values":["red"]}]',
    'iam:PassRole arn:aws:iam::$:role/r iam:PassedToService=ssm.amazonaws.com',
  ],
  ['GetCommandInvocation', { CommandId: 'c', InstanceId: 'i-1' }, 'ssm:GetCommandInvocation arn:aws:ssm:us-west-2:$:*'],
  ['ListCommands', {}, 'ssm:ListCommands arn:aws:ssm:us-west-2:$:*'],
  ['ListCommandInvocations', {}, 'ssm:ListCommandInvocations arn:aws:ssm:us-west-2:$:*'],
  ['CancelCommand', { CommandId: 'c' }, 'ssm:CancelCommand arn:aws:ssm:us-west-2:$:*'],
  ['StartSession', { Target: 'i-1' }, 'ssm:StartSession arn:aws:ec2:us-west-2:$:instance/i-1'],
  [
    'StartSession',
    { Target: 'mi-1', DocumentName: 'd' },
    'ssm:StartSession arn:aws:ssm:us-west-2:$:document/d,arn:aws:ssm:us-west-2:$:managed-instance/mi-1',
  ],
  ['TerminateSession', { SessionId: 's' }, 'ssm:TerminateSession arn:aws:ssm:us-west-2:$:session/s'],
  ['DescribeInstanceInformation', {}, 'ssm:DescribeInstanceInformation arn:aws:ssm:us-west-2:$:*'],
  [
    'PutParameter',
    { Name: '/app/password', Type: 'SecureString', Tags: [{ Key: 'team', Value: 'red' }] },
    'ssm:PutParameter arn:aws:ssm:us-west-2:$:parameter/app/password aws:RequestTag/team=red aws:TagKeys=team',
  ],
  ['GetParameter', { Name: '/app/password' }, 'ssm:GetParameter arn:aws:ssm:us-west-2:$:parameter/app/password'],
  ['GetParameter', { Name: 'plain:3' }, 'ssm:GetParameter arn:aws:ssm:us-west-2:$:parameter/plain'],
  [
    'GetParameters',
    { Names: ['/a', 'b'] },
    'ssm:GetParameters arn:aws:ssm:us-west-2:$:parameter/a,arn:aws:ssm:us-west-2:$:parameter/b',
  ],
  ['GetParametersByPath', { Path: '/app' }, 'ssm:GetParametersByPath arn:aws:ssm:us-west-2:$:parameter/app'],
  ['GetParameterHistory', { Name: '/a' }, 'ssm:GetParameterHistory arn:aws:ssm:us-west-2:$:parameter/a'],
  ['DeleteParameter', { Name: '/a' }, 'ssm:DeleteParameter arn:aws:ssm:us-west-2:$:parameter/a'],
  [
    'DeleteParameters',
    { Names: ['/a', 'b'] },
    'ssm:DeleteParameters arn:aws:ssm:us-west-2:$:parameter/a,arn:aws:ssm:us-west-2:$:parameter/b',
  ],
  ['DescribeParameters', {}, 'ssm:DescribeParameters arn:aws:ssm:us-west-2:$:*'],
  [
    'CreateDocument',
    { Name: 'd', DocumentType: 'Command' },
    'ssm:CreateDocument arn:aws:ssm:us-west-2:$:document/d ssm:DocumentType=Command',
  ],
  ['GetDocument', { Name: 'd' }, 'ssm:GetDocument arn:aws:ssm:us-west-2:$:document/d'],
  ['DescribeDocument', { Name: 'd' }, 'ssm:DescribeDocument arn:aws:ssm:us-west-2:$:document/d'],
  ['DeleteDocument', { Name: 'd' }, 'ssm:DeleteDocument arn:aws:ssm:us-west-2:$:document/d'],
  ['ListDocuments', {}, 'ssm:ListDocuments arn:aws:ssm:us-west-2:$:*'],
  [
    'AddTagsToResource',
    { ResourceType: 'Parameter', ResourceId: '/a', Tags: [{ Key: 'team', Value: 'red' }] },
    'ssm:AddTagsToResource arn:aws:ssm:us-west-2:$:parameter/a aws:RequestTag/team=red aws:TagKeys=team',
  ],
  [
    'ListTagsForResource',
    { ResourceType: 'Document', ResourceId: 'd' },
    'ssm:ListTagsForResource arn:aws:ssm:us-west-2:$:document/d',
  ],
];
