import type { Situation } from '../../model/activity.ts';
import type { Quiet } from '../quiet.ts';
import type { Call } from './common.ts';
import type { CallSetting } from './setting.ts';

/** One call in one setting, the same object for all records of an edition that have it. */
export class CallSituation implements Situation {
  known: object | undefined = undefined;
  readonly setting: CallSetting;
  readonly call: Call | undefined;
  readonly #number: number;
  readonly #quiet: Quiet;

  constructor(setting: CallSetting, call: Call | undefined, number: number, quiet: Quiet) {
    this.setting = setting;
    this.call = call;
    this.#number = number;
    this.#quiet = quiet;
    quiet.reach(number);
  }

  get isOver(): boolean {
    return this.#quiet.isOver;
  }

  rest(until: number): void {
    this.#quiet.until[this.#number] = until;
  }
}
