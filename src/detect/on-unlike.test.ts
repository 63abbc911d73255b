import { expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import { exploitsAnswered } from './detectors/initial-access/exploits-answered.ts';
import { Engine } from './engine.ts';
import { exampleWorld } from './example-world.ts';
import { request, times } from './examples.ts';

const dayS = 86_400;
const passwords = '/read?file=../../../etc/passwd';

/** A page that is another one each time, from the first second of a day on. */
const varied = (path: string, from = 0) =>
  times(12, (index, at) => request(`${path}${index}`, { at: from + at, bytes: 9_000 + index }));

function said(records: readonly JsonObject[]) {
  const engine = new Engine(exploitsAnswered, exampleWorld);
  return records.flatMap((record) => {
    const activity = activityOf(record);
    if (isProblem(activity)) return [];
    return engine.see(activity).map(({ severity, additional }) => [severity, additional?.['noBaseline'] === true]);
  });
}

test.each<[string, readonly JsonObject[], ReturnType<typeof said>]>([
  ['nothing is known yet', [request(passwords)], [[2, true]]],
  ['the log says no sizes', [request('/'), { ...request(passwords, { at: 9 }), sent_bytes: '-' }], [[2, true]]],
  ['unlike the page', [request('/read?file=a', { bytes: 70 }), request(passwords, { at: 9 })], [[5, false]]],
  ['unlike the first page', [request('/', { bytes: 70 }), request('/.env', { at: 9 })], [[5, false]]],
  ['like the first page', [request('/', { bytes: 70 }), request('/.env', { at: 9, bytes: 70 })], []],
  [
    'a page that is another one each time, asked with what others do not ask it with',
    [...varied('/read?page='), request(passwords, { at: 90 })],
    [[2, true]],
  ],
  [
    'a page that is another one each time, asked with what others ask it with',
    [...varied('/read?file='), request(passwords, { at: 90 })],
    [[5, false]],
  ],
  [
    'a page that may have been asked for, of a site of many',
    [...times(40, (index, at) => request(`/p/${index}`, { at, bytes: 70 })), request(passwords, { at: 90 })],
    [[2, true]],
  ],
  [
    'a page that is asked with something, of a site of many',
    [
      ...times(40, (index, at) => request(`/p/${index}`, { at, bytes: 70 })),
      request('/read?file=a', { at: 60, bytes: 80 }),
      request(passwords, { at: 90 }),
    ],
    [[5, false]],
  ],
  [
    'like the page was yesterday',
    [
      request('/', { bytes: 70 }),
      request('/', { at: dayS + 9, bytes: 80 }),
      request('/.env', { at: dayS + 10, bytes: 70 }),
    ],
    [],
  ],
  [
    'like the page was days ago',
    [
      request('/', { bytes: 70 }),
      request('/', { at: dayS + 9, bytes: 80 }),
      request('/', { at: 2 * dayS + 18, bytes: 80 }),
      request('/.env', { at: 2 * dayS + 20, bytes: 70 }),
    ],
    [[5, false]],
  ],
  [
    'what is odd itself teaches nothing',
    [request('/', { bytes: 70 }), request(passwords, { at: 8 }), request(passwords, { at: 9 })],
    [
      [5, false],
      [5, false],
    ],
  ],
])('%s', (_, records, expected) => {
  expect(said(records)).toEqual(expected);
});
