import { ourDrills } from '../../run/drill/load.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { tableOf } from '../table.ts';

export const drillList: Command = {
  options: [{ flags: '--json', words: { en: 'one JSON object a drill', ja: '1 件ずつ JSON で出力' } }],
  async run(invocation) {
    const { terminal } = invocation;
    const rows = ourDrills().map(({ drill, file }) => ({
      name: drill.name,
      file,
      description: drill.description ?? '',
      expectations: drill.expect.length,
    }));
    if (invocation.flag('json')) for (const row of rows) terminal.out(`${JSON.stringify(row)}\n`);
    else terminal.out(`${tableOf(rows.map(({ name, description }) => [name, description]))}\n`);
    return exit.expected;
  },
};
