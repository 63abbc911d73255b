import { expect, it } from 'vitest';
import { sessionNotice } from '../../../test/fakes/notice.ts';
import { fakeWorld, refusal } from '../../../test/fakes/world.ts';
import { subjectOf } from '../subject.ts';
import { rotateInstanceCredentials as playbook } from './rotate-instance-credentials.ts';

const subject = subjectOf(sessionNotice().detail);

function fakeInstance(more: object = {}) {
  const instance = {
    InstanceId: 'i-0abc',
    State: { Name: 'running' },
    LaunchTime: new Date('2026-01-05T00:10:00Z'),
    RootDeviceType: 'ebs',
    PublicIpAddress: '198.51.100.4',
    NetworkInterfaces: [{ Association: { PublicIp: '198.51.100.4', IpOwnerId: 'amazon' } }],
    Tags: [{ Key: 'aws:autoscaling:groupName', Value: 'web' }],
    ...more,
  };
  // Two looks pass before a state is reached, as on AWS.
  let looks = 0;
  let becomes: string | undefined;
  const answers = {
    DescribeInstances: ({ InstanceIds: [id] }: { InstanceIds: string[] }) => {
      if (id !== instance.InstanceId) throw refusal('InvalidInstanceID.NotFound');
      if (becomes && ++looks > 2) instance.State.Name = becomes;
      return { Reservations: [{ Instances: [instance] }] };
    },
    StopInstances: () => {
      looks = 0;
      becomes = 'stopped';
    },
    StartInstances: () => {
      if (instance.State.Name !== 'stopped') throw refusal('IncorrectInstanceState');
      looks = 0;
      becomes = 'running';
      instance.LaunchTime = new Date('2026-01-05T01:01:00Z');
    },
  };
  return answers;
}

it('stops and starts, sees it, and finds nothing more to do', async () => {
  const { world, called } = fakeWorld(fakeInstance());
  expect(await playbook.verify(subject, world)).toMatchObject({ verdict: 'remains' });
  expect(await playbook.undo(subject, world)).toMatchObject({ kind: 'nothing to undo' });
  const plan = await playbook.plan(subject, world);
  if (plan.kind !== 'steps') throw new Error(plan.why.en);
  expect(plan.steps[0]?.why.en).toMatch(/198\.51\.100\.4.*scaling group web/);
  await playbook.run(plan.target, subject, world);
  expect(await playbook.verify(subject, world)).toMatchObject({ verdict: 'resolved' });
  expect(await playbook.plan(subject, world)).toMatchObject({ kind: 'nothing to do' });
  expect(await playbook.undo(subject, world)).toMatchObject({ kind: 'unsupported' });
  expect([...new Set(called)].sort()).toEqual(playbook.permissions.flatMap(({ actions }) => actions).sort());
});

it('does not say that an elastic address is lost', async () => {
  const elastic = [{ Association: { PublicIp: '198.51.100.4', IpOwnerId: '111122223333' } }];
  const { world } = fakeWorld(fakeInstance({ NetworkInterfaces: elastic }));
  const plan = await playbook.plan(subject, world);
  expect(plan.kind === 'steps' && plan.steps[0]?.why.en).not.toContain('198.51.100.4');
});

it.each([
  ['a session of no instance', subjectOf(sessionNotice('AROAEXAMPLE:somebody').detail), {}, 'unsupported'],
  ['an instance store', subject, { RootDeviceType: 'instance-store' }, 'unsupported'],
  ['an instance that is gone', subjectOf(sessionNotice('AROAEXAMPLE:i-0def').detail), {}, 'nothing to do'],
])('of %s', async (_name, about, instance, kind) => {
  const { world } = fakeWorld(fakeInstance(instance));
  expect(await playbook.plan(about, world)).toMatchObject({ kind });
});

it('gives up on an instance that does not stop', async () => {
  const { world } = fakeWorld({ ...fakeInstance(), StopInstances: () => undefined });
  await expect(playbook.run({ instanceId: 'i-0abc' }, subject, world)).rejects.toThrow(
    'i-0abc was not stopped within 480 s',
  );
});
