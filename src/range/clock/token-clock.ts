import type { Cancel, Clock, Task, Visit, Wall } from '../clock.ts';
import { timerMsMax, turnMs } from './limits.ts';
import { type Entry, Queue } from './queue.ts';
import { HoldingTask } from './task.ts';

export interface ClockOptions {
  /** Where virtual time begins, epoch milliseconds. */
  readonly start: number;
  readonly seed: string;
  readonly wall: Wall;
}

/** Begins in stepped mode, at rest: only what is due at once runs until `advance` or `pace`. */
export function createClock(options: ClockOptions): Clock {
  return new TokenClock(options);
}

class TokenClock implements Clock {
  readonly #wall: Wall;
  readonly #seed: string;
  readonly #queue = new Queue();
  readonly #holding = new Set<HoldingTask>();
  /** How many tasks of one name began at this instant: tells their luck apart. */
  readonly #namesakes = new Map<string, number>();
  readonly #arriving: (() => void)[] = [];
  #now: number;
  /** Stepped: runs what is due up to here. */
  #until: number;
  #pace: { speed: number; base: number; wall: number } | undefined;
  #timer: Cancel | undefined;
  #advance: Promise<void> = Promise.resolve();
  #advancing = 0;
  #arrived: (() => void) | undefined;
  #turned: number;
  #going = false;
  #stopped = false;

  constructor({ start, seed, wall }: ClockOptions) {
    this.#now = start;
    this.#until = start;
    this.#seed = seed;
    this.#wall = wall;
    this.#turned = wall.now();
  }

  now(): number {
    // While an entry is on its way, its nominal time is what counts.
    if (this.#pace && this.#holding.size === 0 && !this.#going)
      this.#move(Math.min(this.#limit(), this.#next()?.time ?? Infinity));
    return this.#now;
  }

  at(time: number, fire: () => void, why: string): Cancel {
    if (Number.isNaN(time)) throw new RangeError(`clock entry "${why}": expected a time, not NaN`);
    if (this.#stopped) return () => {};
    const entry = this.#queue.add(Math.max(Math.ceil(time), this.#now), fire, why);
    this.#go();
    return () => {
      entry.fire = undefined;
    };
  }

  spawn<T>(why: string, body: (task: Task) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const start = () => {
        const task = this.#task(why);
        const end = () => task.release();
        // `release` first, so that whoever waits for the task finds it done.
        new Promise<T>((begin) => begin(body(task))).finally(end).then(resolve, reject);
      };
      this.at(this.now(), start, why);
    });
  }

  async enter(why: string): Promise<Visit> {
    if (this.#arrived) await new Promise<void>((resolve) => this.#arriving.push(resolve));
    if (this.#stopped) throw new Error(`the clock is stopped: "${why}" came too late`);
    this.now();
    return this.#task(why);
  }

  advance(until: number): Promise<void> {
    if (this.#pace) throw new Error('this clock follows the wall clock: only a stepped clock can be advanced');
    if (!Number.isFinite(until)) throw new RangeError(`advance until ${until}: expected epoch milliseconds`);
    const before = this.#advancing++ === 0 ? undefined : this.#advance;
    const arrival = before ? before.then(() => this.#advanceTo(until)) : this.#advanceTo(until);
    this.#advance = arrival.then(() => {
      this.#advancing--;
    });
    return this.#advance;
  }

  pace(speed: number): Cancel {
    if (!(speed > 0 && speed < Infinity)) throw new RangeError(`speed ${speed}: expected a number above 0`);
    if (this.#pace) throw new Error('this clock already follows the wall clock');
    this.#pace = { speed, base: this.#now, wall: this.#wall.now() };
    this.#go();
    return () => {
      this.now();
      this.#pace = undefined;
      this.#until = this.#now;
      this.#timer?.();
    };
  }

  holders(): readonly string[] {
    return Array.from(this.#holding, (task) => task.why);
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.();
    this.#queue.clear();
    this.#rest();
  }

  take(task: HoldingTask): void {
    this.#holding.add(task);
  }

  lend(task: HoldingTask): void {
    this.#holding.delete(task);
    this.#go();
  }

  #task(why: string): HoldingTask {
    const nth = this.#namesakes.get(why) ?? 0;
    this.#namesakes.set(why, nth + 1);
    const now = this.#now;
    // Most tasks never draw.
    return new HoldingTask(this, why, () => JSON.stringify([this.#seed, why, now, nth]));
  }

  #advanceTo(until: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stopped) return resolve();
      this.#until = Math.max(this.#until, until);
      this.#arrived = resolve;
      this.#go();
    });
  }

  #limit(): number {
    const { speed, base, wall } = this.#pace ?? { speed: 0, base: this.#until, wall: 0 };
    return this.#pace ? base + (this.#wall.now() - wall) * speed : base;
  }

  #next(): Entry | undefined {
    return this.#queue.peek();
  }

  #move(time: number): void {
    if (time <= this.#now) return;
    this.#now = Math.floor(time);
    this.#namesakes.clear();
  }

  /** Goes on when every promise that a parking or ending task settles has had its say, or time would run past it. */
  #go(): void {
    if (this.#going || this.#holding.size > 0) return;
    this.#going = true;
    this.#wall.soon(() => this.#run());
  }

  /** One entry; the next one after all that it settled. */
  #run(): void {
    const next = this.#holding.size > 0 ? undefined : this.#next();
    const due = next !== undefined && next.time <= this.#limit();
    if (due && this.#wall.now() - this.#turned >= turnMs) {
      this.#giveTurn();
      return;
    }
    if (due) {
      this.#queue.pop();
      this.#move(next.time);
      next.fire?.();
    }
    this.#going = false;
    if (due) this.#go();
    else if (this.#holding.size === 0) this.#rest();
  }

  #giveTurn(): void {
    this.#wall.turn(() => {
      this.#turned = this.#wall.now();
      this.#run();
    });
  }

  /** Nothing holds and nothing is due. */
  #rest(): void {
    if (this.#pace) this.#wait(this.#pace);
    else if (!this.#stopped) this.#move(this.#until);
    const arrived = this.#arrived;
    if (!arrived) return;
    this.#arrived = undefined;
    for (const arriving of this.#arriving.splice(0)) arriving();
    arrived();
  }

  #wait({ speed, base, wall }: { speed: number; base: number; wall: number }): void {
    this.#timer?.();
    const next = this.#next();
    if (this.#stopped || next === undefined) return;
    const due = wall + (next.time - base) / speed - this.#wall.now();
    this.#timer = this.#wall.later(Math.min(Math.max(0, Math.ceil(due)), timerMsMax), () => this.#go());
  }
}
