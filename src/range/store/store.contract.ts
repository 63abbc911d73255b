import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys } from './keys.ts';
import type { KeyRange, Store } from './port.ts';

/** What every store does. `open` gives an empty one. */
export function storeContract(name: string, open: () => Promise<Store>, runs = 60): void {
  const using = async (test: (store: Store) => Promise<void>) => {
    const store = await open();
    try {
      await test(store);
    } finally {
      await store.close();
    }
  };
  describe(name, () => {
    it('gives back what a commit put, as JSON, whatever becomes of the object', () =>
      using(async (store) => {
        const row = { a: [1, 'é', null], deep: { yes: true } };
        const answer = await store.commit((tx) => {
          tx.put('state', 'k', row);
          row.a.push('later');
          return 7;
        });
        expect(answer).toBe(7);
        expect(store.get('state', 'k')).toEqual({ a: [1, 'é', null], deep: { yes: true } });
        expect(store.get('trail', 'k')).toBeUndefined();
      }));

    it('runs the step at once, on what earlier steps wrote, committed or not', () =>
      using(async (store) => {
        const commits = Array.from({ length: 50 }, () =>
          store.commit((tx) => {
            const next = (tx.get<number>('state', 'count') ?? 0) + 1;
            tx.put('state', 'count', next);
            return next;
          }),
        );
        expect(store.get('state', 'count')).toBe(50);
        expect(await Promise.all(commits)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
        expect(store.get('state', 'count')).toBe(50);
      }));

    it('leaves nothing of a step that throws', () =>
      using(async (store) => {
        await store.commit((tx) => tx.put('state', 'kept', 1));
        const broken = store.commit((tx) => {
          tx.put('state', 'new', 1);
          tx.remove('state', 'kept');
          throw new Error('no');
        });
        await expect(broken).rejects.toThrow('no');
        expect([...store.range('state', { prefix: '' })]).toEqual([['kept', 1]]);
      }));

    it('refuses a step that returns a promise, and leaves nothing of it', () =>
      using(async (store) => {
        const step = store.commit(async (tx) => tx.put('state', 'k', 1));
        await expect(step).rejects.toThrow('returned a promise');
        expect(store.get('state', 'k')).toBeUndefined();
      }));

    it('refuses a commit inside a step, and writes after it', () =>
      using(async (store) => {
        let inner: Promise<unknown> = Promise.resolve();
        let late = () => {};
        await store.commit((tx) => {
          inner = store.commit(() => 1).catch((error: Error) => error.message);
          late = () => tx.put('state', 'k', 1);
        });
        expect(await inner).toContain('commit inside');
        expect(late).toThrow('is over');
      }));

    it('refuses keys it could not give back, and values that are no JSON', () =>
      using(async (store) => {
        const put = (key: string, value: unknown) => store.commit((tx) => tx.put('state', key, value));
        await expect(put('\ud800', 1)).rejects.toThrow('well-formed');
        await expect(put('é'.repeat(951), 1)).rejects.toThrow('at most 1900 bytes');
        await expect(put('k', undefined)).rejects.toThrow('expected JSON');
        await put('é'.repeat(950), 1);
        expect(store.get('state', 'é'.repeat(950))).toBe(1);
      }));

    it('goes on rightly when its own loop removes and adds rows', () =>
      using(async (store) => {
        await store.commit((tx) => {
          for (const id of ['1', '2', '3', '4']) tx.put('state', `a/${id}`, id);
        });
        const seen = await store.commit((tx) => {
          const keys: string[] = [];
          for (const [key] of tx.range('state', { prefix: 'a/' })) {
            keys.push(key);
            tx.remove('state', key);
            if (key === 'a/2') tx.put('state', 'a/25', 'new');
          }
          return keys;
        });
        expect(seen).toEqual(['a/1', 'a/2', 'a/25', 'a/3', 'a/4']);
        expect([...store.range('state', { prefix: '' })]).toEqual([]);
      }));

    it('lists like a sorted model, for keys of any characters', () =>
      fc.assert(
        fc.asyncProperty(fc.array(fc.array(write, { maxLength: 12 }), { maxLength: 6 }), range, async (steps, asked) =>
          using(async (store) => {
            const model = new Map<string, number>();
            const commits = steps.map((writes) =>
              store.commit((tx) => {
                for (const { key, value } of writes) {
                  if (value === null) model.delete(key);
                  else model.set(key, value);
                  if (value === null) tx.remove('state', key);
                  else tx.put('state', key, value);
                }
                expect([...tx.range('state', asked)]).toEqual(listed(model, asked));
              }),
            );
            expect([...store.range('state', asked)]).toEqual(listed(model, asked));
            await Promise.all(commits);
            expect([...store.range('state', asked)]).toEqual(listed(model, asked));
            expect([...store.range('state', { prefix: '' })]).toEqual(listed(model, { prefix: '' }));
          }),
        ),
        { numRuns: runs },
      ));
  });
}

const part = fc.constantFrom(
  '',
  'a',
  'ab',
  'a/',
  '\u0000',
  '\u0001',
  '\u007f',
  'é',
  '\ud7ff',
  '\ue000',
  '\uffff',
  '😀',
  '\u{10ffff}',
);
const key = fc.tuple(part, part, part).map((parts) => parts.join(''));
const write = fc.record({ key, value: fc.option(fc.nat(9)) });
const range: fc.Arbitrary<KeyRange> = fc.record(
  { prefix: key, after: key, limit: fc.nat(5), reverse: fc.boolean() },
  { requiredKeys: ['prefix'] },
);

function listed(model: ReadonlyMap<string, number>, { prefix, after, limit, reverse }: KeyRange) {
  const rows = [...model].filter(([row]) => row.startsWith(prefix)).sort(([a], [b]) => compareBytes(a, b));
  if (reverse) rows.reverse();
  const order = reverse ? -1 : 1;
  const rest = after === undefined ? rows : rows.filter(([row]) => compareBytes(row, after) * order > 0);
  return rest.slice(0, limit);
}

function compareBytes(a: string, b: string): number {
  const order = Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (Math.sign(compareKeys(a, b)) !== order)
    throw new Error(`compareKeys differs from bytes for ${JSON.stringify([a, b])}`);
  return order;
}
