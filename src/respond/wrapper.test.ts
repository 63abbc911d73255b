import { expect, it } from 'vitest';
import { sessionNotice } from '../../test/fakes/notice.ts';
import { fakeRole } from '../../test/fakes/role.ts';
import { fakeWorld } from '../../test/fakes/world.ts';
import { revokeSessions } from './playbooks/revoke-sessions.ts';
import { rotateInstanceCredentials } from './playbooks/rotate-instance-credentials.ts';
import { answer, type Post, type RunDetail, runDetailType } from './wrapper.ts';

/** A bus with the template's one rule: what ran comes back to the function until nothing more is put. */
function fakeBus(more: Partial<Post> = {}, answers = fakeRole().answers) {
  const told: RunDetail[] = [];
  const { world } = fakeWorld(answers);
  const post: Post = {
    playbook: revokeSessions,
    functionArn: 'arn:f',
    mode: 'run',
    world,
    tell: async (detail) => {
      told.push(structuredClone(detail));
    },
    ...more,
  };
  const settle = async (notice: unknown) => {
    await answer(post, notice);
    for (let at = 0; at < told.length; at++) {
      if (told[at]!.phase === 'ran') await answer(post, { 'detail-type': runDetailType, detail: told[at] });
    }
    return told;
  };
  return { settle, told, post };
}

it('plans, runs, verifies', async () => {
  const told = await fakeBus().settle(sessionNotice());
  expect(told.map(({ phase, end, verdict }) => [phase, end, verdict])).toEqual([
    ['planned', undefined, undefined],
    ['ran', undefined, undefined],
    ['verified', 'verified', 'resolved'],
  ]);
  expect(new Set(told.map(({ runId }) => runId)).size).toBe(1);
});

it('ends a second delivery of the same notice as nothing to do, in the same run', async () => {
  const { settle, told } = fakeBus();
  await settle(sessionNotice());
  await settle(sessionNotice());
  expect(told.at(-2)).toMatchObject({ end: 'nothing to do', runId: told[0]!.runId });
});

it('makes another run of an update', async () => {
  const first = await fakeBus().settle(sessionNotice());
  const second = await fakeBus().settle(sessionNotice(undefined, '2026-01-05T01:05:00Z'));
  expect(second[0]!.runId).not.toBe(first[0]!.runId);
});

it('looks again after 1, 5 and 15 minutes where the run was skipped, and says not verified', async () => {
  const skipped = { ...revokeSessions, run: async (target: never) => ({ target, evidence: [] }) };
  const { settle, post } = fakeBus({ playbook: skipped });
  const began = post.world.now();
  const verified = (await settle(sessionNotice())).filter(({ phase }) => phase === 'verified');
  expect(verified.map(({ attempt, end }) => [attempt, end])).toEqual([
    [0, undefined],
    [1, undefined],
    [2, undefined],
    [3, 'not verified'],
  ]);
  expect(post.world.now() - began).toBe(15 * 60_000);
});

it('only plans in mode plan', async () => {
  const told = await fakeBus({ mode: 'plan' }).settle(sessionNotice());
  expect(told).toMatchObject([{ phase: 'planned', steps: [{ action: 'iam:PutRolePolicy' }] }]);
});

it('answers the end of another run, but not its other phases', async () => {
  const [, , verified] = await fakeBus().settle(sessionNotice('AROAEXAMPLE:somebody'));
  const { post, told } = fakeBus({ playbook: rotateInstanceCredentials });
  await answer(post, { 'detail-type': runDetailType, detail: { ...verified, phase: 'ran' } });
  expect(told).toEqual([]);
  await answer(post, { 'detail-type': runDetailType, detail: verified });
  expect(told).toMatchObject([{ playbook: 'rotate-instance-credentials', end: 'unsupported' }]);
});

it.each([[null], [{}], [{ 'detail-type': 'GuardDuty Finding', detail: { id: 'x' } }]])(
  'refuses %j with a reason',
  async (input) => {
    await expect(answer(fakeBus().post, input)).rejects.toThrow(/Expected|expected/);
  },
);
