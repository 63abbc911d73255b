import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Locale } from '../model/words.ts';
import type { Command, Listed } from './command.ts';
import { commands } from './commands/index.ts';
import { exit } from './exit.ts';
import { overview } from './help.ts';
import type { Invocation } from './invocation.ts';
import { invoke } from './invoke.ts';
import type { Terminal } from './terminal.ts';

function terminal(locale: Locale = 'en'): Terminal & { readonly text: () => string } {
  const written: string[] = [];
  const write = (text: string) => void written.push(text);
  const env = {};
  return {
    locale,
    env,
    cwd: '/',
    stdin: Readable.from([]),
    live: false,
    out: write,
    err: write,
    say: (words) => words[locale],
    text: () => written.join(''),
  };
}

function listed(seen: (invocation: Invocation) => void): Listed {
  const words = { en: 'x', ja: 'x' };
  const command: Command = {
    arguments: [{ name: '<files...>', words }],
    options: [
      { flags: '--port <number>', words },
      { flags: '--fail-on <level>', words },
      { flags: '--account <id>', words },
      { flags: '--json', words },
      { flags: '--no-open', words },
    ],
    run: async (invocation) => {
      seen(invocation);
      return exit.expected;
    },
  };
  return { name: 'probe', summary: { en: 'a probe', ja: '試し' }, load: async () => command };
}

const port = { min: 1, max: 65535, fallback: 4566 };

test('a command sees what was typed', async () => {
  let seen = {};
  const probe = listed((each) => {
    seen = {
      files: each.arguments,
      port: each.whole('port', port),
      level: each.choice('fail-on', ['low', 'high']),
      json: each.flag('json'),
      open: each.flag('open'),
    };
  });
  await invoke(probe, ['a', '--port', '1', 'b', '--fail-on', 'high', '--no-open'], terminal());
  expect(seen).toEqual({ files: ['a', 'b'], port: 1, level: 'high', json: false, open: false });
});

const refused: Record<string, [words: string[], code: string]> = {
  'an option that is not there': [['a', '--nothing'], 'USAGE'],
  'a missing argument': [[], 'USAGE'],
  'an option without its value': [['a', '--port'], 'USAGE'],
  'a port that is no number': [['a', '--port', '80x'], 'OPTION_NOT_A_NUMBER'],
  'a port that is too large': [['a', '--port', '65536'], 'OPTION_NOT_A_NUMBER'],
  'a level that is not there': [['a', '--fail-on', 'worst'], 'OPTION_VALUE_UNKNOWN'],
  'an account that is none': [['a', '--account', '12'], 'OPTION_NOT_AN_ACCOUNT'],
};

for (const [name, [words, code]] of Object.entries(refused)) {
  test(`${name} is wrong usage`, async () => {
    const probe = listed((each) => [
      each.whole('port', port),
      each.choice('fail-on', ['low', 'high']),
      each.account('account'),
    ]);
    await expect(invoke(probe, words, terminal())).rejects.toMatchObject({ name: 'UserError', code });
  });
}

test('help is in the language of the terminal and is no failure', async () => {
  const there = terminal('ja');
  expect(
    await invoke(
      listed(() => undefined),
      ['--help'],
      there,
    ),
  ).toBe(exit.expected);
  expect(there.text()).toContain('使い方: yagura probe [options] <files...>');
});

test('the overview names every command that is for users, in both languages', () => {
  for (const { name, summary, internal } of commands) {
    expect(overview(commands, 'en').includes(`  ${name} `)).toBe(!internal);
    if (!internal) expect(overview(commands, 'ja')).toContain(summary.ja);
  }
});

// Every command's declaration is tried, so that a flag which commander refuses is found here and not by a user.
for (const each of commands) {
  test(`yagura ${each.name} --help`, async () => {
    expect(await invoke(each, ['--help'], terminal())).toBe(exit.expected);
  });
}
