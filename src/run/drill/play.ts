import { FlowWitness } from '../../drill/flows.ts';
import { type Change, Journal } from '../../drill/journal.ts';
import type { Judged } from '../../drill/judge.ts';
import { type DrillResult, type Moment, resultOf } from '../../drill/result.ts';
import type { Drill } from '../../drill/schema.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Words } from '../../model/words.ts';
import type { Task } from '../../range/clock.ts';
import { mails } from '../../range/mailbox.ts';
import type { LocalRange } from '../local.ts';
import { strike } from './attack.ts';
import { Cast } from './cast.ts';
import { prepare } from './environment.ts';
import type { Scene } from './scene.ts';
import { toldOf } from './telling.ts';
import { judgeAll, watch } from './watch.ts';

export interface Stage {
  readonly drill: Drill;
  readonly folder: string;
  readonly functions: string;
  readonly seed: number;
  tell(moment: Moment): void;
  doing(what: Words): void;
  failed(error: unknown): void;
}

/** What must hear a range from its first moment on, so that a drill can be played in it. */
export class Play {
  readonly #stage: Stage;
  readonly #journal = new Journal();
  readonly #flows = new FlowWitness();
  readonly #timeline: Moment[] = [];
  #range: LocalRange | undefined;
  #stopped = false;
  #wake = new AbortController();
  readonly #mails = new Set<string>();
  #judged: readonly Judged[] = [];

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Give this to `openRange` as what it is heard by. */
  readonly hears = (event: JsonObject): void => {
    if (this.#range === undefined) return;
    const now = this.#range.clock.now();
    const change = this.#journal.take(event, now);
    if (change !== undefined) this.#note(change, now);
  };

  /** And this as what sees its flow records. */
  readonly sees = (flow: JsonObject): void => this.#flows.see(flow);

  /** Environment, attack, watching and judgement are one task of the clock, which moves as far as they need. */
  async run(range: LocalRange): Promise<DrillResult> {
    this.#range = range;
    let over = false;
    const result = range.clock
      .spawn('drill', (task) => this.#perform(range, task))
      .finally(() => {
        over = true;
      });
    // Awaited below; an advance may end after it failed.
    result.catch(() => undefined);
    while (!over && !this.#stopped) await range.clock.advance(range.clock.now() + 1_000);
    // Who stopped it awaits no result, and there will be none.
    return this.#stopped ? new Promise<never>(() => {}) : result;
  }

  /** What the expectations came to, in every language; none before the end. */
  get judged(): readonly Judged[] {
    return this.#judged;
  }

  /** The range is about to end: its clock goes nowhere any more. */
  stop(): void {
    this.#stopped = true;
  }

  async #perform(range: LocalRange, task: Task): Promise<DrillResult> {
    const { drill, seed } = this.#stage;
    const [began, realBegan] = [range.clock.now(), performance.now()];
    const cast = new Cast(range, task, drill.region, this.#stage.failed);
    for (const [name, value] of Object.entries(drill.parameters)) cast.values.set(name, value);
    cast.values.set('Account', range.account).set('Region', drill.region);
    try {
      const scene = this.#scene(range, task, cast);
      await prepare(scene);
      await strike(scene);
      await watch(scene, began, () => this.#wake.signal);
      this.#judged = await judgeAll(scene);
      this.#tellMails(range);
      return resultOf({
        drill,
        seed,
        virtualMs: range.clock.now() - began,
        realMs: performance.now() - realBegan,
        expectations: this.#judged,
        journal: this.#journal,
        timeline: this.#timeline,
      });
    } finally {
      await cast.close();
    }
  }

  #scene(range: LocalRange, task: Task, cast: Cast): Scene {
    const { drill, folder, functions, doing } = this.#stage;
    return {
      drill,
      folder,
      functions,
      range,
      task,
      cast,
      journal: this.#journal,
      flows: this.#flows,
      tell: (stage, what) => {
        this.#tellMails(range);
        this.#tell({ time: range.clock.now(), stage, what });
      },
      doing,
    };
  }

  #note(change: Change, time: number): void {
    if (this.#range !== undefined) this.#tellMails(this.#range);
    this.#tell({ time, ...toldOf(change) });
    this.#wake.abort();
    this.#wake = new AbortController();
  }

  #tellMails(range: LocalRange): void {
    for (const [id, { to, subject, time }] of mails(range.store)) {
      if (this.#mails.has(id)) continue;
      this.#mails.add(id);
      this.#tell({ time, stage: 'mail', what: { en: `to ${to}: ${subject}`, ja: `${to} 宛: ${subject}` } });
    }
  }

  #tell(moment: Moment): void {
    this.#timeline.push(moment);
    this.#stage.tell(moment);
  }
}
