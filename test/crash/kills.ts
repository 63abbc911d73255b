import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { luck } from '../../src/range/clock/luck.ts';
import { openLmdbStore } from '../../src/run/adapters/store/lmdb.ts';
import { type Callers, openCallers } from './callers.ts';
import { type Ground, layGround } from './ground.ts';
import { delivered, faults, type Known } from './model.ts';
import { bundledWorker, started } from './process.ts';

export interface KillOptions {
  readonly kills: number;
  readonly seed: string;
  readonly sync?: boolean;
  /** The control: a range that seems to answer when it is asked, before anything is kept. */
  readonly broken?: boolean;
  progress?(kill: number): void;
}

export interface KillReport {
  readonly kills: number;
  readonly answered: number;
  readonly faults: readonly string[];
  /** Notices that arrived a second time: a kill came between a delivery and the note of it. */
  readonly twice: number;
}

const runMsMax = 500;

/**
 * Kills a range again and again at moments of luck while 16 callers call it, and looks each time whether all that
 * was answered is there: state, record and notice.
 */
export async function killAgainAndAgain(options: KillOptions): Promise<KillReport> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-crash-'));
  const worker = await bundledWorker();
  const random = luck(options.seed);
  const known: Known = { steps: new Map(), record: undefined };
  const found: string[] = [];
  let answers = 0;
  try {
    const ground = await layGround(folder);
    for (let kill = 1; kill <= options.kills; kill++) {
      const before = new Map(known.steps);
      const callers = await runAndKill(options, worker, folder, ground, before, random() * runMsMax);
      for (const [caller, steps] of callers.answered) answers += steps - (before.get(caller) ?? 0);
      const store = openLmdbStore({ folder, freeBytesMin: 0 });
      found.push(...faults(store, ground.account, callers.answered, known).map((fault) => `kill ${kill}: ${fault}`));
      await store.close();
      options.progress?.(kill);
    }
    const { missing, twice } = await arrived(worker, folder, ground, known);
    if (missing > 0) found.push(`lost: ${missing} notices never arrived`);
    return { kills: options.kills, answered: answers, faults: found, twice };
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(worker);
  }
}

async function runAndKill(
  { sync = false, broken = false }: KillOptions,
  worker: string,
  folder: string,
  ground: Ground,
  steps: ReadonlyMap<string, number>,
  afterMs: number,
): Promise<Callers> {
  const range = await started(worker, folder, { sync });
  const callers = openCallers(range.url, ground.keys, steps, broken);
  await callers.begun;
  await setTimeout(afterMs);
  range.kill('SIGKILL');
  await range.ended;
  await callers.ended;
  return callers;
}

/** A last start delivers what is still on its way. */
async function arrived(worker: string, folder: string, { account }: Ground, known: Known) {
  const total = [...known.steps.values()].reduce((sum, steps) => sum + steps, 0);
  for (let tries = 0; ; tries++) {
    const range = await started(worker, folder);
    await setTimeout(1_000);
    range.kill('SIGTERM');
    await range.ended;
    const store = openLmdbStore({ folder, freeBytesMin: 0 });
    const texts = [...delivered(store, account)];
    const waiting = [...store.range('outbox', { prefix: 'work/' })].length;
    await store.close();
    const ids = new Set(texts.map((text) => (JSON.parse(text) as { id: string }).id));
    if (waiting === 0 || tries >= 60) return { missing: total - ids.size, twice: texts.length - ids.size };
  }
}
