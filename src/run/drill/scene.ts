import type { FlowWitness } from '../../drill/flows.ts';
import type { Journal } from '../../drill/journal.ts';
import type { Stage } from '../../drill/result.ts';
import type { Drill } from '../../drill/schema.ts';
import type { Words } from '../../model/words.ts';
import type { Task } from '../../range/clock.ts';
import type { LocalRange } from '../local.ts';
import type { Cast } from './cast.ts';

/** What every step of a drill works with. */
export interface Scene {
  readonly drill: Drill;
  /** The folder of the drill file: its paths begin there. */
  readonly folder: string;
  /** Where our own playbooks' bundles are. */
  readonly functions: string;
  readonly range: LocalRange;
  readonly task: Task;
  readonly cast: Cast;
  readonly journal: Journal;
  readonly flows: FlowWitness;
  /** Writes a line of the timeline. */
  tell(stage: Stage, what: Words): void;
  /** What takes its time now. */
  doing(what: Words): void;
}

/** The same in every language: names, calls, AWS's own text. */
export function plain(text: string): Words {
  return { en: text, ja: text };
}
