import type { Readable } from 'node:stream';
import type { Locale, Words } from '../model/words.ts';

/** Where a command reads and writes. Findings and answers go to `out`; problems, progress and errors to `err`. */
export interface Terminal {
  readonly locale: Locale;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: Readable;
  /** Whether somebody watches `err`, so that a progress line may be rewritten in place. */
  readonly live: boolean;
  out(text: string): void;
  err(text: string): void;
  /** `say({ en, ja })` is the text in the terminal's language. */
  say(words: Words): string;
}

export function processTerminal(locale: Locale): Terminal {
  return {
    locale,
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    live: process.stderr.isTTY === true,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    say: (words) => words[locale],
  };
}
