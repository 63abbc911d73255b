import {
  DescribeInstancesCommand,
  type Instance,
  type InstanceStateName,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { Verdict } from '../../model/run.ts';
import type { Words } from '../../model/words.ts';
import { instancePollMs, instanceStateMsMax } from '../limits.ts';
import { inScope, outOfScope, type Plan, type Playbook, playbook, type Undone } from '../playbook.ts';
import type { Subject } from '../subject.ts';
import { stolenCredentials } from './stolen-credentials.ts';
import type { World } from './world.ts';

type Target = { readonly instanceId: string };

/** Stops and starts the instance whose credentials were stolen, which gives it new ones; a reboot does not. */
export const rotateInstanceCredentials: Playbook = playbook<Target>({
  slug: 'rotate-instance-credentials',
  title: { en: 'Stop and start the instance', ja: 'インスタンスの停止と起動' },
  handles: stolenCredentials,
  permissions: [
    { actions: ['ec2:DescribeInstances'], resources: ['*'] },
    {
      actions: ['ec2:StopInstances', 'ec2:StartInstances'],
      resources: ['arn:${Partition}:ec2:${Region}:${Account}:instance/*'],
    },
  ],
  lasting: { en: 'a stop and start cannot be taken back', ja: '停止と起動は取り消せません' },
  plan,
  run: async (target, _subject, world) => {
    const InstanceIds = [target.instanceId];
    await world.ec2.send(new StopInstancesCommand({ InstanceIds }));
    await waitFor('stopped', target.instanceId, world);
    await world.ec2.send(new StartInstancesCommand({ InstanceIds }));
    await waitFor('running', target.instanceId, world);
    const done = {
      en: `${target.instanceId} was stopped and started`,
      ja: `${target.instanceId} を停止して起動しました`,
    };
    return { target, evidence: [done] };
  },
  verify,
  undo,
});

async function plan(subject: Subject, world: World): Promise<Plan<Target>> {
  const instanceId = instanceIdOf(subject);
  if (instanceId === undefined) return unsupported(noInstance(subject));
  const instance = await describe(instanceId, world);
  if (instance === undefined || instance.State?.Name === 'terminated') {
    return nothing({ en: `${instanceId} does not exist any more`, ja: `${instanceId} はもう存在しません` });
  }
  const tags = (instance.Tags ?? []).map(({ Value }) => ({ value: Value ?? '' }));
  if (!inScope(world, tags)) return outOfScope(world, `instance ${instanceId}`);
  if (startedAfter(instance, subject)) {
    const at = instance.LaunchTime?.toISOString();
    return nothing({
      en: `${instanceId} was started at ${at}, after the finding was first seen`,
      ja: `${instanceId} は検出より後の ${at} に起動されています`,
    });
  }
  if (instance.RootDeviceType === 'instance-store') {
    return unsupported({
      en: `${instanceId} runs from an instance store: it cannot be stopped without being lost`,
      ja: `${instanceId} はインスタンスストアから起動しており、停止すると失われます`,
    });
  }
  const why = whatIsLost(instance);
  return {
    kind: 'steps',
    target: { instanceId },
    steps: [
      { action: 'ec2:StopInstances', resource: instanceId, why },
      {
        action: 'ec2:StartInstances',
        resource: instanceId,
        why: {
          en: 'it gets new credentials of its role at the start',
          ja: '起動時にロールの新しい認証情報を受け取ります',
        },
      },
    ],
  };
}

/** Of an instance's session, the session name is the instance id. */
function instanceIdOf({ accessKey, instance }: Subject): string | undefined {
  const session = accessKey?.principalId.split(':')[1] ?? '';
  return /^i-[0-9a-f]+$/.test(session) ? session : instance?.instanceId;
}

function whatIsLost(instance: Instance): Words {
  const address = instance.PublicIpAddress;
  const elastic = (instance.NetworkInterfaces ?? []).some(
    ({ Association }) => Association?.PublicIp === address && Association?.IpOwnerId !== 'amazon',
  );
  const group = instance.Tags?.find(({ Key }) => Key === 'aws:autoscaling:groupName')?.Value;
  const en = ['a stop interrupts the service and empties its instance store volumes, if it has any'];
  const ja = ['停止するとサービスが中断し、インスタンスストアボリュームがあればその内容は失われます'];
  if (address && !elastic) {
    en.push(`it loses its public address ${address}`);
    ja.push(`パブリックアドレス ${address} を失います`);
  }
  if (group) {
    en.push(`the scaling group ${group} may replace it`);
    ja.push(`スケーリンググループ ${group} に置き換えられることがあります`);
  }
  return { en: en.join('; '), ja: ja.join('。') };
}

/** The launch time is that of the last start. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html */
async function verify(subject: Subject, world: World): Promise<Verdict> {
  const instanceId = instanceIdOf(subject) ?? '';
  const instance = await describe(instanceId, world);
  const state = instance?.State?.Name ?? 'gone';
  const started = instance?.LaunchTime?.toISOString() ?? 'never';
  const renewed = instance !== undefined && startedAfter(instance, subject) && state === 'running';
  return {
    verdict: renewed ? 'resolved' : 'remains',
    evidence: [
      {
        en: `${instanceId} is ${state}, last started ${started}; the finding was first seen ${subject.firstSeen}`,
        ja: `${instanceId} の状態は ${state}、最後の起動は ${started}、検出の初回は ${subject.firstSeen} です`,
      },
    ],
  };
}

/** What was stopped and started stays so: the old credentials are not to be had again, and the outage was. */
async function undo(subject: Subject, world: World): Promise<Undone> {
  const instanceId = instanceIdOf(subject);
  if (instanceId === undefined) return { kind: 'nothing to undo', why: noInstance(subject) };
  const instance = await describe(instanceId, world);
  if (instance === undefined || !startedAfter(instance, subject)) {
    return {
      kind: 'nothing to undo',
      why: {
        en: `${instanceId} was not started since the finding was first seen`,
        ja: `${instanceId} は検出以降に起動されていません`,
      },
    };
  }
  const at = instance.LaunchTime?.toISOString();
  return {
    kind: 'unsupported',
    why: {
      en: `${instanceId} was started at ${at} and runs with new credentials; the old ones cannot be given back`,
      ja: `${instanceId} は ${at} に起動され、新しい認証情報で動いています。以前の認証情報には戻せません`,
    },
  };
}

function startedAfter({ LaunchTime }: Instance, { firstSeen }: Subject): boolean {
  return (LaunchTime?.getTime() ?? 0) > Date.parse(firstSeen);
}

async function describe(instanceId: string, world: World): Promise<Instance | undefined> {
  try {
    const { Reservations: reservations = [] } = await world.ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [instanceId] }),
    );
    return reservations[0]?.Instances?.[0];
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidInstanceID.NotFound') return undefined;
    throw error;
  }
}

async function waitFor(state: InstanceStateName, instanceId: string, world: World): Promise<void> {
  for (let waited = 0; waited < instanceStateMsMax; waited += instancePollMs) {
    if ((await describe(instanceId, world))?.State?.Name === state) return;
    await world.sleep(instancePollMs);
  }
  throw new Error(`${instanceId} was not ${state} within ${instanceStateMsMax / 1000} s`);
}

function noInstance({ accessKey }: Subject): Words {
  const session = accessKey?.principalId ?? '';
  return {
    en: `the session ${session} is not one of an instance`,
    ja: `セッション ${session} はインスタンスのものではありません`,
  };
}

function nothing(why: Words): Plan<never> {
  return { kind: 'nothing to do', why };
}

function unsupported(why: Words): Plan<never> {
  return { kind: 'unsupported', why };
}
