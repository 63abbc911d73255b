import { describe, expect, it } from 'vitest';
import { sessionNotice } from '../../../test/fakes/notice.ts';
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
    expect(await playbook.undo(target, subject, world)).toMatchObject({ undone: true });
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

  it('moves its date for a session that the old one does not cover, and undo brings the old one back', async () => {
    const { policies, answers } = fakeRole();
    const { world } = fakeWorld(answers);
    await playbook.run(await planned(playbook, world), subject, world);
    const before = [...policies.values()];
    const later = { ...subject, firstSeen: '2026-01-05T02:00:00Z' };
    await world.sleep(7_200_000);
    const target = await planned(playbook, world, later);
    await playbook.run(target, later, world);
    expect(await playbook.verify(later, world)).toMatchObject({ verdict: 'resolved' });
    await playbook.undo(target, later, world);
    expect([...policies.values()]).toEqual(before);
  });

  it('undoes nothing that somebody else did', async () => {
    const { policies, answers } = fakeRole();
    const { world } = fakeWorld(answers);
    const target = await planned(playbook, world);
    await playbook.run({ ...target, before: '2026-01-05T03:00:00.000Z' }, subject, world);
    expect(await playbook.undo(target, subject, world)).toMatchObject({ undone: false });
    expect(policies.size).toBe(1);
  });

  it('uses what it declares, and declares what it uses', async () => {
    const { world, called } = fakeWorld(fakeRole().answers);
    const target = await planned(playbook, world);
    await playbook.run(target, subject, world);
    await playbook.verify(subject, world);
    await playbook.undo(target, subject, world);
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
