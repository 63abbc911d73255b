import { describe, expect, it } from 'vitest';
import { sessionNotice } from '../../../test/fakes/notice.ts';
import { decodePolicy } from '../../../test/fakes/policy.ts';
import { fakeRole } from '../../../test/fakes/role.ts';
import { fakeWorld } from '../../../test/fakes/world.ts';
import type { Playbook } from '../playbook.ts';
import { subjectOf } from '../subject.ts';
import { revokeSession, revokeSessions } from './revoke-sessions.ts';

const subject = subjectOf(sessionNotice().detail);

describe.each([revokeSessions, revokeSession])('$slug', (playbook) => {
  it('revokes, sees it, and takes it back', async () => {
    const { policies, answers } = fakeRole();
    const { world } = fakeWorld(answers);
    const target = await planned(playbook, world);
    await playbook.run(target, subject, world);
    expect(await playbook.verify(subject, world)).toMatchObject({ verdict: 'resolved' });
    expect(await playbook.undo(subject, world)).toMatchObject({ kind: 'undone' });
    expect(policies.size).toBe(0);
    expect(await playbook.verify(subject, world)).toMatchObject({ verdict: 'remains' });
  });

  it('says remains where nothing ran', async () => {
    const { world } = fakeWorld(fakeRole().answers);
    expect(await playbook.verify(subject, world)).toMatchObject({ verdict: 'remains' });
  });

  it('never moves its date without need', async () => {
    const { world } = fakeWorld(fakeRole().answers);
    await playbook.run(await planned(playbook, world), subject, world);
    await world.sleep(3_600_000);
    expect(await playbook.plan(subject, world)).toMatchObject({ kind: 'nothing to do' });
  });

  it('answers a later session beside the earlier one, and each can be undone alone', async () => {
    const { policies, answers } = fakeRole();
    const { world } = fakeWorld(answers);
    await playbook.run(await planned(playbook, world), subject, world);
    const before = [...policies.values()];
    const later = { ...subject, findingId: 'e'.repeat(32), firstSeen: '2026-01-05T02:00:00Z' };
    await world.sleep(7_200_000);
    await playbook.run(await planned(playbook, world, later), later, world);
    expect(await playbook.verify(later, world)).toMatchObject({ verdict: 'resolved' });
    expect(await playbook.undo(later, world)).toMatchObject({ kind: 'undone' });
    expect([...policies.values()]).toEqual(before);
    expect(await playbook.undo(later, world)).toMatchObject({ kind: 'nothing to undo' });
    expect(await playbook.verify(subject, world)).toMatchObject({ verdict: 'resolved' });
  });

  it("leaves the console's own statement of the same policy", async () => {
    const { policies, answers } = fakeRole();
    const { world } = fakeWorld(answers);
    const target = await planned(playbook, world);
    const Condition = { DateLessThan: { 'aws:TokenIssueTime': '2026-01-04T00:00:00Z' } };
    const console = { Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition };
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [console] });
    policies.set(String(target['policyName']), document);
    await playbook.run(target, subject, world);
    expect(decodePolicy([...policies.values()][0]!).Statement).toHaveLength(2);
    await playbook.undo(subject, world);
    expect([...policies.values()]).toEqual([document]);
  });

  it('undoes nothing that somebody else did', async () => {
    const { policies, answers } = fakeRole();
    const { world } = fakeWorld(answers);
    const target = await planned(playbook, world);
    await playbook.run(target, { ...subject, findingId: 'e'.repeat(32) }, world);
    expect(await playbook.undo(subject, world)).toMatchObject({ kind: 'nothing to undo' });
    expect(policies.size).toBe(1);
  });

  it('uses what it declares, and declares what it uses', async () => {
    const { world, called } = fakeWorld(fakeRole().answers);
    const target = await planned(playbook, world);
    await playbook.run(target, subject, world);
    await playbook.verify(subject, world);
    await playbook.undo(subject, world);
    expect([...new Set(called)].sort()).toEqual(playbook.permissions.flatMap(({ actions }) => actions).sort());
  });

  it('leaves a role out of scope alone', async () => {
    const { world } = fakeWorld(fakeRole({ tag: 'other' }).answers, { scopeTagValue: 'mine' });
    expect(await playbook.plan(subject, world)).toMatchObject({ kind: 'nothing to do' });
  });

  it('does not support the key of a user', async () => {
    const { world } = fakeWorld(fakeRole().answers);
    const user = { ...subject, accessKey: { ...subject.accessKey!, userType: 'IAMUser' } };
    expect(await playbook.plan(user, world)).toMatchObject({ kind: 'unsupported' });
  });
});

it('the gentle one has nothing to do where all sessions are revoked; not the other way round', async () => {
  const { world } = fakeWorld(fakeRole().answers);
  await revokeSession.run(await planned(revokeSession, world), subject, world);
  await revokeSessions.run(await planned(revokeSessions, world), subject, world);
  await revokeSession.undo(subject, world);
  const plan = await revokeSession.plan(subject, world);
  expect(plan).toMatchObject({ kind: 'nothing to do', why: { en: expect.stringContaining('AWSRevokeOlderSessions') } });
});

it('the gentle one leaves other sessions of the role alone', async () => {
  const { answers } = fakeRole();
  const { world } = fakeWorld(answers);
  await revokeSession.run(await planned(revokeSession, world), subject, world);
  const other = subjectOf(sessionNotice('AROAEXAMPLE:i-0def').detail);
  expect(await revokeSession.verify(other, world)).toMatchObject({ verdict: 'remains' });
});

async function planned(playbook: Playbook, world: Parameters<Playbook['plan']>[1], about = subject) {
  const plan = await playbook.plan(about, world);
  if (plan.kind !== 'steps') throw new Error(plan.why.en);
  return plan.target;
}
