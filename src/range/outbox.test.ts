import { expect, it } from 'vitest';
import { wall } from '../run/adapters/clock/wall.ts';
import { memoryBlobs } from '../run/adapters/store/blobs.ts';
import { createClock } from './clock/token-clock.ts';
import type { Wall } from './clock.ts';
import type { Consumer, Work } from './operation.ts';
import { createOutbox, type WorkScope } from './outbox.ts';
import { memoryStore } from './store/memory.ts';
import type { Store, Tx } from './store/port.ts';

const hour = 3_600_000;

/** A range of an outbox alone; `restart` is a new process on the same store. */
function world(
  consume: (payload: unknown, work: Work) => Promise<void>,
  more: Partial<Consumer> & { wall?: Wall } = {},
) {
  const store = memoryStore();
  const trace: string[] = [];
  const start = (from: number) => {
    const clock = createClock({ start: from, seed: 'one', wall });
    const handle = (payload: unknown, work: Work) => {
      trace.push(`${work.now()} ${work.account} ${payload}`);
      return consume(payload, work);
    };
    const outbox = createOutbox({
      store,
      clock,
      wall: more.wall ?? wall,
      blobs: memoryBlobs(),
      functions: { invoke: () => Promise.reject(new Error('no functions here')), stop: () => Promise.resolve() },
      consumers: [
        { topic: 'mail', handle },
        { topic: 'bus', handle },
        { topic: 'call', handle, lane: (payload, region) => `${region}/${String(payload).split(' ')[0]}` },
      ],
      invoke: () => () => Promise.reject(new Error('no gateway here')),
      scope: (tx, account, region): WorkScope => ({
        tx,
        account,
        region,
        ids: { hex: noIds, base32: noIds, uuid: noIds, secret: noIds, key: () => Buffer.alloc(32) },
        later: (topic, payload, at = clock.now()) => outbox.enqueue(tx, { topic, account, region, payload, due: at }),
        inRegion: () => ({ tx, account, region }),
      }),
      failed: (error) => {
        throw error;
      },
    });
    const later =
      (due: number, payload: unknown, { topic = 'mail', account = 'a' } = {}) =>
      (tx: Tx) =>
        outbox.enqueue(tx, { topic, account, region: 'us-west-2', payload, due });
    return { clock, outbox, later };
  };
  return { store, trace, start };
}

const noIds = () => '';
const finish = (_: unknown, work: Work) => work.commit(() => {});

it('does work when it is due, in order of due time and then of commits, each lane for itself', async () => {
  const { store, trace, start } = world(finish);
  const { clock, outbox, later } = start(0);
  await store.commit(later(500, 'second'));
  await store.commit((tx) => {
    later(500, 'third')(tx);
    later(100, 'first')(tx);
    later(500, 'of b', { account: 'b' })(tx);
    later(0, 'at once', { topic: 'bus' })(tx);
  });
  await clock.advance(hour);
  expect(trace).toEqual(['0 a at once', '100 a first', '500 a second', '500 b of b', '500 a third']);
  expect(rowsOf(store)).toEqual([]);
  expect([...outbox.deadLetters()]).toEqual([]);
});

it('does not let a lane of a topic wait for another one, and keeps the order within each, after a restart too', async () => {
  const { store, trace, start } = world(async (payload, work) => {
    if (payload === 'slow 1') await work.sleep(hour);
    await work.commit(() => {});
  });
  const topic = 'call';
  const first = start(0);
  await store.commit((tx) => {
    for (const payload of ['slow 1', 'slow 2', 'quick 1', 'a/b+c 1', 'quick 2']) first.later(0, payload, { topic })(tx);
    first.later(5, 'quick 3', { topic })(tx);
  });
  await first.clock.advance(1);
  expect(trace).toEqual(['0 a slow 1', '0 a quick 1', '0 a a/b+c 1', '0 a quick 2']);
  first.clock.stop();
  const second = start(10);
  second.outbox.start();
  await second.clock.advance(2 * hour);
  expect(trace.slice(4)).toEqual(['10 a slow 1', '10 a quick 3', `${10 + hour} a slow 2`]);
  expect(rowsOf(store)).toEqual([]);
});

it('does nothing for a commit that failed', async () => {
  const { store, trace, start } = world(finish);
  const { clock, later } = start(0);
  const failed = store.commit((tx) => {
    later(0, 'never')(tx);
    throw new Error('refused');
  });
  await expect(failed).rejects.toThrow('refused');
  await store.commit(later(9, 'later'));
  await clock.advance(hour);
  expect(trace).toEqual(['9 a later']);
});

it('does what a consumer leaves for later, and work of a consumer that commits nothing', async () => {
  const { store, trace, start } = world(async (payload, work) => {
    if (payload === 'step 1') await work.commit((scope) => scope.later('mail', 'step 2', work.now() + 1_000));
  });
  const { clock, later } = start(0);
  await store.commit(later(0, 'step 1'));
  await clock.advance(hour);
  expect(trace).toEqual(['0 a step 1', '1000 a step 2']);
  expect(rowsOf(store)).toEqual([]);
});

it('tries again on a schedule, keeps the order meanwhile, and keeps what fails for ever as a dead letter', async () => {
  const { store, trace, start } = world(async (payload, work) => {
    if (payload === 'broken') throw new Error('no such address');
    await work.commit(() => {});
  });
  const { clock, outbox, later } = start(0);
  await store.commit(later(0, 'broken'));
  await store.commit(later(0, 'behind it'));
  await store.commit(later(0, 'of b', { account: 'b' }));
  await clock.advance(2 * hour);
  const times = [0, 1_000, 11_000, 71_000, 371_000, 1_271_000];
  expect(trace.filter((line) => line.includes('broken'))).toEqual(times.map((time) => `${time} a broken`));
  expect(trace.at(-1)).toBe('1271000 a behind it');
  expect(trace).toContain('0 b of b');
  expect([...outbox.deadLetters()]).toMatchObject([{ payload: 'broken', attempts: 6, error: 'no such address' }]);
  expect(rowsOf(store)).toEqual([]);
});

it('goes on after a restart: what was begun and not finished comes again, with the same id', async () => {
  const ids: string[] = [];
  let killed = true;
  const { store, trace, start } = world(async (_, work) => {
    ids.push(work.id);
    await work.commit(({ tx }) => tx.put('state', 'progress', ids.length), { keep: true });
    if (killed) await work.sleep(hour);
    await work.commit(() => {});
  });
  const first = start(0);
  await store.commit(first.later(5, 'work'));
  await first.clock.advance(10);
  first.clock.stop();
  killed = false;
  const second = start(20);
  second.outbox.start();
  await second.clock.advance(hour * 2);
  expect(trace).toEqual(['5 a work', '20 a work']);
  expect(new Set(ids).size).toBe(1);
  expect(store.get('state', 'progress')).toBe(2);
  expect(rowsOf(store)).toEqual([]);
});

it('gives up a consumer that does nothing any more, and lets it change nothing afterwards', async () => {
  const timers: (() => void)[] = [];
  const impatient: Wall = {
    ...wall,
    later: (_, run) => {
      timers.push(run);
      return () => {};
    },
  };
  let revive: (() => void) | undefined;
  const late: string[] = [];
  const { store, trace, start } = world(
    async (payload, work) => {
      if (payload === 'stuck' && !revive) {
        await new Promise<void>((resolve) => {
          revive = resolve;
        });
        await work.commit(({ tx }) => tx.put('state', 'late', true)).catch((error: Error) => late.push(error.message));
      }
    },
    { wall: impatient },
  );
  const { clock, later } = start(0);
  await store.commit(later(0, 'stuck'));
  await store.commit(later(0, 'of b', { account: 'b' }));
  const advance = clock.advance(hour);
  while (timers.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(clock.holders()).toEqual(['outbox mail a']);
  timers[0]?.();
  await advance;
  revive?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect(trace).toEqual(['0 a stuck', '0 b of b', '1000 a stuck']);
  expect(late).toEqual([expect.stringContaining('too late')]);
  expect(store.get('state', 'late')).toBeUndefined();
});

it('refuses work that nobody would do', async () => {
  const { store, start } = world(finish);
  const { later } = start(0);
  await expect(store.commit(later(0, 'x', { topic: 'fax' }))).rejects.toThrow('nobody consumes the topic "fax"');
});

function rowsOf(store: Store): unknown[] {
  return [...store.range('outbox', { prefix: 'work/' })];
}
