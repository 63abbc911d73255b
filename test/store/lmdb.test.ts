import { cp, mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeContract } from '../../src/range/store/store.contract.ts';
import { openLmdbStore } from '../../src/run/adapters/store/lmdb.ts';

let folder = '';
let count = 0;
const fresh = () => join(folder, String(count++));
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yagura-store-'));
});
afterAll(() => rm(folder, { recursive: true }));

storeContract('a store in LMDB', async () => openLmdbStore({ folder: fresh() }));
storeContract('a store in LMDB that ends a journal with each commit', async () =>
  openLmdbStore({ folder: fresh(), journalBytesMax: 0 }),
);
storeContract(
  'a store in LMDB that waits for the disk',
  async () => openLmdbStore({ folder: fresh(), sync: true }),
  10,
);

describe('a store in LMDB', () => {
  it('has after close and open what it had, in order', async () => {
    const options = { folder: fresh() };
    const store = openLmdbStore(options);
    const keys = Array.from({ length: 3_000 }, (_, n) => `a/${String((n * 7919) % 3_000).padStart(4, '0')}`);
    await Promise.all(keys.map((key) => store.commit((tx) => tx.put('trail', key, { key }))));
    await store.commit((tx) => tx.remove('trail', 'a/0007'));
    await store.close();
    const again = openLmdbStore(options);
    const expected = keys.sort().filter((key) => key !== 'a/0007');
    expect(Array.from(again.range('trail', { prefix: 'a/' }), ([key]) => key)).toEqual(expected);
    await again.close();
  });

  it('copies itself while it is written, and the copy opens beside it', async () => {
    const store = openLmdbStore({ folder: fresh() });
    await store.commit((tx) => tx.put('state', 'k', 1));
    const copy = fresh();
    const late = store.commit((tx) => tx.put('state', 'k', 2));
    await store.backup(copy);
    await late;
    const other = openLmdbStore({ folder: copy });
    expect(other.get('state', 'k')).toBe(2);
    await Promise.all([other.close(), store.close()]);
  });

  it('has what its journal has, up to a frame that was cut short', async () => {
    const options = { folder: fresh() };
    const store = openLmdbStore(options);
    await store.commit((tx) => tx.put('state', 'é', 'first'));
    await store.commit((tx) => tx.remove('state', 'é'));
    await store.commit((tx) => tx.put('trail', 'last', { text: '\ud83d\ude00' }));
    // As a kill leaves it: the store is not closed. Nobody owns a copy.
    const [whole, cut] = [fresh(), fresh()];
    for (const copy of [whole, cut]) await cp(options.folder, copy, { recursive: true });
    const [journal] = (await readdir(join(cut, 'store'))).filter((name) => name.startsWith('journal-'));
    const path = join(cut, 'store', journal ?? '');
    await truncate(path, (await stat(path)).size - 1);
    const rowsIn = async (folder: string) => {
      const found = openLmdbStore({ folder });
      const rows = [...found.range('state', { prefix: '' }), ...found.range('trail', { prefix: '' })];
      await found.close();
      return rows;
    };
    expect(await rowsIn(whole)).toEqual([['last', { text: '\ud83d\ude00' }]]);
    expect(await rowsIn(cut)).toEqual([]);
    expect(await rowsIn(whole)).toEqual([['last', { text: '\ud83d\ude00' }]]);
    await store.close();
  });

  it('belongs to one owner at a time', async () => {
    const options = { folder: fresh() };
    const store = openLmdbStore(options);
    expect(() => openLmdbStore(options)).toThrow(expect.objectContaining({ code: 'STORE_IN_USE' }));
    await store.commit((tx) => tx.put('state', 'k', 1));
    await store.close();
    await openLmdbStore(options).close();
  });

  it('refuses a file that is no store', async () => {
    const options = { folder: fresh() };
    await mkdir(join(options.folder, 'store'), { recursive: true });
    await writeFile(join(options.folder, 'store', 'data.mdb'), 'x'.repeat(20_000));
    expect(() => openLmdbStore(options)).toThrow(expect.objectContaining({ code: 'STORE_NOT_READABLE' }));
  });

  it('refuses to start, or to write, while the disk has too little space', async () => {
    const options = { folder: fresh(), freeBytesMin: Number.MAX_SAFE_INTEGER };
    expect(() => openLmdbStore(options)).toThrow(expect.objectContaining({ code: 'STORE_SPACE_LOW' }));
  });
});
