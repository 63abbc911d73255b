import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let cloudformation: CloudFormationClient;
let logs: CloudWatchLogsClient;

beforeAll(async () => {
  range = await testRange();
  cloudformation = new CloudFormationClient(range.as());
  logs = new CloudWatchLogsClient(range.as());
});
afterAll(() => range.close());

const indent = (code: string) => code.trim().replaceAll('\n', '\n          ');

function template(name: string, code: string, properties = '{ Word: one }', runtime = 'nodejs20.x'): string {
  return `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }]
      Policies:
        - PolicyName: logs
          PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'logs:*', Resource: '*' }] }
  Function:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: ${name}
      Runtime: ${runtime}
      Handler: index.handler
      Timeout: 900
      Role: !GetAtt Role.Arn
      Code:
        ZipFile: |
          ${indent(code)}
  Thing:
    Type: Custom::Thing
    Properties: { ServiceToken: !GetAtt Function.Arn, ServiceTimeout: 120, Values: ${properties} }
Outputs:
  Id: { Value: !Ref Thing }
  Word: { Value: !GetAtt Thing.Word }
`;
}

const echo = `
const response = require('cfn-response');
exports.handler = (event, context) => {
  console.log(JSON.stringify(event));
  const { Word } = event.ResourceProperties.Values;
  if (Word === 'never') return context.done();
  response.send(event, context, Word === 'bad' && event.RequestType === 'Create' ? response.FAILED : response.SUCCESS, { Word: Word + '!' }, 'id-' + Word);
};`;

test('a function makes, changes, replaces and removes a resource of its own', async () => {
  const [first, second] = [template('echo', echo), template('echo', echo, '{ Word: two, Many: [1, true] }')];
  await create('life', first);
  const made = await settled('life');
  expect(made.StackStatus).toBe('CREATE_COMPLETE');
  expect(outputsOf(made)).toEqual({ Id: 'id-one', Word: 'one!' });
  await cloudformation.send(new UpdateStackCommand({ StackName: 'life', TemplateBody: second, ...capable }));
  const changed = await settled('life');
  expect(outputsOf(changed)).toEqual({ Id: 'id-two', Word: 'two!' });
  await cloudformation.send(new DeleteStackCommand({ StackName: 'life' }));
  expect((await settled(made.StackId)).StackStatus).toBe('DELETE_COMPLETE');
  expect((await eventsOf(made.StackId)).filter((each) => each.includes('Thing'))).toEqual([
    'Thing CREATE_IN_PROGRESS ',
    'Thing CREATE_IN_PROGRESS id-one',
    'Thing CREATE_COMPLETE id-one',
    'Thing UPDATE_IN_PROGRESS id-one',
    'Thing UPDATE_IN_PROGRESS id-two',
    'Thing UPDATE_COMPLETE id-two',
    'Thing DELETE_IN_PROGRESS id-one',
    'Thing DELETE_COMPLETE id-one',
    'Thing DELETE_IN_PROGRESS id-two',
    'Thing DELETE_COMPLETE id-two',
  ]);
  const asked = await requestsOf('echo');
  expect(asked.map(({ RequestType, PhysicalResourceId }) => [RequestType, PhysicalResourceId])).toEqual([
    ['Create', undefined],
    ['Update', 'id-one'],
    ['Delete', 'id-one'],
    ['Delete', 'id-two'],
  ]);
  expect(asked[1]).toMatchObject({
    StackId: made.StackId,
    LogicalResourceId: 'Thing',
    ResourceType: 'Custom::Thing',
    ResourceProperties: { ServiceTimeout: '120', Values: { Word: 'two', Many: ['1', 'true'] } },
    OldResourceProperties: { Values: { Word: 'one' } },
  });
});

test('what fails says why, and is asked to go', async () => {
  await create('fails', template('failing', echo, '{ Word: bad }'));
  expect((await settled('fails')).StackStatus).toBe('ROLLBACK_COMPLETE');
  expect(await reasonOf('fails', 'CREATE_FAILED')).toMatch(
    /^Received response status \[FAILED\] from custom resource\. Message returned: See the details in CloudWatch Log Stream: .+ \(RequestId: [\w-]{36}\)$/,
  );
  expect((await requestsOf('failing')).map(({ RequestType }) => RequestType)).toEqual(['Create', 'Delete']);
});

test('who never answers is given up after the timeout', async () => {
  await create('silent', template('silent', echo, '{ Word: never }'));
  await range.pass(60_000);
  expect((await settled('silent', 0)).StackStatus).toBe('CREATE_IN_PROGRESS');
  await range.pass(90_000);
  expect(await reasonOf('silent', 'CREATE_FAILED')).toMatch(/^CloudFormation did not receive a response from your/);
});

test('Python answers, too', async () => {
  const code = `
import cfnresponse
def handler(event, context):
    cfnresponse.send(event, context, cfnresponse.SUCCESS, {"Word": "py"}, "snake")`;
  await create('python', template('python', code, '{}', 'python3.12'));
  expect(outputsOf(await settled('python'))).toEqual({ Id: 'snake', Word: 'py' });
});

test('an answer may come long after, by fetch, and names nothing that it does not have', async () => {
  const slow = `
exports.handler = async (event) => {
  await new Promise((resolve) => setTimeout(resolve, 100_000));
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = { Status: 'SUCCESS', PhysicalResourceId: 'slow', StackId, RequestId, LogicalResourceId };
  const answer = await fetch(event.ResponseURL, { method: 'PUT', body: JSON.stringify(body), headers: { 'content-type': '' } });
  console.log('answer ' + answer.status);
};`;
  await create('slow', template('slow', slow).replace('ServiceTimeout: 120', 'ServiceTimeout: 600'));
  expect((await settled('slow')).StackStatus).toBe('CREATE_IN_PROGRESS');
  await range.pass(110_000);
  expect((await settled('slow')).StackStatus).toMatch(/^ROLLBACK/);
  expect(await reasonOf('slow', 'ROLLBACK_IN_PROGRESS')).toContain(
    "CustomResource attribute error: Vendor response doesn't contain Word key in object",
  );
});

const capable = { Capabilities: ['CAPABILITY_IAM' as const] };

async function create(StackName: string, TemplateBody: string) {
  await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody, ...capable }));
}

async function settled(StackName: string | undefined, ms = 10_000) {
  await range.pass(ms);
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
  const [stack] = Stacks ?? [];
  if (stack === undefined) throw new Error(`no stack ${StackName}`);
  return stack;
}

function outputsOf({ Outputs = [] }: Stack) {
  return Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

async function eventsOf(StackName: string | undefined) {
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  return (StackEvents ?? [])
    .map((each) => `${each.LogicalResourceId} ${each.ResourceStatus} ${each.PhysicalResourceId}`)
    .reverse();
}

async function reasonOf(StackName: string, status: string) {
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents?.find(({ ResourceStatus }) => ResourceStatus === status)?.ResourceStatusReason;
}

/** What a function was asked, by its log. */
async function requestsOf(name: string): Promise<Record<string, unknown>[]> {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${name}` }));
  return events.flatMap(({ message = '' }) => {
    const at = message.indexOf('{"');
    return at < 0 ? [] : [JSON.parse(message.slice(at)) as Record<string, unknown>];
  });
}
