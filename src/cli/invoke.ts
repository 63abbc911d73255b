import { Command as Commander, CommanderError, type Option as CommanderOption } from 'commander';
import type { Words } from '../model/words.ts';
import { UserError } from '../run/errors.ts';
import type { Command, Listed } from './command.ts';
import { type Exit, exit } from './exit.ts';
import { heading } from './help.ts';
import { Invocation } from './invocation.ts';
import type { Terminal } from './terminal.ts';

/** Loads the chosen command, parses what follows its name, and runs it. */
export async function invoke(listed: Listed, words: readonly string[], terminal: Terminal): Promise<Exit> {
  const command = await listed.load();
  const parser = parserOf(listed, command, terminal);
  try {
    parser.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exit.expected;
    throw usageError(error, listed.name);
  }
  const options = new Map(
    parser.options.map((option) => [nameOf(option), parser.getOptionValue(option.attributeName())]),
  );
  return command.run(new Invocation(parser.args, options, terminal));
}

function parserOf(listed: Listed, command: Command, terminal: Terminal): Commander {
  const parser = new Commander(`yagura ${listed.name}`)
    .description(terminal.say(listed.summary))
    .helpOption('-h, --help', terminal.say({ en: 'this text', ja: 'この説明' }))
    .configureHelp({ styleTitle: (text) => heading(text, terminal.locale) })
    .configureOutput({ writeOut: terminal.out, outputError: () => undefined })
    .exitOverride();
  for (const { name, words } of command.arguments ?? []) parser.argument(name, terminal.say(words));
  for (const { flags, words } of command.options ?? []) parser.option(flags, terminal.say(words));
  if (command.examples) {
    const title = terminal.say({ en: 'Examples:', ja: '例:' });
    parser.addHelpText('after', `\n${title}\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  }
  return parser;
}

/** `--no-open` sets what is read as `open`. */
function nameOf(option: CommanderOption): string {
  return option.name().replace(/^no-/, '');
}

const complaints: Readonly<Record<string, (value: string) => Words>> = {
  'commander.unknownOption': (value) => ({
    en: `there is no option ${value}`,
    ja: `${value} というオプションはありません`,
  }),
  'commander.missingArgument': (value) => ({ en: `<${value}> is missing`, ja: `<${value}> が足りません` }),
  'commander.optionMissingArgument': (value) => ({ en: `${value} needs a value`, ja: `${value} には値が必要です` }),
};

/** Commander's own exit code for wrong usage is 1, which would read as a finding. */
function usageError(error: CommanderError, name: string): UserError {
  const text = error.message.replace(/^error: /, '');
  const value = /'(.+?)'/.exec(text)?.[1] ?? '';
  const isMissing = error.code === 'commander.missingArgument';
  return new UserError({
    code: 'USAGE',
    message: complaints[error.code]?.(value) ?? { en: text, ja: `使い方が正しくありません (${text})` },
    ...(isMissing ? { expected: argumentsFirst(value) } : {}),
    hint: `yagura ${name} --help`,
  });
}

/** An option that takes several values takes all words that follow it. */
function argumentsFirst(value: string): Words {
  return {
    en: `<${value}> before options that take several values, or after --`,
    ja: `<${value}> は、複数の値を取るオプションより前、または -- の後に指定`,
  };
}
