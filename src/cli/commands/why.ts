import type { Decision } from '../../aws/iam/decision.ts';
import type { Finding } from '../../model/finding.ts';
import { ask } from '../../run/adapters/door/client.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { findingReasons } from '../finding-reasons.ts';
import { portOf, portOption } from '../port.ts';
import type { Terminal } from '../terminal.ts';

interface Judged {
  readonly requestId: string;
  readonly judgements: readonly { readonly action: string; readonly resource: string; readonly decision: Decision }[];
}

interface Found {
  readonly finding: Finding;
  /** Of a story: the findings that went into it. */
  readonly stages: readonly Finding[];
}

export const why: Command = {
  arguments: [
    {
      name: '<id>',
      words: {
        en: "a request id, or a finding's id or how it begins",
        ja: 'リクエスト ID、または検出結果の ID かその先頭部分',
      },
    },
  ],
  options: [portOption, { flags: '--json', words: { en: 'one JSON object', ja: 'JSON で出力' } }],
  examples: ['yagura why 3f2a9c', 'yagura why 0b6ff1de-8c5c-4c3b-9c55-6f0a7d6f4c1e'],
  async run(invocation) {
    const { terminal } = invocation;
    const answer = (await ask(portOf(invocation), terminal.env, 'why', { id: invocation.arguments[0] })) as
      | Judged
      | Found;
    if (invocation.flag('json')) terminal.out(`${JSON.stringify(answer)}\n`);
    else if ('finding' in answer) terminal.out(findingReasons(answer.finding, answer.stages, terminal));
    else printJudged(answer, terminal);
    return exit.expected;
  },
};

function printJudged({ judgements }: Judged, terminal: Terminal): void {
  if (judgements.length === 0) {
    terminal.out(
      terminal.say({
        en: 'AWS asks for no permission for this call.\n',
        ja: 'この呼び出しに必要な権限はありません。\n',
      }),
    );
  }
  for (const { action, resource, decision } of judgements) {
    terminal.out(`${decision.decision.padEnd(13)} ${action} ${resource}\n`);
    for (const { kind, policy, statement, effect, why } of decision.because) {
      terminal.out(`    ${[kind, policy, statement, effect].filter((part) => part !== null).join(' / ')}: ${why}\n`);
    }
  }
}
