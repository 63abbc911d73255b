import { expect, it } from 'vitest';
import type { Finding } from '../model/finding.ts';
import { boundedStore } from './bounded-store.ts';

const finding = (id: string, severity: number) => ({ account: 'a', region: 'r', id, severity }) as Finding;

it('forgets the least grave that changed longest ago, and says so', () => {
  const gone: string[] = [];
  const store = boundedStore(({ id }) => void gone.push(id), 3);
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

it('knows a finding once when its severity rises', () => {
  const store = boundedStore(() => undefined, 3);
  store.put(finding('one', 2));
  store.put(finding('one', 8));
  expect([...store.everything()]).toHaveLength(1);
});
