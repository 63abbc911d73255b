import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { CreateVpcCommand, DescribeVpcsCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { DecodeAuthorizationMessageCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allow, newUser, refusal } from '../support/identities.ts';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
beforeAll(async () => {
  range = await testRange();
});
afterAll(() => range.close());

const said =
  /^UnauthorizedOperation: You are not authorized to perform this operation\. (.+?)\. Encoded authorization failure message: ([\w-]+)$/;

async function encodedOf(attempt: Promise<unknown>): Promise<readonly [text: string, encoded: string]> {
  const [, text = '', encoded = ''] = said.exec(await refusal(attempt)) ?? [];
  return [text, encoded];
}

const decode = (EncodedMessage: string, keys?: Parameters<TestRange['as']>[0]) =>
  new STSClient(range.as(keys)).send(new DecodeAuthorizationMessageCommand({ EncodedMessage }));

const run = (keys: Parameters<TestRange['as']>[0]) =>
  new EC2Client(range.as(keys)).send(
    new RunInstancesCommand({ ImageId: 'ami-12345678', InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 }),
  );

test('who may decode a refusal of EC2 reads who wanted what', async () => {
  const user = await newUser(range, 'nobody', allow('iam:List*', '*'));
  const instance = `arn:aws:ec2:us-west-2:${range.account}:instance/*`;
  const [text, encoded] = await encodedOf(run(user.keys));
  expect(text).toBe(
    `User: ${user.arn} is not authorized to perform: ec2:RunInstances on resource: ${instance} because no identity-based policy allows the ec2:RunInstances action`,
  );
  expect(await refusal(decode(encoded, user.keys))).toContain(
    'not authorized to perform: sts:DecodeAuthorizationMessage',
  );
  const message = JSON.parse((await decode(encoded)).DecodedMessage ?? '');
  expect(message).toMatchObject({
    allowed: false,
    explicitDeny: false,
    matchedStatements: { items: [] },
    failures: { items: [] },
    context: {
      principal: { id: expect.stringMatching(/^AIDA/), name: 'nobody', arn: user.arn },
      action: 'ec2:RunInstances',
      resource: instance,
    },
  });
  expect(message.context.conditions.items).toContainEqual({
    key: 'ec2:InstanceType',
    values: { items: [{ value: 't3.micro' }] },
  });
});

test('a denial is shown with the statement that denied', async () => {
  const denying = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'ec2:*', Resource: '*' },
      {
        Sid: 'NoVpcs',
        Effect: 'Deny',
        Action: ['ec2:CreateVpc'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:RequestedRegion': 'us-west-2' } },
      },
    ],
  });
  const user = await newUser(range, 'denied', denying);
  const attempt = new EC2Client(range.as(user.keys)).send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const [, encoded] = await encodedOf(attempt);
  const { explicitDeny, matchedStatements } = JSON.parse((await decode(encoded)).DecodedMessage ?? '');
  expect(explicitDeny).toBe(true);
  expect(matchedStatements.items).toMatchObject([
    {
      statementId: 'NoVpcs',
      effect: 'DENY',
      actions: { items: [{ value: 'ec2:CreateVpc' }] },
      conditions: { items: [{ key: 'aws:RequestedRegion', values: { items: [{ value: 'us-west-2' }] } }] },
    },
  ]);
});

test('an action without resources says nothing more, and no changed message is decoded', async () => {
  const user = await newUser(range, 'blind', allow('iam:List*', '*'));
  const described = await refusal(new EC2Client(range.as(user.keys)).send(new DescribeVpcsCommand({})));
  expect(described).toContain('ec2:DescribeVpcs because no identity-based policy');
  expect(described).not.toContain('Encoded');
  const [, encoded] = await encodedOf(run(user.keys));
  const changed = `${encoded.slice(0, 40)}${encoded[40] === 'A' ? 'B' : 'A'}${encoded.slice(41)}`;
  for (const bad of [changed, `${encoded}\n`, encoded.slice(0, 20), 'x']) {
    expect(await refusal(decode(bad))).toContain('InvalidAuthorizationMessageException');
  }
});

test('CloudTrail records the same text under the code that EC2 has there', async () => {
  const user = await newUser(range, 'seen', allow('iam:List*', '*'));
  const [, encoded] = await encodedOf(run(user.keys));
  const { Events = [] } = await new CloudTrailClient(range.as()).send(
    new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'RunInstances' }] }),
  );
  const records = Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? ''));
  const mine = records.find(({ userIdentity }) => userIdentity.arn === user.arn);
  expect(mine.errorCode).toBe('Client.UnauthorizedOperation');
  expect(mine.errorMessage).toMatch(new RegExp(`${encoded}$`));
});
