import type { Words } from '../model/words.ts';
import type { Exit } from './exit.ts';
import type { Invocation } from './invocation.ts';

/** A positional argument in commander's notation: `<file>`, `[file]`, `<files...>`. */
export interface Argument {
  readonly name: string;
  readonly words: Words;
}

/** An option in commander's notation: `--json`, `--port <number>`, `--no-open`. Values arrive as text. */
export interface Option {
  readonly flags: string;
  readonly words: Words;
}

/**
 * One verb, one file under `commands/`, one row in `commands/index.ts`. The row's summary is what `yagura help` shows,
 * so that help imports no command; the file is imported only when the command is chosen.
 */
export interface Command {
  readonly arguments?: readonly Argument[];
  readonly options?: readonly Option[];
  /** Shown below the options by `--help`: lines to copy that work as they stand. */
  readonly examples?: readonly string[];
  run(invocation: Invocation): Promise<Exit>;
}

/** A row of the index. */
export interface Listed {
  /** The words typed: `doctor`, `iam evaluate`. */
  readonly name: string;
  readonly summary: Words;
  /** Left out of `yagura help`: for our own scripts. */
  readonly internal?: boolean;
  load(): Promise<Command>;
}
