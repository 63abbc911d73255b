import type { Decision } from '../../aws/iam/decision.ts';
import { ask } from '../../run/adapters/door/client.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { portOf, portOption } from '../port.ts';

interface Judged {
  readonly requestId: string;
  readonly judgements: readonly { readonly action: string; readonly resource: string; readonly decision: Decision }[];
}

export const why: Command = {
  arguments: [{ name: '<id>', words: { en: 'a request id', ja: 'リクエスト ID' } }],
  options: [portOption, { flags: '--json', words: { en: 'one JSON object', ja: 'JSON で出力' } }],
  async run(invocation) {
    const { terminal } = invocation;
    const judged = (await ask(portOf(invocation), terminal.env, 'why', { id: invocation.arguments[0] })) as Judged;
    if (invocation.flag('json')) {
      terminal.out(`${JSON.stringify(judged)}\n`);
      return exit.expected;
    }
    if (judged.judgements.length === 0) {
      terminal.out(
        terminal.say({
          en: 'AWS asks for no permission for this call.\n',
          ja: 'この呼び出しに必要な権限はありません。\n',
        }),
      );
    }
    for (const { action, resource, decision } of judged.judgements) {
      terminal.out(`${decision.decision.padEnd(13)} ${action} ${resource}\n`);
      for (const { kind, policy, statement, effect, why } of decision.because) {
        terminal.out(`    ${[kind, policy, statement, effect].filter((part) => part !== null).join(' / ')}: ${why}\n`);
      }
    }
    return exit.expected;
  },
};
