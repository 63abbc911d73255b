import { describe, expect, it } from 'vitest';
import { derivedForm, toGuardDuty } from '../aws/findings/guardduty.ts';
import { noticeOf } from '../aws/findings/notice.ts';
import type { Evidence } from '../model/activity.ts';
import type { Sighting } from '../model/finding.ts';
import { hub } from './hub.ts';
import { memoryStore } from './store.ts';

const [account, region] = ['111122223333', 'us-west-2'];
const words = { en: 'Seen', ja: '見えた' };

describe('a finding', () => {
  it('is made once and then counts', () => {
    const { findings } = findingsAfter([seen('a', 1), seen('b', 2), seen('c', 3)]);
    expect(findings).toMatchObject([{ count: 3, firstSeen: 1, lastSeen: 3, createdAt: 100 }]);
  });

  it('is not changed by evidence that was counted before', () => {
    const made = hub(memoryStore(), derivedForm);
    expect(made.take(seen('a', 1), 100)?.change).toBe('created');
    expect(made.take(seen('a', 1), 200)).toBeUndefined();
    expect(made.take(seen('b', 1), 300)?.change).toBe('updated');
  });

  it('has the same id whatever the order, and the highest severity', () => {
    const one = findingsAfter([seen('a', 1, { severity: 8 }), seen('b', 2)]).findings;
    const other = findingsAfter([seen('b', 2), seen('a', 1, { severity: 8 })]).findings;
    expect(one[0]).toMatchObject({ id: other[0]?.id, severity: 8 });
    expect(other[0]).toMatchObject({ severity: 8, firstSeen: 1, lastSeen: 2 });
  });

  it.each<[string, Partial<Sighting>]>([
    ['another account', { account: '444455556666' }],
    ['another type', { type: 'Recon:EC2/Portscan' }],
    ['another signal', { signal: 'another' }],
    ['another other side', { counterpart: '198.51.100.66' }],
    ['another role', { role: 'ACTOR' }],
    ['another principal', { resource: keyOf('AIDAOTHER') }],
  ])('is another one for %s', (_, more) => {
    const store = memoryStore();
    const made = hub(store, derivedForm);
    made.take(seen('a', 1), 100);
    made.take(seen('b', 2, more), 100);
    expect([...store.everything()].length).toBe(2);
  });

  it('is the same for another session of the same role', () => {
    const sessions = ['AROAROLE:one', 'AROAROLE:two'].map((id, at) => seen(id, at, { resource: keyOf(id) }));
    expect(findingsAfter(sessions).findings.length).toBe(1);
  });

  it('begins a new episode once it was archived by hand', () => {
    const { made, findings } = findingsAfter([seen('a', 1)]);
    const first = findings[0]!.id;
    expect(made.archive(account, region, first, true, 200)).toBe(true);
    const next = made.take(seen('b', 2), 300);
    expect(next).toMatchObject({ change: 'created', finding: { episode: 1, archived: false } });
    expect(next?.finding.id).not.toBe(first);
    expect(made.archive(account, region, 'nothing', true, 200)).toBe(false);
  });

  it('remembers how it began and what came last', () => {
    const { findings } = findingsAfter(Array.from({ length: 100 }, (_, index) => seen(`e${index}`, index)));
    const times = findings[0]!.evidence.map((each) => each.time);
    expect(times).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
  });
});

describe('criteria', () => {
  const { made } = findingsAfter([
    seen('a', Date.UTC(2026, 0, 1)),
    seen('b', Date.UTC(2026, 0, 2), { type: 'Policy:S3/Other', severity: 8, counterpart: 'x' }),
  ]);

  it.each([
    ['no criteria', {}, 2],
    ['equals', { type: { equals: ['Policy:S3/Other'] } }, 1],
    ['as the model spells it', { type: { Eq: ['Policy:S3/Other'] } }, 1],
    ['notEquals', { type: { notEquals: ['Policy:S3/Other'] } }, 1],
    ['a number at least', { severity: { greaterThanOrEqual: 8 } }, 1],
    ['a number below', { severity: { lt: 8 } }, 1],
    ['a flag as text', { 'service.archived': { equals: ['false'] } }, 2],
    ['a path through the resource', { 'resource.accessKeyDetails.accessKeyId': { eq: ['AKIAEXAMPLE'] } }, 2],
    ['a time as milliseconds', { 'service.eventLastSeen': { gt: Date.UTC(2026, 0, 1, 12) } }, 1],
    ['a time as text', { 'service.eventLastSeen': { gt: ['2026-01-01T12:00:00Z'] } }, 1],
    ['a pattern', { type: { matches: ['Policy:*'] } }, 1],
    ['all must hold', { severity: { gte: 8 }, type: { equals: ['Test:IAMUser/Seen'] } }, 0],
    ['a path that nothing has', { 'resource.nothing': { equals: ['x'] } }, 0],
  ])('%s', (_, criteria, count) => {
    expect(made.list(account, region, { criteria }).ids.length).toBe(count);
  });

  it('page', () => {
    const first = made.list(account, region, { max: 1 });
    const second = made.list(account, region, { max: 1, after: first.next! });
    expect([first.ids.length, second.ids.length, second.next]).toEqual([1, 1, undefined]);
    expect(first.ids[0]).not.toBe(second.ids[0]);
  });

  it('refuse an operator that does not exist', () => {
    expect(() => made.list(account, region, { criteria: { type: { like: ['x'] } } })).toThrow(/"like"/);
  });

  it('count by severity', () => expect(made.statistics(account, region)).toEqual({ '5.0': 1, '8.0': 1 }));
});

describe('what leaves', () => {
  it('is GuardDuty JSON in an EventBridge envelope, with an id that follows from its content', () => {
    const finding = findingsAfter([
      seen('a', 1, { additional: { threatListName: 'mine', threatName: '198.51.100.66' } }),
    ]).findings[0]!;
    const notice = noticeOf(finding, derivedForm);
    expect(notice).toMatchObject({ source: 'aws.guardduty', 'detail-type': 'GuardDuty Finding', account, region });
    expect(notice.id).toBe(noticeOf(finding, derivedForm).id);
    expect(notice.id).not.toBe(noticeOf({ ...finding, updatedAt: 7 }, derivedForm).id);
    expect(notice.detail).toMatchObject({
      severity: 5,
      resource: { resourceType: 'AccessKey', accessKeyDetails: { userName: 'alice' } },
      service: {
        additionalInfo: { threatListName: 'mine', type: 'default' },
        evidence: { threatIntelligenceDetails: [{ threatListName: 'mine', threatNames: ['198.51.100.66'] }] },
      },
    });
  });

  it('says that our own types are ours', () => {
    const finding = findingsAfter([seen('a', 1, { type: 'Custom:IAMUser/Thing' })]).findings[0]!;
    expect(noticeOf(finding, derivedForm)).toMatchObject({ source: 'yagura', 'detail-type': 'Yagura Finding' });
    expect(toGuardDuty(finding, derivedForm)).toMatchObject({ id: finding.id, schemaVersion: '2.0' });
  });
});

function findingsAfter(sightings: readonly Sighting[]) {
  const store = memoryStore();
  const made = hub(store, derivedForm);
  for (const sighting of sightings) made.take(sighting, 100);
  return { made, findings: [...store.all(account, region)] };
}

function seen(id: string, time: number, more: Partial<Sighting> = {}): Sighting {
  return {
    detector: 'test',
    account,
    region,
    type: 'Test:IAMUser/Seen',
    title: words,
    description: words,
    severity: 5,
    technique: 'T1078',
    resource: keyOf('AIDAEXAMPLE'),
    counterpart: '',
    time,
    evidence: [evidence(id, time)],
    ...more,
  };
}

function keyOf(principalId: string) {
  const accessKey = { accessKeyId: 'AKIAEXAMPLE', principalId, userName: 'alice', userType: 'IAMUser' };
  return { type: 'AccessKey', accessKey };
}

function evidence(id: string, time: number): Evidence {
  const place = { file: 0, offset: 0 };
  return { id, kind: 'api-call', time, source: 's', name: 'n', principal: 'p', address: '', error: '', place };
}
