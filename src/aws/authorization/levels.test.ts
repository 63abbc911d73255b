import { expect, test } from 'vitest';
import { levelOf, levelOfCall } from './levels.ts';

test.each([
  ['s3:GetObject', 'Read'],
  ['s3:ListBucket', 'List'],
  ['s3:PutBucketAcl', 'Permissions management'],
  ['s3:PutObject', 'Write'],
  ['iam:CreateAccessKey', 'Write'],
  ['iam:DeleteAccountPasswordPolicy', 'Permissions management'],
  ['iam:TagRole', 'Tagging'],
  ['cloudtrail:StopLogging', 'Write'],
  ['cloudtrail:DescribeTrails', 'Read'],
  ['ec2:DescribeInstances', 'List'],
  ['lambda:AddPermission', 'Permissions management'],
  ['newservice:GetThing', 'Read'],
  ['s3:Frobnicate', undefined],
])('%s is %s', (action, level) => {
  expect(levelOf(action)).toBe(level);
});

test.each([
  ['lambda.amazonaws.com', 'CreateFunction20150331', 'Write'],
  ['lambda.amazonaws.com', 'AddPermission20150331v2', 'Permissions management'],
  ['monitoring.amazonaws.com', 'DeleteAlarms', 'Write'],
  ['s3.amazonaws.com', 'HeadObject', 'Read'],
])('%s %s is %s', (source, name, level) => {
  expect(levelOfCall(source, name)).toBe(level);
});
