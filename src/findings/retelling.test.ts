import { expect, test } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { limits } from './limits.ts';
import { Retelling } from './retelling.ts';

const words = { en: 'Seen', ja: '見えた' };
const hour = 60 * 60_000;

function finding(changed: Partial<Finding> = {}): Finding {
  return {
    id: 'one',
    account: '111122223333',
    region: 'us-west-2',
    type: 'Custom:A/B',
    title: words,
    description: words,
    severity: 2,
    technique: '',
    resource: { type: 'Other' },
    counterpart: '',
    episode: 0,
    count: 1,
    firstSeen: 0,
    lastSeen: 0,
    createdAt: 0,
    updatedAt: 0,
    archived: false,
    evidence: [],
    ...changed,
  };
}

/** What is told of each state that follows the one before. */
function told(...states: readonly Partial<Finding>[]) {
  const retelling = new Retelling();
  return [{}, ...states].map((state) => retelling.of(finding(state)));
}

const story = { account: '111122223333', region: 'us-west-2', id: 'story' };
const types = (...findingTypes: readonly string[]) => ({ additional: { findingTypes } });

test.each<[string, readonly Partial<Finding>[], readonly unknown[]]>([
  ['what happens again soon waits', [{ count: 2, updatedAt: hour }], ['new', undefined]],
  ['what happens again later is told', [{ count: 2, updatedAt: 6 * hour }], ['new', 'changed']],
  [
    'counted from the last line',
    [
      { count: 2, updatedAt: 7 * hour },
      { count: 3, updatedAt: 12 * hour },
      { count: 4, updatedAt: 13 * hour },
    ],
    ['new', 'changed', undefined, 'changed'],
  ],
  ['a higher severity is told at once', [{ count: 2, severity: 8, updatedAt: 1 }], ['new', 'graver']],
  ['a story is told at once', [{ story }], ['new', 'changed']],
  ['and once', [{ story }, { story, count: 2 }], ['new', 'changed', undefined]],
  [
    'what goes into a story is told at once, and not again when it comes and goes',
    [types('A:B/C'), types('A:B/C', 'D:E/F'), types('A:B/C'), types('A:B/C', 'D:E/F')],
    ['new', 'changed', 'changed', undefined, undefined],
  ],
])('%s', (_name, states, expected) => {
  expect(told(...states)).toEqual(expected);
});

test('a finding that changes with every record for a month is told four times a day', () => {
  const retelling = new Retelling();
  const minutes = 30 * 24 * 60;
  const lines = Array.from({ length: minutes }, (_, minute) =>
    retelling.of(finding({ count: minute + 1, updatedAt: minute * 60_000 })),
  );
  expect(lines.filter((line) => line !== undefined)).toHaveLength((minutes * 60_000) / limits.retoldAfterMs);
});

test.each<[string, Partial<Finding>, boolean]>([
  ['that is as it was told', {}, false],
  ['that happened again', { count: 2, updatedAt: hour }, true],
  ['that went into a story', { story }, true],
])('the last line of a finding %s: stale is %s', (_name, state, expected) => {
  const retelling = new Retelling();
  retelling.of(finding());
  expect(retelling.isStale(finding(state))).toBe(expected);
});
