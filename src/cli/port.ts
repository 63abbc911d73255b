import type { Option } from './command.ts';
import type { Invocation } from './invocation.ts';

/** Where a range listens: the port that local-AWS tools already default to. */
export const defaultPort = 4566;

export const portOption: Option = {
  flags: '--port <number>',
  words: { en: `the range's port (default ${defaultPort})`, ja: `レンジのポート (既定 ${defaultPort})` },
};

export function portOf(invocation: Invocation): number {
  return invocation.whole('port', { min: 1, max: 65_535, fallback: defaultPort });
}
