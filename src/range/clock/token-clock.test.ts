import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wall } from '../../run/adapters/clock/wall.ts';
import type { Clock, Task } from '../clock.ts';
import { createClock } from './token-clock.ts';

const minute = 60_000;
const clockAt0 = (seed = 'one') => createClock({ start: 0, seed, wall });
/** Real work that takes turns of the event loop, as a reply from a socket does. */
const turns = async (count: number) => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve));
};
const startLoop = (
  clock: Clock,
  trace: string[],
  name: string,
  everyMs: number,
  work: (task: Task) => Promise<void>,
) => {
  const beat = () => {
    void clock.spawn(name, async (task) => {
      trace.push(`${clock.now()} ${name} begins`);
      await work(task);
      trace.push(`${clock.now()} ${name} ends`);
    });
    clock.at(clock.now() + everyMs, beat, name);
  };
  clock.at(everyMs, beat, name);
};

it('does not let time run past real work that a task waits for', async () => {
  const clock = clockAt0();
  const seen: number[] = [];
  clock.at(5, () => seen.push(clock.now()), 'meanwhile');
  const task = clock.spawn('slow', async (self) => {
    await turns(5);
    seen.push(clock.now());
    await self.sleep(10);
    seen.push(clock.now());
  });
  await clock.advance(minute);
  await task;
  expect(seen).toEqual([0, 5, 10]);
  expect(clock.now()).toBe(minute);
});

it('runs tasks that are due together one after the other', async () => {
  const clock = clockAt0();
  const trace: string[] = [];
  for (const [name, took] of [
    ['a', 4],
    ['b', 0],
    ['c', 2],
  ] as const) {
    startLoop(clock, trace, name, 1_000, () => turns(took));
  }
  await clock.advance(1_000);
  expect(trace).toEqual(['a', 'b', 'c'].flatMap((name) => [`1000 ${name} begins`, `1000 ${name} ends`]));
});

it('lets a task wait for another task that sleeps', async () => {
  const clock = clockAt0();
  const done = clock.spawn('ssh', async (task) => {
    const there = await task.join(
      clock.spawn('there', async (other) => {
        await other.sleep(2_000);
        return 'answer';
      }),
    );
    return [there, clock.now()];
  });
  await clock.advance(minute);
  expect(await done).toEqual(['answer', 2_000]);
});

it('gives an error of the other task to who waits for it', async () => {
  const clock = clockAt0();
  const failing = async () => {
    throw new Error('broken pipe');
  };
  const done = clock.spawn('ssh', (task) => task.join(clock.spawn('there', failing)));
  const seen = done.catch((error: Error) => error.message);
  await clock.advance(minute);
  expect(await seen).toBe('broken pipe');
});

it('lends nothing twice: a task that ends while parked, and its late wake-up', async () => {
  const clock = clockAt0();
  let late = () => {};
  let given: Task | undefined;
  void clock.spawn('given up', async (task) => {
    given = task;
    late = task.park().wake;
  });
  await clock.advance(1);
  late();
  late();
  await clock.advance(2);
  expect(given?.state).toBe('done');
  expect(clock.holders()).toEqual([]);
  expect(clock.now()).toBe(2);
});

it('refuses to park a parked task: nothing would lend its hold again', async () => {
  const clock = clockAt0();
  const twice = clock.spawn('two waits', (task) => Promise.all([task.sleep(1), task.sleep(2)]));
  const message = twice.catch((error: Error) => error.message);
  await clock.advance(minute);
  expect(await message).toContain('task "two waits" is parked');
});

it('waits for a long chain of promises before time passes', async () => {
  const clock = clockAt0();
  const chain = async (depth: number): Promise<void> => (depth === 0 ? undefined : chain(depth - 1));
  const woken = clock.spawn('sleeper', async (task) => {
    const parked = task.park();
    void clock
      .spawn('waker', () => Promise.resolve())
      .then(() => chain(50))
      .then(parked.wake);
    await parked.promise;
    return clock.now();
  });
  clock.at(1, () => {}, 'the next moment');
  await clock.advance(minute);
  expect(await woken).toBe(0);
});

it('ends a sleep when its signal aborts, at that moment', async () => {
  const clock = clockAt0();
  const abort = new AbortController();
  clock.at(300, () => abort.abort(), 'kill');
  const done = clock.spawn('sleeper', async (task) => {
    await task.sleep(minute, abort.signal);
    const first = clock.now();
    await task.sleep(minute, abort.signal);
    return [first, clock.now()];
  });
  await clock.advance(minute);
  expect(await done).toEqual([300, 300]);
});

it('serves sockets and timers while hours of pure promises pass', async () => {
  const clock = clockAt0();
  startLoop(clock, [], 'beat', 10, (task) => task.sleep(1));
  let served = 0;
  let going = true;
  const serve = () => {
    served++;
    if (going) setImmediate(serve);
  };
  setImmediate(serve);
  await clock.advance(20 * minute);
  going = false;
  expect(served).toBeGreaterThan(3);
});

it('admits outside requests between advances, and then waits for them', async () => {
  const clock = clockAt0();
  const trace: string[] = [];
  startLoop(clock, trace, 'beat', 400, () => turns(1));
  const first = clock.advance(1_000);
  const visit = clock.enter('GetObject').then(async (entered) => {
    trace.push(`${clock.now()} enters`);
    await turns(3);
    trace.push(`${clock.now()} leaves`);
    entered.release();
    entered.release();
  });
  const second = clock.advance(1_200);
  await Promise.all([first, visit, second]);
  expect(trace.map((line) => line.replace('beat ', ''))).toEqual([
    '400 begins',
    '400 ends',
    '800 begins',
    '800 ends',
    '1000 enters',
    '1000 leaves',
    '1200 begins',
    '1200 ends',
  ]);
});

it('runs what is due at once without an advance, so that a visit can wait for a task', async () => {
  const clock = clockAt0();
  const visit = await clock.enter('Invoke');
  const answer = await visit.join(clock.spawn('function', async () => clock.now()));
  visit.release();
  expect(answer).toBe(0);
});

it('names who holds it, and runs nothing after a stop', async () => {
  const clock = clockAt0();
  const trace: string[] = [];
  startLoop(clock, trace, 'beat', 400, (task) => task.sleep(700));
  const visit = await clock.enter('PutObject');
  const advance = clock.advance(500);
  await turns(2);
  expect(clock.holders()).toEqual(['PutObject']);
  visit.release();
  await advance;
  clock.stop();
  await clock.advance(minute);
  expect(trace).toEqual(['400 beat begins']);
  await expect(clock.enter('late')).rejects.toThrow('stopped');
});

it('follows the wall clock at its speed: entries keep their nominal time, visits are stamped in order', async () => {
  let real = 1_000;
  const timers: { due: number; run: () => void }[] = [];
  const later = (ms: number, run: () => void) => {
    const timer = { due: real + ms, run };
    timers.push(timer);
    return () => void timers.splice(timers.indexOf(timer), 1);
  };
  const clock = createClock({ start: 0, seed: 'one', wall: { ...wall, now: () => real, later } });
  const pass = async (ms: number) => {
    real += ms;
    for (const timer of timers.filter(({ due }) => due <= real)) {
      timers.splice(timers.indexOf(timer), 1);
      timer.run();
    }
    await turns(2);
  };
  const seen: number[] = [];
  for (const time of [60, 600, 610]) clock.at(time, () => seen.push(clock.now()), 'entry');
  const stop = clock.pace(60);
  await turns(1);
  await pass(2);
  expect([seen, clock.now()]).toEqual([[60], 120]);
  const visit = await clock.enter('slow');
  await pass(100);
  expect([seen, clock.now()]).toEqual([[60], 120]);
  visit.release();
  await turns(2);
  expect(seen).toEqual([60, 600, 610]);
  expect(clock.now()).toBe(6_120);
  expect(() => clock.advance(7_000)).toThrow('follows the wall clock');
  stop();
  await pass(100);
  expect(clock.now()).toBe(6_120);
});

it('gives the same run for the same seed, however long real work takes', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat(3), { minLength: 20, maxLength: 20 }), async (delays) => {
      const calm = await wander('one', () => 0);
      expect(await wander('one', (n) => delays[n % delays.length] ?? 0)).toEqual(calm);
      expect(await wander('two', () => 0)).not.toEqual(calm);
    }),
    { numRuns: 15 },
  ));

/** Three loops whose tasks wait for real work, sleep by luck and start others. */
async function wander(seed: string, delay: (n: number) => number): Promise<string[]> {
  const clock = clockAt0(seed);
  const trace: string[] = [];
  let n = 0;
  for (const name of ['a', 'b', 'c']) {
    startLoop(clock, trace, name, 100, async (task) => {
      await turns(delay(n++));
      await task.sleep(Math.floor(task.random() * 150));
      await task.join(
        clock.spawn(`${name}'s child`, async (child) => {
          await turns(delay(n++));
          trace.push(`${clock.now()} ${child.why} ${child.random()}`);
          await child.sleep(child.random() * 10);
        }),
      );
    });
  }
  await clock.advance(600);
  return trace;
}
