import type { Readable } from 'node:stream';
import type { Locale, Words } from '../model/words.ts';
import { harmless } from './harmless.ts';

/** Goes back to the beginning of the line and empties it. */
export const wiping = '\r\u001b[K';

/** Where a command reads and writes. Findings and answers go to `out`; problems, progress and errors to `err`. */
export interface Terminal {
  readonly locale: Locale;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: Readable;
  /** Whether somebody watches `err`, so that a progress line may be rewritten in place. */
  readonly live: boolean;
  /** How wide a line of `err` is, where somebody watches. */
  readonly columns?: number | undefined;
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
    live: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
    get columns() {
      return process.stderr.columns;
    },
    out: (text) => void process.stdout.write(harmless(text)),
    // A progress line begins with what wipes the one before it.
    err: (text) =>
      void process.stderr.write(
        text.startsWith(wiping) ? wiping + harmless(text.slice(wiping.length)) : harmless(text),
      ),
    say: (words) => words[locale],
  };
}
