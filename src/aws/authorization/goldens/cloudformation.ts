// A table: what calls of cloudformation need, compared by hand with the service's page of the Service Authorization Reference.
import type { Golden } from './golden.ts';

export const cloudformation: readonly Golden[] = [
  [
    'CreateStack',
    {
      StackName: 's',
      TemplateURL: 'https://b.s3.amazonaws.com/t',
      RoleARN: 'arn:aws:iam::111122223333:role/r',
      Tags: [{ Key: 'team', Value: 'red' }],
      ResourceTypes: ['AWS::S3::*'],
    },
    'cloudformation:CreateStack arn:aws:cloudformation:us-west-2:$:stack/s/* cloudformation:ResourceTypes=AWS::S3::* cloudformation:RoleArn=arn:aws:iam::$:role/r cloudformation:TemplateUrl=https://b.s3.amazonaws.com/t aws:RequestTag/team=red aws:TagKeys=team',
    'iam:PassRole arn:aws:iam::$:role/r iam:PassedToService=cloudformation.amazonaws.com',
  ],
  ['CreateStack', { StackName: 's' }, 'cloudformation:CreateStack arn:aws:cloudformation:us-west-2:$:stack/s/*'],
  [
    'UpdateStack',
    { StackName: 's', RoleARN: 'arn:aws:iam::111122223333:role/r' },
    'cloudformation:UpdateStack arn:aws:cloudformation:us-west-2:$:stack/s cloudformation:RoleArn=arn:aws:iam::$:role/r',
    'iam:PassRole arn:aws:iam::$:role/r iam:PassedToService=cloudformation.amazonaws.com',
  ],
  ['DeleteStack', { StackName: 's' }, 'cloudformation:DeleteStack arn:aws:cloudformation:us-west-2:$:stack/s'],
  [
    'DescribeStacks',
    {},
    'cloudformation:ListStacks arn:aws:cloudformation:us-west-2:$:stack/*/*',
    'cloudformation:DescribeStacks *',
  ],
  ['DescribeStacks', { StackName: 's' }, 'cloudformation:DescribeStacks arn:aws:cloudformation:us-west-2:$:stack/s'],
  [
    'DescribeStackEvents',
    { StackName: 's' },
    'cloudformation:DescribeStackEvents arn:aws:cloudformation:us-west-2:$:stack/s',
  ],
  [
    'DescribeStackResource',
    { StackName: 's' },
    'cloudformation:DescribeStackResource arn:aws:cloudformation:us-west-2:$:stack/s',
  ],
  [
    'DescribeStackResources',
    { StackName: 's' },
    'cloudformation:DescribeStackResources arn:aws:cloudformation:us-west-2:$:stack/s',
  ],
  [
    'ListStackResources',
    { StackName: 's' },
    'cloudformation:ListStackResources arn:aws:cloudformation:us-west-2:$:stack/s',
  ],
  ['ListStacks', {}, 'cloudformation:ListStacks arn:aws:cloudformation:us-west-2:$:stack/*/*'],
  ['GetTemplate', { StackName: 's' }, 'cloudformation:GetTemplate arn:aws:cloudformation:us-west-2:$:stack/s'],
  [
    'GetTemplateSummary',
    { StackName: 's' },
    'cloudformation:GetTemplateSummary arn:aws:cloudformation:us-west-2:$:stack/s',
  ],
  ['ValidateTemplate', { TemplateURL: 'u' }, 'cloudformation:ValidateTemplate * cloudformation:TemplateUrl=u'],
  [
    'CreateChangeSet',
    { StackName: 's', ChangeSetName: 'c' },
    'cloudformation:CreateChangeSet arn:aws:cloudformation:us-west-2:$:stack/s cloudformation:ChangeSetName=c',
  ],
  [
    'DescribeChangeSet',
    { StackName: 's', ChangeSetName: 'c' },
    'cloudformation:DescribeChangeSet arn:aws:cloudformation:us-west-2:$:stack/s cloudformation:ChangeSetName=c',
  ],
  [
    'ExecuteChangeSet',
    { StackName: 's', ChangeSetName: 'c' },
    'cloudformation:ExecuteChangeSet arn:aws:cloudformation:us-west-2:$:stack/s cloudformation:ChangeSetName=c',
  ],
  [
    'DeleteChangeSet',
    { StackName: 's', ChangeSetName: 'c' },
    'cloudformation:DeleteChangeSet arn:aws:cloudformation:us-west-2:$:stack/s cloudformation:ChangeSetName=c',
  ],
  ['ListChangeSets', { StackName: 's' }, 'cloudformation:ListChangeSets arn:aws:cloudformation:us-west-2:$:stack/s'],
  [
    'CancelUpdateStack',
    { StackName: 's' },
    'cloudformation:CancelUpdateStack arn:aws:cloudformation:us-west-2:$:stack/s',
  ],
  [
    'ContinueUpdateRollback',
    { StackName: 's' },
    'cloudformation:ContinueUpdateRollback arn:aws:cloudformation:us-west-2:$:stack/s',
  ],
  ['SignalResource', { StackName: 's' }, 'cloudformation:SignalResource arn:aws:cloudformation:us-west-2:$:stack/s'],
  ['SetStackPolicy', { StackName: 's' }, 'cloudformation:SetStackPolicy arn:aws:cloudformation:us-west-2:$:stack/s'],
  ['GetStackPolicy', { StackName: 's' }, 'cloudformation:GetStackPolicy arn:aws:cloudformation:us-west-2:$:stack/s'],
  [
    'UpdateTerminationProtection',
    { StackName: 's' },
    'cloudformation:UpdateTerminationProtection arn:aws:cloudformation:us-west-2:$:stack/s',
  ],
  ['ListExports', {}, 'cloudformation:ListExports *'],
  ['ListImports', { ExportName: 'e' }, 'cloudformation:ListImports *'],
  [
    'DetectStackDrift',
    { StackName: 's' },
    'cloudformation:DetectStackDrift arn:aws:cloudformation:us-west-2:$:stack/s',
  ],
  ['DescribeAccountLimits', {}, 'cloudformation:DescribeAccountLimits *'],
  ['EstimateTemplateCost', {}, 'cloudformation:EstimateTemplateCost *'],
];
