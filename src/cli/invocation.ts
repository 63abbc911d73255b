import { UserError } from '../run/errors.ts';
import type { Terminal } from './terminal.ts';

export interface Whole {
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
}

/** What the user typed, checked against what the command declared. Option names are without dashes, as typed: `fail-on`. */
export class Invocation {
  readonly arguments: readonly string[];
  readonly terminal: Terminal;
  readonly #options: ReadonlyMap<string, unknown>;

  constructor(args: readonly string[], options: ReadonlyMap<string, unknown>, terminal: Terminal) {
    this.arguments = args;
    this.#options = options;
    this.terminal = terminal;
  }

  /** The value of `--name <value>`. */
  text(name: string): string | undefined {
    const value = this.#options.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  /** The values of `--name <values...>`. */
  texts(name: string): readonly string[] {
    const value = this.#options.get(name);
    return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  }

  /** Whether `--name` was given. `--no-open` is declared with flags `--no-open` and read as `flag('open')`: true unless given. */
  flag(name: string): boolean {
    return this.#options.get(name) === true;
  }

  /** One of a list: `--fail-on high`. */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const choice = choices.find((each) => each === text);
    if (choice !== undefined) return choice;
    throw new UserError({
      code: 'OPTION_VALUE_UNKNOWN',
      message: {
        en: `--${name} "${text}" is not a value of this option`,
        ja: `--${name} "${text}" は指定できない値です`,
      },
      expected: choices.join(', '),
      hint: `--${name} ${choices[0]}`,
    });
  }

  /** A whole number within its limits: `--port 4566`. */
  whole(name: string, { min, max, fallback }: Whole): number {
    const text = this.text(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new UserError({
      code: 'OPTION_NOT_A_NUMBER',
      message: {
        en: `--${name} "${text}" is not such a number`,
        ja: `--${name} "${text}" は数値として正しくありません`,
      },
      expected: { en: `a whole number from ${min} to ${max}`, ja: `${min} から ${max} までの整数` },
      hint: `--${name} ${fallback}`,
    });
  }

  /** The id of an account: `--account 111122223333`. */
  account(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined || (/^\d{12}$/.test(text) && text !== '000000000000')) return text;
    throw new UserError({
      code: 'OPTION_NOT_AN_ACCOUNT',
      message: {
        en: `--${name} "${text}" is no account id`,
        ja: `--${name} "${text}" はアカウント ID として正しくありません`,
      },
      expected: { en: 'twelve digits, not all of them zero', ja: 'すべて 0 ではない 12 桁の数字' },
      hint: `--${name} 111122223333`,
    });
  }
}
