import { Readable } from 'node:stream';
import type { Command } from '../../src/cli/command.ts';
import { invoke } from '../../src/cli/invoke.ts';
import type { Locale } from '../../src/model/words.ts';

/** A command as the terminal calls it, within this process: nobody watches. */
export function invoked(name: string, command: Command, cwd: string, locale: Locale = 'en') {
  const listed = { name, summary: { en: 'x', ja: 'x' }, load: async () => command };
  return async (...words: readonly string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const exit = await invoke(listed, words, {
      locale,
      env: {},
      cwd,
      stdin: Readable.from([]),
      live: false,
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      say: (words) => words[locale],
    });
    return { exit, out: out.join(''), err: err.join('') };
  };
}
