import { ask } from '../../run/adapters/door/client.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { portOf, portOption } from '../port.ts';

export const time: Command = {
  options: [portOption, { flags: '--json', words: { en: 'one JSON object', ja: 'JSON で出力' } }],
  async run(invocation) {
    const { terminal } = invocation;
    const { virtual } = (await ask(portOf(invocation), terminal.env, 'time')) as { readonly virtual: string };
    const ahead = Math.round((Date.parse(virtual) - Date.now()) / 1000);
    if (invocation.flag('json')) {
      terminal.out(`${JSON.stringify({ virtual, aheadS: ahead })}\n`);
      return exit.expected;
    }
    terminal.out(
      terminal.say({
        en: `${virtual}, ${ahead} s ahead of this machine's clock\n`,
        ja: `${virtual} (このマシンの時計より ${ahead} 秒進んでいます)\n`,
      }),
    );
    return exit.expected;
  },
};
