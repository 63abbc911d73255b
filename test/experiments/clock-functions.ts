import { build } from 'esbuild';
import { rootPath } from '../../src/root.ts';
import { zipOf } from '../functions/zip-of.ts';

/** The functions of the clock's experiment, as a user would write them; each says in its log what it saw. */
const sources = {
  calls: `
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
const sts = new STSClient({});
export const handler = async () => {
  const seen = [];
  for (let n = 0; n < 3; n++) seen.push((await sts.send(new GetCallerIdentityCommand({}))).Account);
  console.log(JSON.stringify(seen));
};`,
  waits: `
exports.handler = async () => {
  const began = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 5000));
  console.log(JSON.stringify(Date.now() - began));
  return 'rested';
};`,
  polls: `
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
const lambda = new LambdaClient({});
export const handler = async () => {
  const began = Date.now();
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'waits' }));
  console.log(JSON.stringify([Payload.transformToString(), Date.now() - began]));
};`,
  revokes: `
import { IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
const { ROLE_ARN: RoleArn } = process.env;
const session = async (RoleSessionName) => {
  const { Credentials } = await new STSClient({}).send(new AssumeRoleCommand({ RoleArn, RoleSessionName }));
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials;
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
};
const attempt = (credentials) =>
  new SNSClient({ credentials }).send(new ListTopicsCommand({})).then(() => 'answered', ({ name }) => name);
const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000));
export const handler = async () => {
  const stolen = await session('stolen');
  const before = await attempt(stolen);
  await seconds(60);
  const date = new Date().toISOString();
  const Condition = { DateLessThan: { 'aws:TokenIssueTime': date } };
  const Statement = [{ Effect: 'Deny', Action: '*', Resource: '*', Condition }];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  const RoleName = RoleArn.split('/').pop();
  await new IAMClient({}).send(new PutRolePolicyCommand({ RoleName, PolicyName: 'older-sessions', PolicyDocument }));
  await seconds(1);
  const renewed = await session('renewed');
  console.log(JSON.stringify({ date, before, stolen: await attempt(stolen), renewed: await attempt(renewed) }));
};`,
  answers: `
exports.handler = async (event) => {
  await new Promise((resolve) => setTimeout(resolve, 20000));
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'answer', StackId, RequestId, LogicalResourceId });
  await fetch(event.ResponseURL, { method: 'PUT', body, headers: { 'content-type': '' } });
};`,
};

export type FunctionName = keyof typeof sources;
export const functionNames = Object.keys(sources) as FunctionName[];

/** Each function with the clients that it uses inside, as functions are uploaded. */
export async function zippedFunctions(): Promise<ReadonlyMap<FunctionName, Uint8Array>> {
  const zips = new Map<FunctionName, Uint8Array>();
  for (const name of functionNames) {
    const stdin = { contents: sources[name], resolveDir: rootPath() };
    const { outputFiles } = await build({
      stdin,
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      mainFields: ['module', 'main'],
      minify: true,
    });
    zips.set(name, zipOf({ 'index.js': outputFiles[0]?.text ?? '' }));
  }
  return zips;
}
