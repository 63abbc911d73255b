import { readdir, readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { stackMsMax } from '../../drill/limits.ts';
import type { EnvironmentStep } from '../../drill/schema.ts';
import type { JsonObject } from '../../model/json.ts';
import { mails } from '../../range/mailbox.ts';
import { stepFailed } from './faults.ts';
import { plain, type Scene } from './scene.ts';

type Step<Kind extends EnvironmentStep['kind']> = Extract<EnvironmentStep, { kind: Kind }>;

/** Makes the world in which the attack happens, as the account's administrator, step by step. */
export async function prepare(scene: Scene): Promise<void> {
  for (const step of scene.drill.environment) {
    try {
      await carryOut(step, scene);
    } catch (error) {
      throw stepFailed(step, error);
    }
  }
}

async function carryOut(step: EnvironmentStep, scene: Scene): Promise<void> {
  switch (step.kind) {
    case 'functions':
      return uploadFunctions(step, scene);
    case 'call':
      return makeCall(step, scene);
    case 'stack':
      return createStack(step, scene);
    case 'confirm':
      return confirmSubscriptions(scene);
    case 'wait':
      return pass(step.wait, scene);
    case 'witness':
      return scene.flows.watch();
  }
}

export async function pass(ms: number, scene: Scene): Promise<void> {
  scene.doing({ en: `${ms / 1000} s pass`, ja: `${ms / 1000} 秒経過中` });
  await scene.task.sleep(ms);
}

/** `playbooks` is our own pack; anything else is a folder of zip files beside the drill. */
async function uploadFunctions({ functions }: Step<'functions'>, scene: Scene): Promise<void> {
  const { cast, range, drill } = scene;
  const folder = functions === 'playbooks' ? scene.functions : resolve(scene.folder, functions);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.zip')).sort();
  if (files.length === 0) throw new Error(`${folder} holds no .zip file`);
  const bucket = `yagura-code-${range.account}-${drill.region}`;
  scene.doing({ en: `uploading ${files.length} functions`, ja: `関数 ${files.length} 件をアップロード中` });
  await cast.call('s3.CreateBucket', {
    Bucket: bucket,
    ...(drill.region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: drill.region } }),
  });
  for (const file of files) {
    await cast.call('s3.PutObject', {
      Bucket: bucket,
      Key: `functions/${file}`,
      Body: await readFile(resolve(folder, file)),
    });
  }
  cast.values.set('CodeBucket', bucket);
  cast.values.set('CodePrefix', 'functions/');
  const names = files.map((file) => basename(file, '.zip')).join(', ');
  scene.tell('environment', { en: `functions uploaded: ${names}`, ja: `関数をアップロード: ${names}` });
}

async function makeCall({ call, with: input, as }: Step<'call'>, scene: Scene): Promise<void> {
  const { cast } = scene;
  scene.doing(plain(call));
  const output = await cast.call(call, cast.fill(input as JsonObject));
  if (as !== undefined) cast.remember(as, output);
  scene.tell('environment', plain(call.replace('.', ':')));
}

export async function createStack(step: Step<'stack'>, scene: Scene): Promise<void> {
  const { cast, task } = scene;
  const file = resolve(scene.folder, step.stack);
  const template = await readFile(file, 'utf8');
  const name = (step.as ?? basename(file).replace(/\.[^.]+$/, '')).toLowerCase();
  const given = { ...Object.fromEntries(cast.values), ...scene.drill.parameters, ...cast.fill(step.with) };
  const parameters = parametersOf(template)
    .filter((parameter) => typeof given[parameter] === 'string')
    .map((parameter) => ({ ParameterKey: parameter, ParameterValue: given[parameter] as string }));
  scene.doing({ en: `creating stack ${name}`, ja: `スタック ${name} を作成中` });
  const began = scene.range.clock.now();
  await cast.call('cloudformation.CreateStack', {
    StackName: name,
    TemplateBody: template,
    Parameters: parameters,
    Capabilities: ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
  });
  for (;;) {
    await task.sleep(2_000);
    const output = await cast.call('cloudformation.DescribeStacks', { StackName: name });
    const [stack] = output['Stacks'] as readonly Stack[];
    if (stack === undefined) throw new Error(`stack ${name} is gone`);
    if (stack.StackStatus === 'CREATE_COMPLETE') {
      const outputs = Object.fromEntries(
        (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
      );
      if (step.as !== undefined) cast.remember(step.as, outputs);
      scene.tell('environment', { en: `stack ${name} created`, ja: `スタック ${name} の作成完了` });
      return;
    }
    if (stack.StackStatus !== 'CREATE_IN_PROGRESS') throw new Error(`stack ${name}: ${await whyFailed(name, scene)}`);
    if (scene.range.clock.now() - began > stackMsMax)
      throw new Error(`stack ${name} is not complete after ${stackMsMax / 60_000} m`);
  }
}

interface Stack {
  readonly StackStatus: string;
  readonly Outputs?: readonly { readonly OutputKey: string; readonly OutputValue: string }[];
}

interface StackEvent {
  readonly LogicalResourceId?: string;
  readonly ResourceStatus?: string;
  readonly ResourceStatusReason?: string;
}

/** The first resource that failed says why; the others were only cancelled. */
async function whyFailed(name: string, scene: Scene): Promise<string> {
  const output = await scene.cast.call('cloudformation.DescribeStackEvents', { StackName: name });
  const failed = (output['StackEvents'] as readonly StackEvent[]).filter(({ ResourceStatus }) =>
    ResourceStatus?.endsWith('_FAILED'),
  );
  const first = failed.at(-1);
  return first === undefined
    ? 'failed'
    : `${first.LogicalResourceId} ${first.ResourceStatus}: ${first.ResourceStatusReason}`;
}

/** What the template declares: it gets only those of the drill's parameters that it asks for. */
function parametersOf(template: string): readonly string[] {
  const parameters: unknown = parseDocument(template, { logLevel: 'silent' }).toJS()?.Parameters;
  return typeof parameters === 'object' && parameters !== null ? Object.keys(parameters) : [];
}

/** Follows every link that SNS has mailed. */
async function confirmSubscriptions(scene: Scene): Promise<void> {
  const links = [...mails(scene.range.store)].flatMap(([, mail]) => {
    const link = /(\S*\?Action=ConfirmSubscription\S*)/.exec(mail.body)?.[1];
    return link === undefined ? [] : [{ to: mail.to, link: new URL(link, 'http://localhost') }];
  });
  if (links.length === 0)
    throw new Error('no mail asks for a confirmation; expected a topic with a mail subscription before this step');
  for (const { to, link } of links) {
    const status = await scene.cast.follow(link);
    if (status !== 200) throw new Error(`the link mailed to ${to} answered ${status}`);
    scene.tell('environment', { en: `${to} confirmed its subscription`, ja: `${to} がサブスクリプションを確認` });
  }
}
