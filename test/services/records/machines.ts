import { CreateKeyPairCommand, EC2Client, StartInstancesCommand, StopInstancesCommand } from '@aws-sdk/client-ec2';
import { CreateFunctionCommand, DeleteFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { zipOf } from '../../functions/zip-of.ts';
import { cloudtrailExamples, type Documented } from './documented.ts';

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

export const ofMachines: Readonly<Record<string, Documented>> = {
  StopInstances: {
    page: cloudtrailExamples,
    by: 'user',
    make: ({ user, instance }) => new EC2Client(user).send(new StopInstancesCommand({ InstanceIds: [instance] })),
    request: { instancesSet: instances, force: 'boolean' },
    response: changes,
  },
  StartInstances: {
    page: cloudtrailExamples,
    by: 'user',
    make: async ({ range, user, instance }) => {
      await range.pass(120_000);
      await new EC2Client(user).send(new StartInstancesCommand({ InstanceIds: [instance] }));
    },
    request: { instancesSet: instances },
    response: changes,
  },
  CreateKeyPair: {
    page: cloudtrailExamples,
    by: 'user',
    make: ({ user }) => new EC2Client(user).send(new CreateKeyPairCommand({ KeyName: 'mine' })),
    request: { keyName: 'text', keyType: 'text', keyFormat: 'text' },
    response: { requestId: 'text', keyName: 'text', keyFingerprint: 'text', keyPairId: 'text', keyMaterial: 'removed' },
  },
  DeleteFunction20150331: {
    page: 'https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html',
    by: 'user',
    make: async ({ user, roleArn }) => {
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
};
