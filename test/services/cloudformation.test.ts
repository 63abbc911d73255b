import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let cloudformation: CloudFormationClient;
let sns: SNSClient;

beforeAll(async () => {
  range = await testRange();
  cloudformation = new CloudFormationClient(range.as());
  sns = new SNSClient(range.as());
});
afterAll(() => range.close());

const two = `
Parameters: { Shown: { Type: String, Default: first } }
Resources:
  Topic: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref Shown } }
  Rule:
    Type: AWS::Events::Rule
    Properties: { EventPattern: { source: [a] }, Targets: [{ Id: t, Arn: !Ref Topic }] }
Outputs: { Topic: { Value: !Ref Topic } }
`;

test('a stack is made, updated in place and deleted, with the events of AWS', async () => {
  await cloudformation.send(new CreateStackCommand({ StackName: 'life', TemplateBody: two }));
  const made = await settled('life');
  expect(made.StackStatus).toBe('CREATE_COMPLETE');
  const TopicArn = made.Outputs?.[0]?.OutputValue;
  const changed = { Parameters: [{ ParameterKey: 'Shown', ParameterValue: 'second' }] };
  await cloudformation.send(new UpdateStackCommand({ StackName: 'life', TemplateBody: two, ...changed }));
  expect((await settled('life')).StackStatus).toBe('UPDATE_COMPLETE');
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes?.['DisplayName']).toBe('second');
  await cloudformation.send(new DeleteStackCommand({ StackName: 'life' }));
  expect((await settled(made.StackId)).StackStatus).toBe('DELETE_COMPLETE');
  expect(await eventsOf(made.StackId)).toEqual([
    'life CREATE_IN_PROGRESS',
    ...['Topic', 'Rule'].flatMap((name) => [
      `${name} CREATE_IN_PROGRESS`,
      `${name} CREATE_IN_PROGRESS`,
      `${name} CREATE_COMPLETE`,
    ]),
    'life CREATE_COMPLETE',
    'life UPDATE_IN_PROGRESS',
    'Topic UPDATE_IN_PROGRESS',
    'Topic UPDATE_COMPLETE',
    'life UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
    'life UPDATE_COMPLETE',
    'life DELETE_IN_PROGRESS',
    'Rule DELETE_IN_PROGRESS',
    'Rule DELETE_COMPLETE',
    'Topic DELETE_IN_PROGRESS',
    'Topic DELETE_COMPLETE',
    'life DELETE_COMPLETE',
  ]);
  await expect(sns.send(new GetTopicAttributesCommand({ TopicArn }))).rejects.toThrow('Topic does not exist');
});

test('a creation that fails is rolled back and says which resource failed', async () => {
  const TemplateBody = two.replace('{ source: [a] }', '{ source: a }');
  await cloudformation.send(new CreateStackCommand({ StackName: 'fails', TemplateBody }));
  const stack = await settled('fails');
  expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
  const events = await eventsOf('fails');
  expect(events).toContain('Rule CREATE_FAILED');
  expect(events.slice(-2)).toEqual(['Topic DELETE_COMPLETE', 'fails ROLLBACK_COMPLETE']);
});

test('an update that fails brings everything back', async () => {
  await cloudformation.send(new CreateStackCommand({ StackName: 'back', TemplateBody: two }));
  const { Outputs } = await settled('back');
  const TemplateBody = two.replace('{ source: [a] }', '{ source: a }').replace('Default: first', 'Default: third');
  await cloudformation.send(new UpdateStackCommand({ StackName: 'back', TemplateBody }));
  expect((await settled('back')).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  const TopicArn = Outputs?.[0]?.OutputValue;
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes?.['DisplayName']).toBe('first');
});

const refused: readonly (readonly [what: string, template: string, words: string])[] = [
  [
    'a cycle',
    'Resources: { A: { Type: AWS::SNS::Topic, DependsOn: B }, B: { Type: AWS::SNS::Topic, DependsOn: A } }',
    'Circular dependency between resources: [A, B]',
  ],
  [
    'an alias',
    'Resources: { A: &a { Type: AWS::SNS::Topic }, B: *a }',
    'Template error: YAML aliases are not allowed in CloudFormation templates',
  ],
  [
    'a bomb of aliases',
    `Resources:\n  a0: &a0 [x]\n${Array.from({ length: 40 }, (_, n) => `  a${n + 1}: &a${n + 1} [*a${n}, *a${n}]\n`).join('')}`,
    'Template error: YAML aliases are not allowed in CloudFormation templates',
  ],
  ['YAML nested too deeply', `Resources: ${'['.repeat(5_000)}`, 'Template format error: YAML not well-formed.'],
  [
    'JSON nested too deeply',
    `{"Resources":{"A":{"Type":"AWS::SNS::Topic","Properties":{"X":${'['.repeat(24_000)}${']'.repeat(24_000)}}}}}`,
    'Template format error: values are nested more than 100 deep.',
  ],
  ['no resources', 'Description: x', 'Template format error: At least one Resources member must be defined.'],
  ['text', 'hello', 'Template format error: unsupported structure.'],
  ['half a JSON', '{"Resources": {', 'Template format error: JSON not well-formed. (line 1, column 16)'],
  [
    'a reference to nothing',
    'Resources: { A: { Type: AWS::SNS::Topic, Properties: { TopicName: !Ref Nobody } } }',
    'Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template',
  ],
  [
    'a type that is not built',
    'Resources: { A: { Type: AWS::Batch::JobQueue } }',
    'The resource type AWS::Batch::JobQueue is not built in this range yet.',
  ],
  [
    'a role without the capability',
    'Resources: { A: { Type: AWS::IAM::Role, Properties: { RoleName: x } } }',
    'Requires capabilities : [CAPABILITY_NAMED_IAM]',
  ],
];

test.each(refused)('%s is refused in words', async (_, TemplateBody, words) => {
  const creation = cloudformation.send(new CreateStackCommand({ StackName: 'never', TemplateBody }));
  await expect(creation).rejects.toThrow(words);
});

async function settled(StackName: string | undefined) {
  await range.pass(1_000);
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
  const [stack] = Stacks ?? [];
  if (stack === undefined) throw new Error(`no stack ${StackName}`);
  return stack;
}

async function eventsOf(StackName: string | undefined) {
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  return (StackEvents ?? []).map((each) => `${each.LogicalResourceId} ${each.ResourceStatus}`).reverse();
}
