import type { Mail } from '../../range/mailbox.ts';
import { ask } from '../../run/adapters/door/client.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { portOf, portOption } from '../port.ts';

export const mail: Command = {
  options: [portOption, { flags: '--json', words: { en: 'one JSON object a mail', ja: '1 通ずつ JSON で出力' } }],
  async run(invocation) {
    const { terminal } = invocation;
    const mails = (await ask(portOf(invocation), terminal.env, 'mail')) as readonly (Mail & { readonly id: string })[];
    if (invocation.flag('json')) {
      for (const each of mails) terminal.out(`${JSON.stringify(each)}\n`);
      return exit.expected;
    }
    if (mails.length === 0) terminal.out(terminal.say({ en: 'The mailbox is empty.\n', ja: 'メールはありません。\n' }));
    for (const each of mails) {
      const lines = [
        `${terminal.say({ en: 'Date', ja: '日時' })}: ${new Date(each.time).toISOString()}`,
        `${terminal.say({ en: 'To', ja: '宛先' })}: ${each.to}`,
        `${terminal.say({ en: 'Subject', ja: '件名' })}: ${each.subject}`,
        '',
        each.body.trimEnd(),
        '',
        '',
      ];
      terminal.out(lines.join('\n'));
    }
    return exit.expected;
  },
};
