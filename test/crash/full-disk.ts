import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbStore } from '../../src/run/adapters/store/lmdb.ts';
import { openCallers } from './callers.ts';
import { layGround } from './ground.ts';
import { faults } from './model.ts';
import { bundledWorker, started } from './process.ts';

const fileKibibytesMax = 4_096;

/** Calls a range until its disk takes no more and it ends, and looks whether what was answered is there. */
export async function fillDisk(): Promise<{ readonly answered: number; readonly faults: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-full-'));
  const worker = await bundledWorker();
  try {
    const { account, keys } = await layGround(folder);
    const range = await started(worker, folder, { fileKibibytesMax });
    const callers = openCallers(range.url, keys, new Map(), false);
    await callers.ended;
    await range.ended;
    const store = openLmdbStore({ folder, freeBytesMin: 0 });
    const found = faults(store, account, callers.answered, { steps: new Map(), record: undefined });
    await store.close();
    return { answered: [...callers.answered.values()].reduce((sum, steps) => sum + steps, 0), faults: found };
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(worker);
  }
}
