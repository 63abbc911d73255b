import {
  AddUserToGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetUserPolicyCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { cloudtrailExamples, type Documented } from './documented.ts';

const iamGuide = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html';

const sessionKeys = { accessKeyId: 'text', sessionToken: 'text', expiration: 'date, with a comma' };

export const ofIdentities: Readonly<Record<string, Documented>> = {
  CreateUser: {
    page: cloudtrailExamples,
    by: 'user',
    make: ({ user }) => new IAMClient(user).send(new CreateUserCommand({ UserName: 'richard' })),
    request: { userName: 'text' },
    response: { user: { path: 'text', arn: 'arn', userId: 'text', createDate: 'date', userName: 'text' } },
  },
  AddUserToGroup: {
    page: cloudtrailExamples,
    by: 'user',
    make: ({ user }) => new IAMClient(user).send(new AddUserToGroupCommand({ GroupName: 'Admins', UserName: 'mary' })),
    request: { groupName: 'text', userName: 'text' },
    response: null,
  },
  CreateRole: {
    page: cloudtrailExamples,
    by: 'user',
    make: ({ user }) =>
      new IAMClient(user).send(
        new CreateRoleCommand({
          RoleName: 'TestRole',
          Description: 'For instances.',
          AssumeRolePolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          }),
        }),
      ),
    request: { roleName: 'text', description: 'text', assumeRolePolicyDocument: 'text' },
    response: {
      role: {
        assumeRolePolicyDocument: 'text',
        arn: 'arn',
        roleId: 'text',
        createDate: 'date',
        roleName: 'text',
        path: 'text',
      },
    },
  },
  GetUserPolicy: {
    page: iamGuide,
    by: 'session',
    make: ({ session }) =>
      new IAMClient(session).send(new GetUserPolicyCommand({ UserName: 'mary', PolicyName: 'policy' })),
    request: { userName: 'text', policyName: 'text' },
    response: null,
  },
  AssumeRole: {
    page: iamGuide,
    by: 'user',
    make: ({ user, roleArn }) =>
      new STSClient(user).send(
        new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'second', SourceIdentity: 'mary' }),
      ),
    request: { roleArn: 'arn', roleSessionName: 'text', sourceIdentity: 'text' },
    response: {
      credentials: sessionKeys,
      assumedRoleUser: { assumedRoleId: 'text', arn: 'arn' },
      sourceIdentity: 'text',
    },
    more: { resources: [{ ARN: 'arn', accountId: 'text', type: 'text' }] },
  },
};
