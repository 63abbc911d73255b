import { Readable } from 'node:stream';
import type { Command } from '../../src/cli/command.ts';
import { invoke } from '../../src/cli/invoke.ts';

/** A command as the terminal calls it, within this process: nobody watches, and it speaks English. */
export function invoked(name: string, command: Command, cwd: string) {
  const listed = { name, summary: { en: 'x', ja: 'x' }, load: async () => command };
  return async (...words: readonly string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const exit = await invoke(listed, words, {
      locale: 'en',
      env: {},
      cwd,
      stdin: Readable.from([]),
      live: false,
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      say: ({ en }) => en,
    });
    return { exit, out: out.join(''), err: err.join('') };
  };
}
