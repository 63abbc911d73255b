import { version } from '../root.ts';
import { UserError } from '../run/errors.ts';
import { commands } from './commands/index.ts';
import { exitOf, renderError } from './errors.ts';
import { type Exit, exit } from './exit.ts';
import { overview } from './help.ts';
import { languageOf } from './language.ts';
import { nearest } from './nearest.ts';
import { processTerminal, type Terminal } from './terminal.ts';

/** The whole command line. Whatever goes wrong inside becomes a message and an exit code here, and nowhere else. */
export async function main(argv: readonly string[]): Promise<Exit> {
  let terminal = processTerminal('en');
  try {
    terminal = processTerminal(languageOf(undefined, process.env));
    terminal = processTerminal(languageOf(flagOf(argv, '--lang'), process.env));
    return await dispatch(argv, terminal);
  } catch (error) {
    terminal.err(renderError(error, terminal.locale));
    return exitOf(error);
  }
}

/** What nobody caught: a full disk under the output, or our mistake. */
export function failed(error: unknown): Exit {
  const terminal = processTerminal(languageOf(undefined, process.env));
  terminal.err(renderError(error, terminal.locale));
  return exitOf(error);
}

async function dispatch(argv: readonly string[], terminal: Terminal): Promise<Exit> {
  const words = withoutLanguage(argv);
  const [first] = words;
  if (first === '--version' || first === '-V') {
    terminal.out(`${version()}\n`);
    return exit.expected;
  }
  const asksHelp = first === undefined || first === 'help' || first === '--help' || first === '-h';
  const named = asksHelp ? words.slice(1) : words;
  if (named[0] === undefined) {
    terminal.out(overview(commands, terminal.locale));
    return exit.expected;
  }
  const listed = chosen(named);
  const rest = asksHelp ? ['--help'] : words.slice(listed.name.split(' ').length);
  const { invoke } = await import('./invoke.ts');
  return invoke(listed, rest, terminal);
}

/** The command whose words stand first; the longest, so that `iam evaluate` is not `iam`. */
function chosen(words: readonly string[]) {
  const matching = commands.filter(({ name }) => `${words.join(' ')} `.startsWith(`${name} `));
  const [best] = matching.sort((a, b) => b.name.length - a.name.length);
  if (best) return best;
  const family = commands.filter(({ name }) => name.startsWith(`${words[0]} `)).map(({ name }) => name);
  const typed = family.length > 0 ? words.slice(0, 2).join(' ') : String(words[0]);
  const names = commands.filter((each) => !each.internal).map(({ name }) => name);
  throw new UserError({
    code: 'COMMAND_UNKNOWN',
    message: { en: `"${typed}" is not a command`, ja: `"${typed}" というコマンドはありません` },
    expected: (family.length > 0 ? family : names).join(', '),
    hint: `yagura help ${nearest(typed, names) ?? ''}`.trimEnd(),
  });
}

function flagOf(argv: readonly string[], flag: string): string | undefined {
  const at = argv.findIndex((each) => each === flag || each.startsWith(`${flag}=`));
  if (at < 0) return undefined;
  return argv[at] === flag ? (argv[at + 1] ?? '') : argv[at]?.slice(flag.length + 1);
}

/** `--lang` belongs to no command; it may stand anywhere. */
function withoutLanguage(argv: readonly string[]): readonly string[] {
  return argv.filter((each, at) => each !== '--lang' && !each.startsWith('--lang=') && argv[at - 1] !== '--lang');
}
