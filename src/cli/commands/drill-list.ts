import { ourDrills, unbuiltIn } from '../../run/drill/load.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { tableOf } from '../table.ts';

export const drillList: Command = {
  options: [{ flags: '--json', words: { en: 'one JSON object a drill', ja: '1 件ずつ JSON で出力' } }],
  async run(invocation) {
    const { terminal } = invocation;
    const rows = ourDrills().map(({ drill, file }) => {
      const needs = [...new Set(unbuiltIn(drill).map(({ kind }) => kind))];
      return { name: drill.name, file, description: drill.description ?? '', expectations: drill.expect.length, needs };
    });
    if (invocation.flag('json')) {
      for (const row of rows) terminal.out(`${JSON.stringify(row)}\n`);
      return exit.expected;
    }
    terminal.out(
      `${tableOf(
        rows.map(({ name, description, needs }) => [
          name,
          description,
          needs.length === 0
            ? ''
            : terminal.say({ en: `(not built yet: ${needs.join(', ')})`, ja: `(未実装: ${needs.join(', ')})` }),
        ]),
      )}\n`,
    );
    return exit.expected;
  },
};
