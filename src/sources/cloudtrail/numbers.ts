import { Quiet } from '../quiet.ts';
import { textOfSpan } from '../span-value.ts';
import { type Caller, nobody } from './caller.ts';
import { type CallColumns, head, heads } from './columns.ts';
import { type Agent, type Call, type Common, type From, noAgent, nowhere } from './common.ts';
import { CallSituation } from './situation.ts';

/** What the numbers of all scans of a run mean. */
export class AllNumbers {
  readonly #common: Common;
  /** By scan: the present edition. */
  readonly #present: Numbers[] = [];

  constructor(common: Common) {
    this.#common = common;
  }

  /** To be asked for each piece, in the order of its scan. */
  of(columns: CallColumns): Numbers {
    const { scan, edition } = columns;
    let numbers = this.#present[scan];
    if (numbers?.edition !== edition) {
      if (numbers !== undefined) numbers.quiet.isOver = true;
      numbers = new Numbers(edition, this.#common);
      this.#present[scan] = numbers;
    }
    numbers.learn(columns);
    return numbers;
  }
}

/** What the numbers of one edition of a scan mean: each is found out once, when the first piece has it. */
export class Numbers {
  readonly edition: number;
  readonly situations: CallSituation[] = [];
  readonly quiet = new Quiet();
  readonly #common: Common;
  readonly #values: Value[] = [''];

  constructor(edition: number, common: Common) {
    this.edition = edition;
    this.#common = common;
  }

  learn(columns: CallColumns): void {
    const { bytes, values, valuesBefore, heads: rows, situationsBefore } = columns;
    for (let at = 0, number = valuesBefore; at < values.length; at += 3) {
      this.#values[++number] = this.#valueOf(values[at]!, bytes, values[at + 1]!, values[at + 2]!);
    }
    for (let at = 0, number = situationsBefore; at < rows.length; at += heads) {
      this.situations[++number] = this.#situationOf(rows, at, number);
    }
  }

  #valueOf(kind: number, bytes: Buffer, start: number, end: number): Value {
    const common = this.#common;
    switch (kind) {
      case head.caller:
        return common.caller(bytes, start, end);
      case head.call:
        return common.call(bytes, start, end);
      case head.from:
        return common.from(bytes, start, end);
      case head.agent:
        return common.agent(bytes, start, end);
      default:
        return textOfSpan(bytes, start, end, common.interner) ?? '';
    }
  }

  /** The scan gives each kind numbers of its own. */
  #situationOf(rows: Int32Array, at: number, number: number): CallSituation {
    const caller = (this.#of(rows[at + head.caller]!) ?? nobody) as Caller;
    const setting = caller.setting(
      (this.#of(rows[at + head.from]!) ?? nowhere) as From,
      (this.#of(rows[at + head.agent]!) ?? noAgent) as Agent,
      (this.#of(rows[at + head.account]!) ?? caller.account) as string,
      (this.#of(rows[at + head.region]!) ?? '') as string,
      (this.#of(rows[at + head.error]!) ?? '') as string,
    );
    return new CallSituation(setting, this.#of(rows[at + head.call]!) as Call | undefined, number, this.quiet);
  }

  #of(number: number): Value | undefined {
    return number === 0 ? undefined : this.#values[number];
  }
}

type Value = Caller | Call | From | Agent | string;
