import { expect, test } from 'vitest';
import { levelOf } from './levels.ts';

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
