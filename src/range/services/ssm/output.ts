import { AwsError } from '../../../aws/error.ts';
import type { Consumer, Work } from '../../operation.ts';
import { batchEventsMax } from '../logs/limits.ts';
import { type Agent, agentCaller } from './agents.ts';
import { type CommandRow, commands, type Output } from './tables.ts';

/** The whole output of a command on one instance, which its agent sends with the instance's own credentials. */
export interface Said {
  readonly command: string;
  readonly instance: string;
  readonly stdout: string;
  readonly stderr: string;
}

export const output: Consumer<Said> = {
  topic: 'ssm.output',
  async handle(said, work) {
    const { command, agent } = await work.commit(
      (scope) => ({ command: commands.get(scope, said.command), agent: agentCaller(scope, said.instance) }),
      { keep: true },
    );
    if (command?.output !== undefined && agent !== undefined)
      for (const stream of ['stdout', 'stderr'] as const)
        if (said[stream] !== '') await send({ said, stream, agent, to: command.output }, work);
    await work.commit(() => undefined);
  },
};

interface Sending {
  readonly said: Said;
  readonly stream: 'stdout' | 'stderr';
  readonly agent: Agent;
  readonly to: Output;
}

/** A refusal is the agent's own matter: the command has ended as it has. */
async function send(sending: Sending, work: Work): Promise<void> {
  for (const way of [toBucket, toLogs])
    try {
      await way(sending, work);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
    }
}

async function toBucket({ said, stream, agent, to }: Sending, work: Work): Promise<void> {
  if (to.bucket === undefined) return;
  const body = Buffer.from(said[stream]);
  const Key = keyOf(said, to, stream);
  const input = { Bucket: to.bucket, Key, Body: once(body), ContentLength: body.length };
  await work.invoke({
    ...agent,
    account: work.account,
    region: work.region,
    service: 's3',
    operation: 'PutObject',
    input,
  });
}

async function toLogs({ said, stream, agent, to }: Sending, work: Work): Promise<void> {
  if (to.group === undefined) return;
  const call = (operation: string, input: Record<string, unknown>) =>
    work.invoke({ ...agent, account: work.account, region: work.region, service: 'logs', operation, input });
  const logStreamName = `${said.command}/${said.instance}/aws-runShellScript/${stream}`;
  await unlessThere(call('CreateLogGroup', { logGroupName: to.group }));
  await unlessThere(call('CreateLogStream', { logGroupName: to.group, logStreamName }));
  const lines = said[stream].split('\n').filter((line) => line !== '');
  const logEvents = lines.slice(0, batchEventsMax).map((message) => ({ timestamp: work.now(), message }));
  if (logEvents.length > 0) await call('PutLogEvents', { logGroupName: to.group, logStreamName, logEvents });
}

async function unlessThere(made: Promise<unknown>): Promise<void> {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceAlreadyExistsException') throw error;
  }
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/distributor-working-with-packages-output.html, observed */
function keyOf({ command, instance }: Pick<Said, 'command' | 'instance'>, { prefix }: Output, stream: string): string {
  const folder = prefix === undefined ? '' : `${prefix.replace(/\/$/, '')}/`;
  return `${folder}${command}/${instance}/awsrunShellScript/0.awsrunShellScript/${stream}`;
}

/** Where an invocation says that its output lies. */
export function outputUrl(command: CommandRow, instance: string, stream: 'stdout' | 'stderr', region: string): string {
  const { output: to } = command;
  if (to?.bucket === undefined) return '';
  return `https://s3.${region}.amazonaws.com/${to.bucket}/${keyOf({ command: command.id, instance }, to, stream)}`;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
