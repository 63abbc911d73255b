import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeImagesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import {
  CancelCommandCommand,
  DeleteParametersCommand,
  DescribeInstanceInformationCommand,
  DescribeParametersCommand,
  GetCommandInvocationCommand,
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  PutParameterCommand,
  SendCommandCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newUser } from '../support/identities.ts';
import { launch, managedProfile, newSubnet } from '../support/managed-instance.ts';
import { type TestRange, testRange } from '../support/range.ts';

let range: TestRange;
let ssm: SSMClient;
let ec2: EC2Client;
/** With a role for the agent, and without any. */
let managed: string;
let bare: string;

const imageName = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';

beforeAll(async () => {
  range = await testRange();
  ssm = new SSMClient(range.as());
  ec2 = new EC2Client(range.as());
  await managedProfile(range);
  const subnet = await newSubnet(range);
  managed = await launch(range, subnet, { IamInstanceProfile: { Name: 'managed' } });
  bare = await launch(range, subnet, {});
  await range.pass(120_000);
});
afterAll(() => range.close());

async function send(commands: string[], more: Record<string, string[]> = {}): Promise<string> {
  const { Command } = await ssm.send(
    new SendCommandCommand({
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: [managed],
      Parameters: { commands, ...more },
    }),
  );
  return Command?.CommandId ?? '';
}

function outcome(CommandId: string) {
  return ssm.send(new GetCommandInvocationCommand({ CommandId, InstanceId: managed }));
}

test('AWS names its images by public parameters', async () => {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: imageName }));
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ ImageIds: [Parameter?.Value ?? ''] }));
  expect(Images).toHaveLength(1);
  expect(Parameter?.ARN).toBe(`arn:aws:ssm:us-west-2::parameter${imageName}`);
});

test('a parameter is put once, overwritten by wish, and keeps its versions', async () => {
  const Name = '/app/colour';
  await ssm.send(new PutParameterCommand({ Name, Value: 'red', Type: 'String' }));
  await expect(ssm.send(new PutParameterCommand({ Name, Value: 'blue' }))).rejects.toMatchObject({
    name: 'ParameterAlreadyExists',
  });
  const put = await ssm.send(new PutParameterCommand({ Name, Value: 'blue', Overwrite: true }));
  expect(put.Version).toBe(2);
  const { Parameters = [], InvalidParameters } = await ssm.send(
    new GetParametersCommand({ Names: [Name, `${Name}:1`, '/app/none'] }),
  );
  expect(Parameters.map(({ Value }) => Value)).toEqual(['blue', 'red']);
  expect(InvalidParameters).toEqual(['/app/none']);
  const { Parameters: listed = [] } = await ssm.send(new DescribeParametersCommand({}));
  expect(listed.map((each) => each.Name)).toEqual([Name]);
});

test('a secret is given in the clear only by wish', async () => {
  const Name = '/app/password';
  await ssm.send(new PutParameterCommand({ Name, Value: 'hunter2', Type: 'SecureString' }));
  await ssm.send(new PutParameterCommand({ Name, Value: 'hunter3', Overwrite: true }));
  const get = async (name: string, WithDecryption: boolean) =>
    (await ssm.send(new GetParameterCommand({ Name: name, WithDecryption }))).Parameter;
  expect(await get(Name, true)).toMatchObject({ Type: 'SecureString', Value: 'hunter3' });
  expect((await get(`${Name}:1`, true))?.Value).toBe('hunter2');
  expect((await get(Name, false))?.Value).toMatch(/^AQICA[\w+/=]{30,}$/);
  const { Parameters = [] } = await ssm.send(
    new GetParametersByPathCommand({ Path: '/app', Recursive: true, WithDecryption: true }),
  );
  expect(Parameters.map(({ Value }) => Value)).toContain('hunter3');
  const { Parameters: described = [] } = await ssm.send(new DescribeParametersCommand({}));
  expect(described.find((each) => each.Name === Name)?.KeyId).toBe('alias/aws/ssm');
  await ssm.send(new DeleteParametersCommand({ Names: [Name] }));
});

test('a path gives what is directly below it, or all', async () => {
  await ssm.send(new PutParameterCommand({ Name: '/tree/a', Value: '1', Type: 'String' }));
  await ssm.send(new PutParameterCommand({ Name: '/tree/b/c', Value: '2,3', Type: 'StringList' }));
  const names = async (Recursive: boolean) =>
    (await ssm.send(new GetParametersByPathCommand({ Path: '/tree', Recursive }))).Parameters?.map(({ Name }) => Name);
  expect(await names(false)).toEqual(['/tree/a']);
  expect(await names(true)).toEqual(['/tree/a', '/tree/b/c']);
  const gone = await ssm.send(new DeleteParametersCommand({ Names: ['/tree/a', '/tree/b/c', '/tree/x'] }));
  expect(gone.InvalidParameters).toEqual(['/tree/x']);
});

test.each([
  ['a secret under a key of KMS', { Name: 'secret', Type: 'SecureString', KeyId: 'alias/mine' }, 'NotImplemented'],
  ["a name of AWS's", { Name: '/aws/x', Type: 'String' }, 'ValidationException'],
  ['no type', { Name: 'untyped' }, 'ValidationException'],
  [
    'a value against its pattern',
    { Name: 'n', Type: 'String', AllowedPattern: '^\\d+$' },
    'ParameterPatternMismatchException',
  ],
] as const)('%s is refused', async (_, input, name) => {
  await expect(ssm.send(new PutParameterCommand({ Value: 'v', ...input } as never))).rejects.toMatchObject({ name });
});

test('a stack takes its image by the name of a parameter', async () => {
  const cloudformation = new CloudFormationClient(range.as());
  const TemplateBody = JSON.stringify({
    Parameters: { Image: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: imageName } },
    Resources: {
      Kept: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Name: '/kept/image', Type: 'String', Value: { Ref: 'Image' } },
      },
    },
    Outputs: { Image: { Value: { Ref: 'Image' } } },
  });
  await cloudformation.send(new CreateStackCommand({ StackName: 'image', TemplateBody }));
  await range.pass(30_000);
  const { Stacks: [stack] = [] } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'image' }));
  const image = stack?.Outputs?.[0]?.OutputValue;
  expect(image).toMatch(/^ami-/);
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/kept/image' }));
  expect(Parameter?.Value).toBe(image);
});

test('a command runs as root on the host, and tells its output and exit code', async () => {
  const good = await send(['whoami', 'pwd', 'curl -s -m 2 http://169.254.169.254/latest/meta-data/instance-id']);
  const bad = await send(['echo out', 'echo wrong >&2', 'exit 3']);
  await range.pass(60_000);
  const fine = await outcome(good);
  expect(fine).toMatchObject({ Status: 'Success', ResponseCode: 0 });
  expect(fine.StandardOutputContent).toMatch(/^root\n\/usr\/bin\n/);
  expect(await outcome(bad)).toMatchObject({
    Status: 'Failed',
    ResponseCode: 3,
    StandardOutputContent: 'out\n',
    StandardErrorContent: 'wrong\nfailed to run commands: exit status 3',
  });
  const { Commands = [] } = await ssm.send(new ListCommandsCommand({ CommandId: bad }));
  expect(Commands[0]).toMatchObject({ Status: 'Failed', TargetCount: 1, CompletedCount: 1, ErrorCount: 1 });
  const { CommandInvocations: [detail] = [] } = await ssm.send(
    new ListCommandInvocationsCommand({ CommandId: bad, Details: true }),
  );
  expect(detail?.CommandPlugins?.[0]?.Output).toContain('----------ERROR-------\nwrong');
});

test('the whole output goes where the command says, as the instance', async () => {
  const s3 = new S3Client(range.as());
  const logs = new CloudWatchLogsClient(range.as());
  await s3.send(
    new CreateBucketCommand({ Bucket: 'outputs', CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } }),
  );
  const output = {
    OutputS3BucketName: 'outputs',
    OutputS3KeyPrefix: 'runs',
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
  };
  const shout = async () => {
    const { Command } = await ssm.send(
      new SendCommandCommand({
        DocumentName: 'AWS-RunShellScript',
        InstanceIds: [managed],
        Parameters: { commands: ['echo out; echo err >&2'] },
        ...output,
      }),
    );
    await range.pass(60_000);
    return Command?.CommandId ?? '';
  };
  const denied = await shout();
  expect((await outcome(denied)).Status).toBe('Success');
  expect((await s3.send(new ListObjectsV2Command({ Bucket: 'outputs' }))).KeyCount).toBe(0);
  await new IAMClient(range.as()).send(
    new PutRolePolicyCommand({
      RoleName: 'managed',
      PolicyName: 'output',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['s3:PutObject', 'logs:*'], Resource: '*' }],
      }),
    }),
  );
  const id = await shout();
  const folder = `runs/${id}/${managed}/awsrunShellScript/0.awsrunShellScript`;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'outputs' }));
  expect(Contents.map(({ Key }) => Key)).toEqual([`${folder}/stderr`, `${folder}/stdout`]);
  expect((await outcome(id)).StandardOutputUrl).toBe(`https://s3.us-west-2.amazonaws.com/outputs/${folder}/stdout`);
  const { events = [] } = await logs.send(
    new GetLogEventsCommand({
      logGroupName: '/aws/ssm/AWS-RunShellScript',
      logStreamName: `${id}/${managed}/aws-runShellScript/stdout`,
    }),
  );
  expect(events.map(({ message }) => message)).toEqual(['out']);
});

test('output is cut where AWS cuts it', async () => {
  const id = await send(['for i in $(seq 3000); do echo 0123456789; done']);
  await range.pass(60_000);
  expect((await outcome(id)).StandardOutputContent).toHaveLength(24_000);
});

test('what runs too long is ended, and what is cancelled', async () => {
  const slow = await send(['sleep 600'], { executionTimeout: ['60'] });
  const unwanted = await send(['sleep 600', 'touch /root/unwanted']);
  await range.pass(10_000);
  await ssm.send(new CancelCommandCommand({ CommandId: unwanted }));
  await range.pass(1_200_000);
  expect(await outcome(slow)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'ExecutionTimedOut' });
  expect(await outcome(unwanted)).toMatchObject({ Status: 'Cancelled', StatusDetails: 'Cancelled' });
  const look = await send(['ls /root/unwanted']);
  await range.pass(10_000);
  expect((await outcome(look)).Status).toBe('Failed');
});

test('an instance whose role does not let its agent speak is no managed instance', async () => {
  const { InstanceInformationList = [] } = await ssm.send(new DescribeInstanceInformationCommand({}));
  expect(InstanceInformationList.map(({ InstanceId, PingStatus }) => [InstanceId, PingStatus])).toEqual([
    [managed, 'Online'],
  ]);
  const command = new SendCommandCommand({
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [bare],
    Parameters: { commands: ['id'] },
  });
  await expect(ssm.send(command)).rejects.toMatchObject({ name: 'InvalidInstanceId' });
});

test.each([
  ['a document that is not built', { DocumentName: 'AWS-RunPowerShellScript' }, 'NotImplemented'],
  ['a document that there is not', { DocumentName: 'nobodys' }, 'InvalidDocument'],
  ['no commands', { Parameters: {} }, 'InvalidParameters'],
  ['a limit of errors', { MaxErrors: '1' }, 'NotImplemented'],
] as const)('%s is refused', async (_, input, name) => {
  const base = { DocumentName: 'AWS-RunShellScript', InstanceIds: [managed], Parameters: { commands: ['id'] } };
  await expect(ssm.send(new SendCommandCommand({ ...base, ...input } as never))).rejects.toMatchObject({ name });
});

test('who has no permission sends nothing', async () => {
  const { keys } = await newUser(range, 'nobody');
  const theirs = new SSMClient(range.as(keys));
  const command = new SendCommandCommand({
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [managed],
    Parameters: { commands: ['id'] },
  });
  await expect(theirs.send(command)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
