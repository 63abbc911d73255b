import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, version } from '../../root.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { notEnforced } from '../not-enforced.ts';
import type { Terminal } from '../terminal.ts';

export const doctor: Command = {
  options: [{ flags: '--json', words: { en: 'one JSON object', ja: 'JSON で出力' } }],
  examples: ['yagura doctor --json'],
  async run(invocation) {
    const { terminal } = invocation;
    const facts = factsOf(terminal);
    if (invocation.flag('json')) {
      terminal.out(`${JSON.stringify({ facts, notEnforced: notEnforced.map((words) => words.en) })}\n`);
      return exit.expected;
    }
    for (const [name, value] of Object.entries(facts)) terminal.out(`${name.padEnd(10)} ${value}\n`);
    terminal.out(`\n${terminal.say({ en: 'The range does not enforce:', ja: 'レンジが強制しないこと:' })}\n`);
    for (const words of notEnforced) terminal.out(`  - ${terminal.say(words)}\n`);
    return exit.expected;
  },
};

function factsOf(terminal: Terminal): Record<string, string> {
  return {
    yagura: version(),
    root,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    aws: whereIs('aws', terminal) ?? '-',
  };
}

function whereIs(program: string, terminal: Terminal): string | undefined {
  const folders = (terminal.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
