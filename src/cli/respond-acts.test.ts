import { describe, expect, it } from 'vitest';
import { sessionNotice } from '../../test/fakes/notice.ts';
import { fakeRole } from '../../test/fakes/role.ts';
import { fakeWorld } from '../../test/fakes/world.ts';
import type { Playbook } from '../respond/playbook.ts';
import { revokeSession, revokeSessions } from '../respond/playbooks/revoke-sessions.ts';
import { rotateInstanceCredentials } from '../respond/playbooks/rotate-instance-credentials.ts';
import { subjectOf } from '../respond/subject.ts';
import { answer, type RunDetail, runDetailType } from '../respond/wrapper.ts';
import { acts, exitOf } from './respond-acts.ts';

const instance = { InstanceId: 'i-0abc', State: { Name: 'running' }, LaunchTime: new Date('2026-01-05T02:00:00Z') };
const subject = subjectOf(sessionNotice().detail);
const line = (slug: string, flag: string) => `${slug} ${flag}`;

function hands(...playbooks: readonly Playbook[]) {
  const { policies, answers } = fakeRole();
  const { world } = fakeWorld({ ...answers, DescribeInstances: () => ({ Reservations: [{ Instances: [instance] }] }) });
  const told: RunDetail[] = [];
  const tell = async (detail: RunDetail) => void told.push(structuredClone(detail));
  const all = playbooks.map((playbook) => ({ playbook, subject, world, caller: 'arn:me', tell }));
  return { policies, world, told, all };
}

const skipped: Playbook = {
  ...revokeSession,
  run: async (target) => ({ target, evidence: [{ en: 'said to be done', ja: '実行済みと称した' }] }),
};

describe('--run', () => {
  it('runs, sees it, and has nothing to do the second time', async () => {
    const { all, policies } = hands(revokeSession);
    const first = await acts.run(all, line);
    expect(first).toMatchObject([{ run: { phase: 'verified', end: 'verified', verdict: 'resolved', attempt: 0 } }]);
    expect(exitOf('run', first)).toBe(0);
    const before = [...policies.values()];
    const second = await acts.run(all, line);
    expect(second).toMatchObject([{ run: { end: 'nothing to do' } }]);
    expect(exitOf('run', second)).toBe(0);
    expect([...policies.values()]).toEqual(before);
  });

  it('tells the bus what a function tells', async () => {
    const { all, told } = hands(revokeSession);
    await acts.run(all, line);
    const other = hands(revokeSession);
    const [hand] = other.all;
    const post = { ...hand!, functionArn: 'arn:me', mode: 'run' as const };
    await answer(post, sessionNotice());
    await answer(post, { 'detail-type': runDetailType, detail: other.told[1] });
    expect(told).toEqual(other.told);
    expect(told.map(({ phase, end }) => [phase, end])).toEqual([
      ['planned', undefined],
      ['ran', undefined],
      ['verified', 'verified'],
    ]);
    await acts.run(all, line);
    expect(told.at(-1)).toMatchObject({ phase: 'planned', end: 'nothing to do' });
    await acts.plan(all, line);
    expect(told).toHaveLength(4);
  });

  it('looks for half a minute, then says not verified, and ends with 1', async () => {
    const { all, world } = hands(skipped);
    const began = world.now();
    const outcomes = await acts.run(all, line);
    expect(outcomes).toMatchObject([{ run: { end: 'not verified', verdict: 'remains', attempt: 3 } }]);
    expect(exitOf('run', outcomes)).toBe(1);
    expect(world.now() - began).toBe(30_000);
  });

  it('asks which one where several fit, even when one of them is done', async () => {
    const { all, policies } = hands(revokeSessions, revokeSession);
    const several = expect.objectContaining({ code: 'RESPOND_SEVERAL_FIT' });
    await expect(acts.run(all, line)).rejects.toEqual(several);
    await acts.run(all.slice(1), line);
    await expect(acts.run(all, line)).rejects.toEqual(several);
    expect(policies.size).toBe(1);
  });

  it('needs no choice where one has something to do and no other can', async () => {
    const user = { ...subject, accessKey: { ...subject.accessKey!, principalId: 'AROAEXAMPLE:somebody' } };
    const { all } = hands(rotateInstanceCredentials, revokeSession);
    const outcomes = await acts.run(
      all.map((hand) => ({ ...hand, subject: user })),
      line,
    );
    expect(outcomes).toMatchObject([{ playbook: { slug: 'revoke-session' }, run: { end: 'verified' } }]);
  });

  it('ends with 1 where nothing fits after all', async () => {
    const other = { ...subject, type: 'Recon:IAMUser/TorIPCaller' };
    const { all } = hands(revokeSession);
    const outcomes = await acts.run(
      all.map((hand) => ({ ...hand, subject: other })),
      line,
    );
    expect(outcomes).toMatchObject([{ run: { end: 'unsupported' } }]);
    expect(exitOf('run', outcomes)).toBe(1);
    expect(exitOf('plan', outcomes)).toBe(0);
  });

  it('tells the line that takes back what may be half done, when AWS refuses', async () => {
    const refused = Object.assign(new Error('no'), { name: 'AccessDenied', $fault: 'client', $metadata: {} });
    const failing = { ...revokeSession, run: () => Promise.reject(refused) };
    const { all } = hands(failing);
    const failure = {
      code: 'RESPOND_REFUSED',
      hint: 'revoke-session --undo',
      message: 'AWS refused: AccessDenied: no',
    };
    await expect(acts.run(all, line)).rejects.toMatchObject(failure);
  });
});

describe('--undo', () => {
  it('takes back what ran, says what is seen now, and has nothing to undo the second time', async () => {
    const { all, policies } = hands(revokeSessions, revokeSession);
    await acts.run(all.slice(1), line);
    const first = await acts.undo(all, line);
    expect(first).toMatchObject([
      { undone: { kind: 'nothing to undo' } },
      { undone: { kind: 'undone' }, seen: { verdict: 'remains' } },
    ]);
    expect({ exit: exitOf('undo', first), policies: policies.size }).toEqual({ exit: 0, policies: 0 });
    const second = await acts.undo(all, line);
    expect(second.map(({ undone }) => undone?.kind)).toEqual(['nothing to undo', 'nothing to undo']);
    expect(exitOf('undo', second)).toBe(0);
  });

  it('ends with 1 for what cannot be taken back', async () => {
    const outcomes = await acts.undo(hands(rotateInstanceCredentials).all, line);
    expect(outcomes).toMatchObject([{ undone: { kind: 'unsupported' } }]);
    expect(exitOf('undo', outcomes)).toBe(1);
  });

  it('does not ask a playbook about a type that it does not answer', async () => {
    const other = { ...subject, type: 'Recon:IAMUser/TorIPCaller' };
    const [hand] = hands(revokeSession).all;
    expect(await acts.undo([{ ...hand!, subject: other }], line)).toMatchObject([{ undone: { kind: 'unsupported' } }]);
  });
});
