import { appPolicy } from '../requests.ts';
import { type Kinds, short } from './kind.ts';

const trust = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: 'sts:AssumeRole' }],
  });

/** Who may do what. */
export const identity = {
  role: {
    creates: (id) => [
      ['iam:CreateRole', { roleName: `app-${short(id)}`, assumeRolePolicyDocument: trust('ecs-tasks'), path: '/' }],
      [
        'iam:PutRolePolicy',
        { roleName: `app-${short(id)}`, policyName: 'app', policyDocument: JSON.stringify(appPolicy(id)) },
      ],
      [
        'iam:AttachRolePolicy',
        { roleName: `app-${short(id)}`, policyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
      ],
    ],
    reads: 'iam:GetRole iam:ListRolePolicies iam:GetRolePolicy iam:ListAttachedRolePolicies'.split(' '),
    updates: (id) => [
      [
        'iam:PutRolePolicy',
        { roleName: `app-${short(id)}`, policyName: 'app', policyDocument: JSON.stringify(appPolicy(id)) },
      ],
    ],
    deletes: (id) => [
      [
        'iam:DetachRolePolicy',
        { roleName: `app-${short(id)}`, policyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
      ],
      ['iam:DeleteRolePolicy', { roleName: `app-${short(id)}`, policyName: 'app' }],
      ['iam:DeleteRole', { roleName: `app-${short(id)}` }],
    ],
  },
  policy: {
    creates: (id) => [
      ['iam:CreatePolicy', { policyName: `app-${short(id)}`, policyDocument: JSON.stringify(appPolicy(id)) }],
    ],
    reads: ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:ListPolicyVersions'],
    updates: (id, account) => [
      [
        'iam:CreatePolicyVersion',
        {
          policyArn: `arn:aws:iam::${account}:policy/app-${short(id)}`,
          policyDocument: JSON.stringify(appPolicy(id)),
          setAsDefault: true,
        },
      ],
      ['iam:DeletePolicyVersion', { policyArn: `arn:aws:iam::${account}:policy/app-${short(id)}`, versionId: 'v3' }],
    ],
    deletes: (id, account) => [['iam:DeletePolicy', { policyArn: `arn:aws:iam::${account}:policy/app-${short(id)}` }]],
  },
  provider: {
    creates: (id) => [
      [
        'iam:CreateOpenIDConnectProvider',
        {
          url: `https://oidc.eks.ap-northeast-1.amazonaws.com/id/${id.toUpperCase()}`,
          clientIDList: ['sts.amazonaws.com'],
        },
      ],
    ],
    reads: ['iam:GetOpenIDConnectProvider', 'eks:DescribeCluster'],
    updates: (id) => [['iam:TagOpenIDConnectProvider', { openIDConnectProviderArn: id }]],
    deletes: (id) => [['iam:DeleteOpenIDConnectProvider', { openIDConnectProviderArn: id }]],
  },
  mailUser: {
    creates: (id) => [
      ['iam:CreateUser', { userName: `smtp-${short(id)}` }],
      [
        'iam:PutUserPolicy',
        {
          userName: `smtp-${short(id)}`,
          policyName: 'send',
          policyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'ses:SendRawEmail', Resource: '*' }],
          }),
        },
      ],
      ['iam:CreateAccessKey', { userName: `smtp-${short(id)}` }, { accessKey: { userName: `smtp-${short(id)}` } }],
    ],
    reads: ['iam:GetUser', 'iam:ListAccessKeys', 'iam:GetUserPolicy'],
    updates: (id) => [['iam:TagUser', { userName: `smtp-${short(id)}` }]],
    deletes: (id) => [
      ['iam:DeleteAccessKey', { userName: `smtp-${short(id)}` }],
      ['iam:DeleteUserPolicy', { userName: `smtp-${short(id)}`, policyName: 'send' }],
      ['iam:DeleteUser', { userName: `smtp-${short(id)}` }],
    ],
  },
  vendorRole: {
    creates: (id) => [
      [
        'iam:CreateRole',
        {
          roleName: `vendor-${short(id)}`,
          assumeRolePolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: 'arn:aws:iam::664201873055:root' },
                Action: 'sts:AssumeRole',
                Condition: { StringEquals: { 'sts:ExternalId': id } },
              },
            ],
          }),
        },
      ],
      ['iam:AttachRolePolicy', { roleName: `vendor-${short(id)}`, policyArn: 'arn:aws:iam::aws:policy/SecurityAudit' }],
    ],
    reads: ['iam:GetRole', 'iam:ListAttachedRolePolicies'],
    updates: (id) => [['iam:TagRole', { roleName: `vendor-${short(id)}` }]],
    deletes: (id) => [
      ['iam:DetachRolePolicy', { roleName: `vendor-${short(id)}`, policyArn: 'arn:aws:iam::aws:policy/SecurityAudit' }],
      ['iam:DeleteRole', { roleName: `vendor-${short(id)}` }],
    ],
  },
} satisfies Kinds;
