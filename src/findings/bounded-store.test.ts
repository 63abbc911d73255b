import { expect, it } from 'vitest';
import type { Evidence } from '../model/activity.ts';
import type { Finding } from '../model/finding.ts';
import { weightOf } from '../model/weight.ts';
import { boundedStore, bytesOf } from './bounded-store.ts';

const finding = (id: string, severity: number) => ({ account: 'a', region: 'r', id, severity }) as Finding;

it('forgets the least grave that changed longest ago, and says so', () => {
  const gone: string[] = [];
  const store = boundedStore(({ id }) => void gone.push(id), { findingsHeld: 3, bytesHeld: 1e6 });
  for (const [id, severity] of [
    ['grave', 8],
    ['first', 2],
    ['second', 2],
    ['first', 2],
    ['third', 2],
    ['fourth', 2],
  ] as const) {
    store.put(finding(id, severity));
  }
  expect(gone).toEqual(['second', 'first']);
  expect([...store.everything()].map(({ id }) => id)).toEqual(['third', 'fourth', 'grave']);
  expect(store.get('a', 'r', 'grave')?.severity).toBe(8);
});

it('forgets grave ones where there are no others, the least grave first', () => {
  const gone: string[] = [];
  const store = boundedStore(({ id }) => void gone.push(id), { findingsHeld: 1, bytesHeld: 1e6 });
  for (const [id, severity] of [
    ['high', 8],
    ['critical', 9],
    ['another', 9],
  ] as const) {
    store.put(finding(id, severity));
  }
  expect(gone).toEqual(['high', 'critical']);
});

it('knows a finding once when its severity rises', () => {
  const store = boundedStore(() => undefined, { findingsHeld: 3, bytesHeld: 1e6 });
  store.put(finding('one', 2));
  store.put(finding('one', 8));
  expect([...store.everything()]).toHaveLength(1);
});

it('forgets when what they say is too much, though they are few', () => {
  const gone: string[] = [];
  const store = boundedStore(({ id }) => void gone.push(id), { findingsHeld: 3, bytesHeld: 3_000 });
  const long = (id: string, length: number) => ({ ...finding(id, 2), counterpart: 'x'.repeat(length) });
  store.put(long('one', 1_000));
  store.put(long('two', 1_000));
  expect(gone).toEqual([]);
  store.put(long('one', 1_900));
  expect(gone).toEqual(['two']);
  store.put(long('one', 10));
  store.put(long('three', 1_900));
  expect(gone).toEqual(['two']);
});

it('weighs what a finding says, but for its title', () => {
  const place = { file: 1, offset: 2, isRow: true } as const;
  const words = {
    kind: 'api-call',
    source: 's3.amazonaws.com',
    name: 'GetObject',
    address: '192.0.2.1',
    error: '',
  } as const;
  const one: Evidence = { ...words, id: 'one', time: 1, principal: 'p', place };
  const two: Evidence = { ...one, id: 'another', origin: { how: 'role', principal: 'who' } as never };
  const { title, ...rest } = {
    ...finding('one', 2),
    title: { en: 'A title', ja: '題' },
    additional: { list: ['a', { b: 1 }] },
    evidence: [one, two],
  } as unknown as Finding;
  expect(bytesOf({ ...rest, title })).toBe(weightOf(rest));
});
