import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { Journal } from './journal.ts';
import { judgeFinding } from './judge.ts';
import { type Expectation, expectations } from './schema.ts';

const type = 'Recon:IAMUser/MaliciousIPCaller.Custom';
const finding = { id: 'f', type, severity: 5, service: { eventFirstSeen: '2026-01-05T00:00:00Z' } };
const at = (minutes: number) => Date.UTC(2026, 0, 5, 0, minutes);

/** A finding that is told after five minutes and updated after twenty, and these runs. */
function journalOf(runs: readonly (readonly [minutes: number, detail: JsonObject])[]): Journal {
  const journal = new Journal();
  const notice = { source: 'aws.guardduty', 'detail-type': 'GuardDuty Finding', detail: finding };
  journal.take({ ...notice, id: 'first' }, at(5));
  journal.take({ ...notice, id: 'update' }, at(20));
  for (const [index, [minutes, detail]] of runs.entries()) {
    const event = { id: `run-${index}`, source: 'yagura', 'detail-type': 'Yagura Run' };
    journal.take({ ...event, detail: { findingId: 'f', playbook: 'p', evidence: ['why'], ...detail } }, at(minutes));
  }
  return journal;
}

const answered = [
  [5, { runId: 'one', phase: 'ran' }],
  [6, { runId: 'one', phase: 'verified', verdict: 'resolved', end: 'verified' }],
] as const;
const idle = { runId: 'two', phase: 'planned', end: 'nothing to do' };

describe('an update that is answered again', () => {
  const again = { playbook: 'p', within: '30m' };
  const expected = { kind: 'finding', line: 1, ...expectations.finding.parse({ finding: { type }, again }) } as const;

  it.each([
    ['holds where there is nothing to do', [...answered, [20, idle] as const], true, 'p: nothing to do after 900 s'],
    ['does not hold without a further run', answered, false, 'no further run'],
    [
      'does not hold where it acted again',
      [...answered, [20, { ...idle, phase: 'verified', end: 'verified' }] as const],
      false,
      'p: verified after 900 s',
    ],
    ['does not hold where it came late', [...answered, [50, idle] as const], false, 'p: nothing to do after 2700 s'],
    [
      'does not hold where one of several acted',
      [...answered, [20, idle] as const, [25, { ...idle, runId: 'three', phase: 'ran', end: 'not verified' }] as const],
      false,
      'p: nothing to do after 900 s; p: not verified after 1200 s',
    ],
  ])('%s', (_, runs, held, saw) => {
    const judged = judgeFinding(expected satisfies Expectation, journalOf(runs)).at(-1);
    expect([judged?.name.en, judged?.held, judged?.saw.en]).toEqual([
      `p answers ${type} again: nothing to do within 1800 s`,
      held,
      saw,
    ]);
    expect(judged?.name.ja).toBe(`${type} の更新に p が対応: 1800 秒以内に対応不要`);
  });
});

it('tells evidence in both languages, and in English where that is all there is', () => {
  const event = (id: string, more: JsonObject) => ({
    id,
    source: 'yagura',
    'detail-type': 'Yagura Run',
    detail: { runId: 'one', findingId: 'f', playbook: 'p', phase: 'ran', evidence: ['done'], ...more },
  });
  const journal = new Journal();
  expect(journal.take(event('a', { evidenceJa: ['実行'] }), at(1))).toMatchObject({
    evidence: [{ en: 'done', ja: '実行' }],
  });
  expect(journal.take(event('b', {}), at(2))).toMatchObject({ evidence: [{ en: 'done', ja: 'done' }] });
});
