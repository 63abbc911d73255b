import { expect, test } from 'vitest';
import { evaluate } from './evaluate.ts';
import { questionOf } from './question.ts';
import { refusal } from './refusal.ts';

const alice = 'arn:aws:iam::111122223333:user/alice';
const of = (Effect: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect, Action: '*', Resource: '*', ...more },
});
const list = { principal: alice, action: 's3:ListAllMyBuckets', resource: '*' };
const inIam = { ...list, action: 'iam:GetAccountSummary' };
const role = 'arn:aws:iam::111122223333:role/r';
const assume = { principal: alice, action: 'sts:AssumeRole', resource: role };
const trusting = (AWS: string) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' },
});
const head = `User: ${alice} is not authorized to perform: s3:ListAllMyBuckets`;

/** IAM's messages as people met them, of which each kind is one. */
function named(action: string, resource: string, said: string) {
  const text = `User: ${alice} is not authorized to perform: ${action} on resource: ${said} because no identity-based policy allows the ${action} action`;
  return [[{ principal: alice, action, resource }, text]] as const;
}

test.each([
  [list, `${head} because no identity-based policy allows the s3:ListAllMyBuckets action`],
  [{ ...list, identityPolicies: [of('Deny')] }, `${head} with an explicit deny in an identity-based policy`],
  [
    { ...list, identityPolicies: [of('Allow')], permissionBoundaries: [] },
    `${head} because no permissions boundary allows the s3:ListAllMyBuckets action`,
  ],
  [
    { ...list, identityPolicies: [of('Allow')], sessionPolicies: [] },
    `${head} because no session policy allows the s3:ListAllMyBuckets action`,
  ],
  [
    { ...list, serviceControlPolicies: [[]] },
    `${head} because no service control policy allows the s3:ListAllMyBuckets action`,
  ],
  [{ ...list, serviceControlPolicies: [[of('Deny')]] }, `${head} with an explicit deny in a service control policy`],
  [
    inIam,
    `User: ${alice} is not authorized to perform: iam:GetAccountSummary on resource: * because no identity-based policy allows the iam:GetAccountSummary action`,
  ],
  [
    { ...inIam, action: 'iam:ListPolicies' },
    `User: ${alice} is not authorized to perform: iam:ListPolicies on resource: policy path / because no identity-based policy allows the iam:ListPolicies action`,
  ],
  [
    assume,
    `User: ${alice} is not authorized to perform: sts:AssumeRole on resource: ${role} because no role trust policy allows the sts:AssumeRole action`,
  ],
  [
    { ...assume, resourcePolicy: trusting('arn:aws:iam::111122223333:root') },
    `User: ${alice} is not authorized to perform: sts:AssumeRole on resource: ${role} because no identity-based policy allows the sts:AssumeRole action`,
  ],
  [
    { ...assume, identityPolicies: [of('Deny')], resourcePolicy: trusting(alice) },
    `User: ${alice} is not authorized to perform: sts:AssumeRole on resource: ${role} with an explicit deny in an identity-based policy`,
  ],
  [
    { ...list, resourcePolicy: of('Deny', { Principal: '*' }) },
    `${head} with an explicit deny in a resource-based policy`,
  ],
  [
    { ...assume, resourceAccount: '444455556666' },
    `User: ${alice} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
  ],
  [
    { ...list, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' },
    `User: ${alice} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:GetObject action`,
  ],
  [{ principal: '*', action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' }, 'Access Denied'],
  [{ ...list, action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: '444455556666' }, 'Access Denied'],
  [
    { ...list, action: 'ec2:DescribeInstances' },
    `User: ${alice} is not authorized to perform: ec2:DescribeInstances because no identity-based policy allows the ec2:DescribeInstances action`,
  ],
  [
    { ...list, action: 'sns:Publish', resource: 'arn:aws:sns:us-west-2:111122223333:t' },
    `User: ${alice} is not authorized to perform: SNS:Publish on resource: arn:aws:sns:us-west-2:111122223333:t because no identity-based policy allows the SNS:Publish action`,
  ],
  [
    { ...list, action: 'lambda:ListFunctions' },
    `User: ${alice} is not authorized to perform: lambda:ListFunctions on resource: * because no identity-based policy allows the lambda:ListFunctions action`,
  ],
  ...named('iam:GetUser', 'arn:aws:iam::111122223333:user/staff/bob', 'user bob'),
  ...named('iam:AttachRolePolicy', role, 'role r'),
  ...named('iam:AddUserToGroup', 'arn:aws:iam::111122223333:group/admins', 'group admins'),
  ...named('iam:GetInstanceProfile', 'arn:aws:iam::111122223333:instance-profile/web', 'instance profile web'),
  ...named('iam:CreatePolicy', 'arn:aws:iam::111122223333:policy/p', 'policy p'),
  ...named('iam:GetPolicy', 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'policy arn:aws:iam::aws:policy/ReadOnlyAccess'),
  ...named('iam:CreateRole', role, role),
  ...named('iam:PassRole', role, role),
  ...named('iam:TagRole', role, role),
  ...named('iam:ListRoles', 'arn:aws:iam::111122223333:role/', 'arn:aws:iam::111122223333:role/'),
] as const)('%j', (question, text) => {
  const { request } = questionOf(question);
  expect(refusal(request, evaluate(request))).toBe(text);
});
