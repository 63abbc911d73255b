// A table: the records that AWS prints, and the calls that make ours.
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  ListStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, LookupEventsCommand, UpdateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  CreateKeyPairCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { CreateDetectorCommand, CreateThreatIntelSetCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateFunctionCommand, DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, DeleteTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { type Ports, servicesOver } from '../../src/range/services/index.ts';
import { zipOf } from '../functions/zip-of.ts';
import { allow, newUser } from '../support/identities.ts';
import { type ClientSettings, type TestRange, testRange } from '../support/range.ts';

// Each case is a record that a page of AWS prints: its keys, their casing, and of what form the values are. Left out is
// what comes of TLS and of a console session, which the range has neither of, and what older records did not have yet.

/** `text` and its like, or what stands under each key; a list has the forms of its items. */
type Form = string | null | readonly Form[] | { readonly [key: string]: Form };

interface Documented {
  readonly page: string;
  readonly by: 'user' | 'session';
  make(): Promise<unknown>;
  readonly request: Form;
  readonly response: Form;
  /** Beside the fields that every record has. */
  readonly more?: Readonly<Record<string, Form>>;
}

const cloudtrailExamples =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html';
const iamGuide = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html';
const snsGuide = 'https://docs.aws.amazon.com/sns/latest/dg/sns-logging-using-cloudtrail.html';
const stackGuide = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-api-logging-cloudtrail.html';

let range: TestRange;
let user: ClientSettings;
let session: ClientSettings;
let roleArn = '';
let instance = '';
let topic = '';
let detector = '';
const seen: JsonObject[] = [];
const template = JSON.stringify({
  Parameters: { Password: { Type: 'String', NoEcho: true } },
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Password' } } } },
});

beforeAll(async () => {
  range = await testRange({ seesCall: (record) => seen.push(record) });
  const everything = allow('*', '*');
  user = range.as((await newUser(range, 'mary', everything)).keys);
  const iam = new IAMClient(user);
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${range.account}:root`, Service: 'lambda.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
      },
    ],
  });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'Admin', AssumeRolePolicyDocument: trust }));
  roleArn = Role?.Arn ?? '';
  await iam.send(new PutRolePolicyCommand({ RoleName: 'Admin', PolicyName: 'all', PolicyDocument: everything }));
  await iam.send(new CreateGroupCommand({ GroupName: 'Admins' }));
  const { Credentials: keys } = await new STSClient(user).send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'first' }),
  );
  session = range.as({
    accessKeyId: keys?.AccessKeyId ?? '',
    secretAccessKey: keys?.SecretAccessKey ?? '',
    sessionToken: keys?.SessionToken ?? '',
  });
  instance = await newInstance();
  topic = (await new SNSClient(user).send(new CreateTopicCommand({ Name: 'other' }))).TopicArn ?? '';
  detector = (await new GuardDutyClient(user).send(new CreateDetectorCommand({ Enable: true }))).DetectorId ?? '';
}, 60_000);
afterAll(() => range.close());

const instances = { items: [{ instanceId: 'text' }] };
const changes = {
  requestId: 'text',
  instancesSet: {
    items: [
      {
        instanceId: 'text',
        currentState: { code: 'number', name: 'text' },
        previousState: { code: 'number', name: 'text' },
      },
    ],
  },
};
const sessionKeys = { accessKeyId: 'text', sessionToken: 'text', expiration: 'date, with a comma' };
const parameterNames = [{ parameterKey: 'text' }];

const documented: Readonly<Record<string, Documented>> = {
  StopInstances: {
    page: cloudtrailExamples,
    by: 'user',
    make: () => new EC2Client(user).send(new StopInstancesCommand({ InstanceIds: [instance] })),
    request: { instancesSet: instances, force: 'boolean' },
    response: changes,
  },
  StartInstances: {
    page: cloudtrailExamples,
    by: 'user',
    make: async () => {
      await range.pass(120_000);
      await new EC2Client(user).send(new StartInstancesCommand({ InstanceIds: [instance] }));
    },
    request: { instancesSet: instances },
    response: changes,
  },
  CreateKeyPair: {
    page: cloudtrailExamples,
    by: 'user',
    make: () => new EC2Client(user).send(new CreateKeyPairCommand({ KeyName: 'mine' })),
    request: { keyName: 'text', keyType: 'text', keyFormat: 'text' },
    response: { requestId: 'text', keyName: 'text', keyFingerprint: 'text', keyPairId: 'text', keyMaterial: 'removed' },
  },
  CreateUser: {
    page: cloudtrailExamples,
    by: 'user',
    make: () => new IAMClient(user).send(new CreateUserCommand({ UserName: 'richard' })),
    request: { userName: 'text' },
    response: { user: { path: 'text', arn: 'arn', userId: 'text', createDate: 'date', userName: 'text' } },
  },
  AddUserToGroup: {
    page: cloudtrailExamples,
    by: 'user',
    make: () => new IAMClient(user).send(new AddUserToGroupCommand({ GroupName: 'Admins', UserName: 'mary' })),
    request: { groupName: 'text', userName: 'text' },
    response: null,
  },
  CreateRole: {
    page: cloudtrailExamples,
    by: 'user',
    make: () =>
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
  UpdateTrail: {
    page: cloudtrailExamples,
    by: 'user',
    make: () =>
      new CloudTrailClient(user)
        .send(new UpdateTrailCommand({ Name: 'myTrail2', IsMultiRegionTrail: true }))
        .catch(() => undefined),
    request: { name: 'text', isMultiRegionTrail: 'boolean' },
    response: null,
    more: { errorCode: 'text', errorMessage: 'text' },
  },
  GetUserPolicy: {
    page: iamGuide,
    by: 'session',
    make: () => new IAMClient(session).send(new GetUserPolicyCommand({ UserName: 'mary', PolicyName: 'policy' })),
    request: { userName: 'text', policyName: 'text' },
    response: null,
  },
  AssumeRole: {
    page: iamGuide,
    by: 'user',
    make: () =>
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
  CreateTopic: {
    page: snsGuide,
    by: 'user',
    make: () => new SNSClient(user).send(new CreateTopicCommand({ Name: 'hello' })),
    request: { name: 'text' },
    response: { topicArn: 'arn' },
  },
  Publish: {
    page: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-events.html',
    by: 'session',
    make: () =>
      new SNSClient(session).send(
        new PublishCommand({
          TopicArn: topic,
          Message: '{"default":"hidden"}',
          Subject: 'hidden',
          MessageStructure: 'json',
          MessageAttributes: { a: { DataType: 'String', StringValue: 'hidden' } },
        }),
      ),
    request: {
      topicArn: 'arn',
      message: 'hidden',
      subject: 'hidden',
      messageStructure: 'text',
      messageAttributes: 'hidden',
    },
    response: { messageId: 'text' },
    more: { resources: [{ accountId: 'text', type: 'text', ARN: 'arn' }] },
  },
  DeleteTopic: {
    page: snsGuide,
    by: 'user',
    make: () => new SNSClient(user).send(new DeleteTopicCommand({ TopicArn: topic })),
    request: { topicArn: 'arn' },
    response: null,
  },
  DeleteFunction20150331: {
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html',
    by: 'user',
    make: async () => {
      const lambda = new LambdaClient(user);
      const ZipFile = zipOf({ 'index.mjs': 'export const handler = () => 1;' });
      const FunctionName = 'basic';
      const Handler = 'index.handler';
      await lambda.send(
        new CreateFunctionCommand({ FunctionName, Handler, Runtime: 'nodejs22.x', Role: roleArn, Code: { ZipFile } }),
      );
      await lambda.send(new DeleteFunctionCommand({ FunctionName }));
    },
    request: { functionName: 'text' },
    response: null,
  },
  CreateThreatIntelSet: {
    page: 'https://docs.aws.amazon.com/guardduty/latest/ug/logging-using-cloudtrail.html',
    by: 'session',
    make: () =>
      new GuardDutyClient(session).send(
        new CreateThreatIntelSetCommand({
          DetectorId: detector,
          Name: 'Example',
          Format: 'TXT',
          Activate: false,
          Location: 'https://s3.amazonaws.com/lists/file.txt',
        }),
      ),
    // The SDK sends a token, which the console that AWS shows did not.
    request: {
      detectorId: 'text',
      name: 'text',
      format: 'text',
      activate: 'boolean',
      location: 'text',
      clientToken: 'text',
    },
    response: { threatIntelSetId: 'text' },
  },
  PutRule: {
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-using-cloudtrail.html',
    by: 'user',
    make: () =>
      new EventBridgeClient(user).send(
        new PutRuleCommand({ Name: 'mine', Description: '', State: 'ENABLED', EventPattern: '{"source":["aws.ec2"]}' }),
      ),
    request: { description: 'text', name: 'text', state: 'text', eventPattern: 'text' },
    response: { ruleArn: 'arn' },
    more: { apiVersion: 'text' },
  },
  PutEvents: {
    page: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-using-cloudtrail.html',
    by: 'session',
    make: () =>
      new EventBridgeClient(session).send(
        new PutEventsCommand({
          Entries: [{ Source: 'mine', DetailType: 'Mine', Detail: '{"a":1}', EventBusName: 'default' }],
        }),
      ),
    request: { entries: [{ source: 'text', detailType: 'text', detail: 'hidden', eventBusName: 'text' }] },
    response: { failedEntryCount: 'number', entries: [{ eventId: 'text' }] },
    more: { apiVersion: 'text', resources: [{ type: 'text', ARN: 'arn' }] },
  },
  CreateStack: {
    page: stackGuide,
    by: 'user',
    make: () =>
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
    make: async () => {
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
    make: () => new CloudFormationClient(user).send(new ListStacksCommand({})),
    request: null,
    response: null,
  },
  DescribeStacks: {
    page: stackGuide,
    by: 'user',
    make: () => new CloudFormationClient(user).send(new DescribeStacksCommand({ StackName: 'mine' })),
    request: { stackName: 'text' },
    response: null,
  },
  DeleteStack: {
    page: stackGuide,
    by: 'user',
    make: async () => {
      await range.pass(600_000);
      await new CloudFormationClient(user).send(new DeleteStackCommand({ StackName: 'mine' }));
    },
    request: { stackName: 'text' },
    response: null,
  },
};

const identities = {
  user: { type: 'text', principalId: 'text', arn: 'arn', accountId: 'text', accessKeyId: 'text', userName: 'text' },
  session: {
    type: 'text',
    principalId: 'text',
    arn: 'arn',
    accountId: 'text',
    accessKeyId: 'text',
    sessionContext: {
      sessionIssuer: { type: 'text', principalId: 'text', arn: 'arn', accountId: 'text', userName: 'text' },
      attributes: { creationDate: 'time', mfaAuthenticated: 'text' },
    },
  },
};

test.each(Object.entries(documented))('a record of %s is as AWS prints it', async (name, { by, make, ...shape }) => {
  await make();
  const record = seen.findLast(({ eventName }) => eventName === name) ?? {};
  expect(formOf(record)).toEqual({
    eventVersion: 'text',
    userIdentity: identities[by],
    eventTime: 'time',
    eventSource: 'text',
    eventName: 'text',
    awsRegion: 'text',
    sourceIPAddress: 'text',
    userAgent: 'text',
    requestParameters: shape.request,
    responseElements: shape.response,
    requestID: 'text',
    eventID: 'text',
    readOnly: 'boolean',
    eventType: 'text',
    managementEvent: 'boolean',
    recipientAccountId: 'text',
    eventCategory: 'text',
    ...shape.more,
  });
  expect(await lookedUp(name, String(record['awsRegion']))).toEqual(
    record['managementEvent'] === true ? record : undefined,
  );
});

test('a call about no bucket records none', async () => {
  await new S3Client(user).send(new ListBucketsCommand({}));
  const record = seen.findLast(({ eventName }) => eventName === 'ListBuckets');
  expect(record).toMatchObject({ requestParameters: { Host: 's3.us-west-2.amazonaws.com' } });
  expect(record).not.toHaveProperty('resources');
});

test('the records that are said to be documented are those compared here', () => {
  const said = servicesOver({} as Ports).flatMap(({ operations }) =>
    Object.entries(operations).flatMap(([name, { trail }]) =>
      trail?.seen === undefined ? [] : [[trail.name ?? name, trail.seen] as const],
    ),
  );
  const compared = Object.entries(documented).map(([name, { page }]) => [name, page] as const);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(compared));
});

const forms: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'time'],
  [/^[A-Z][a-z]{2} \d{1,2}, \d{4} \d{1,2}:\d\d:\d\d [AP]M$/, 'date'],
  [/^[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d\d:\d\d [AP]M$/, 'date, with a comma'],
  [/^arn:aws:/, 'arn'],
  [/^HIDDEN_DUE_TO_SECURITY_REASONS$/, 'hidden'],
  [/^<sensitiveDataRemoved>$/, 'removed'],
];

function formOf(value: unknown): Form {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map(formOf);
  if (typeof value === 'object') {
    return Object.fromEntries(Object.entries(value as object).map(([key, member]) => [key, formOf(member)]));
  }
  if (typeof value !== 'string') return typeof value;
  return forms.find(([pattern]) => pattern.test(value))?.[1] ?? 'text';
}

/** What LookupEvents gives of the last call of this name. */
async function lookedUp(AttributeValue: string, region: string): Promise<unknown> {
  const { Events: [last] = [] } = await new CloudTrailClient(range.as(undefined, region)).send(
    new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue }], MaxResults: 1 }),
  );
  return last?.CloudTrailEvent === undefined ? undefined : JSON.parse(last.CloudTrailEvent);
}

async function newInstance(): Promise<string> {
  const ec2 = new EC2Client(user);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock: '10.0.0.0/24' }));
  const { Images: [image] = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const { Instances: [launched] = [] } = await ec2.send(
    new RunInstancesCommand({ ImageId: image?.ImageId, MinCount: 1, MaxCount: 1, SubnetId: Subnet?.SubnetId }),
  );
  await range.pass(180_000);
  return launched?.InstanceId ?? '';
}
