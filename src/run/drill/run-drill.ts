import type { Detector } from '../../detect/detector.ts';
import type { Judged } from '../../drill/judge.ts';
import type { DrillResult, Moment } from '../../drill/result.ts';
import type { Words } from '../../model/words.ts';
import { builtPath } from '../../root.ts';
import { passingHome } from '../home.ts';
import { type LocalRange, openRange } from '../local.ts';
import type { LoadedDrill } from './load.ts';
import { Play } from './play.ts';

export interface DrillOptions {
  readonly seed: number;
  readonly account?: string;
  /** Where its virtual time begins. */
  readonly from: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the bundles of our playbooks are; those of the build unless told. */
  readonly functions?: string;
  /** What GuardDuty detects with; the standing pack unless told. */
  readonly pack?: readonly Detector[];
  tell(moment: Moment): void;
  doing(what: Words): void;
  failed(error: unknown, where: string): void;
}

/** A range that was made for one drill, and goes with it. */
export interface DrillRange {
  readonly range: LocalRange;
  play(): Promise<DrillResult>;
  /** What the expectations came to, in every language; none before the end. */
  judged(): readonly Judged[];
  /** Ends the range; its folder goes. */
  end(): Promise<void>;
  /** Ends the range and keeps its folder; says where. */
  keep(): Promise<string>;
}

/** A new world for a drill: temporary folder, durable store, a clock of its own at rest. */
export async function openDrillRange(loaded: LoadedDrill, options: DrillOptions): Promise<DrillRange> {
  const home = passingHome(options.env);
  const play = new Play({
    drill: loaded.drill,
    folder: loaded.folder,
    functions: options.functions ?? builtPath('functions'),
    seed: options.seed,
    tell: options.tell,
    doing: options.doing,
    failed: (error) => options.failed(error, 'http'),
  });
  const range = await openRange({
    folder: home.folder,
    seed: String(options.seed),
    from: options.from,
    ...(options.account === undefined ? {} : { account: options.account }),
    ...(options.pack === undefined ? {} : { pack: options.pack }),
    vintage: loaded.drill.vintage,
    hears: play.hears,
    sees: play.sees,
    crashed: options.failed,
  }).catch((error: unknown) => {
    home.end();
    throw error;
  });
  const close = () => {
    play.stop();
    return range.close();
  };
  return {
    range,
    play: () => play.run(range),
    judged: () => play.judged,
    async end() {
      await close();
      home.end();
    },
    async keep() {
      await close();
      return home.keep();
    },
  };
}
