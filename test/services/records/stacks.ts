import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { Documented } from './documented.ts';

const stackGuide = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-api-logging-cloudtrail.html';

const template = JSON.stringify({
  Parameters: { Password: { Type: 'String', NoEcho: true } },
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Password' } } } },
});

const parameterNames = [{ parameterKey: 'text' }];

export const ofStacks: Readonly<Record<string, Documented>> = {
  CreateStack: {
    page: stackGuide,
    by: 'user',
    make: ({ user }) =>
      new CloudFormationClient(user).send(
        new CreateStackCommand({
          StackName: 'mine',
          TemplateBody: template,
          Parameters: [{ ParameterKey: 'Password', ParameterValue: 'secret' }],
          Tags: [{ Key: 'test', Value: 'tag' }],
          DisableRollback: true,
        }),
      ),
    request: {
      templateBody: 'text',
      tags: [{ key: 'text', value: 'text' }],
      stackName: 'text',
      disableRollback: 'boolean',
      parameters: parameterNames,
    },
    response: { stackId: 'arn' },
  },
  UpdateStack: {
    page: stackGuide,
    by: 'user',
    make: async ({ range, user }) => {
      await range.pass(600_000);
      await new CloudFormationClient(user).send(
        new UpdateStackCommand({
          StackName: 'mine',
          TemplateBody: template,
          Parameters: [{ ParameterKey: 'Password', ParameterValue: 'other' }],
        }),
      );
    },
    request: { templateBody: 'text', parameters: parameterNames, stackName: 'text' },
    response: { stackId: 'arn' },
  },
  ListStacks: {
    page: stackGuide,
    by: 'user',
    make: ({ user }) => new CloudFormationClient(user).send(new ListStacksCommand({})),
    request: null,
    response: null,
  },
  DescribeStacks: {
    page: stackGuide,
    by: 'user',
    make: ({ user }) => new CloudFormationClient(user).send(new DescribeStacksCommand({ StackName: 'mine' })),
    request: { stackName: 'text' },
    response: null,
  },
  DeleteStack: {
    page: stackGuide,
    by: 'user',
    make: async ({ range, user }) => {
      await range.pass(600_000);
      await new CloudFormationClient(user).send(new DeleteStackCommand({ StackName: 'mine' }));
    },
    request: { stackName: 'text' },
    response: null,
  },
};
