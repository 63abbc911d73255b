import { ask } from '../../run/adapters/door/client.ts';
import type { RangeFindings } from '../../run/range-findings.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { findingsTable } from '../findings-table.ts';
import { portOf, portOption } from '../port.ts';

export const findings: Command = {
  options: [
    portOption,
    {
      flags: '--json',
      words: {
        en: 'findings in GuardDuty JSON, a line each, then a summary',
        ja: 'GuardDuty 形式の検出結果を 1 行ずつ、最後に要約を JSON で出力',
      },
    },
    { flags: '--archived', words: { en: 'the archived ones too', ja: 'アーカイブ済みも表示' } },
  ],
  examples: ['yagura findings', 'yagura findings --json --archived'],
  async run(invocation) {
    const { terminal } = invocation;
    const told = (await ask(portOf(invocation), terminal.env, 'findings')) as RangeFindings;
    const shown = told.findings.filter(({ finding }) => invocation.flag('archived') || !finding.archived);
    const archived = told.findings.length - told.findings.filter(({ finding }) => !finding.archived).length;
    if (invocation.flag('json')) {
      for (const { json } of shown) terminal.out(`${JSON.stringify(json)}\n`);
      const summary = { findings: shown.length, archived, detectors: told.detectors };
      terminal.out(`${JSON.stringify({ summary })}\n`);
      return exit.expected;
    }
    if (shown.length > 0) {
      const table = findingsTable(
        shown.map(({ finding }) => finding),
        terminal.locale,
      );
      terminal.out(`${table}\n`);
    } else if (told.detectors.length === 0) {
      const off = {
        en: 'GuardDuty is off in this range: aws guardduty create-detector --enable',
        ja: 'このレンジの GuardDuty は無効です: aws guardduty create-detector --enable',
      };
      terminal.out(`${terminal.say(off)}\n`);
    } else {
      terminal.out(terminal.say({ en: 'There are no findings.\n', ja: '検出結果はありません。\n' }));
    }
    if (archived > 0 && !invocation.flag('archived')) {
      terminal.out(
        terminal.say({ en: `${archived} archived: --archived\n`, ja: `アーカイブ済み ${archived} 件: --archived\n` }),
      );
    }
    return exit.expected;
  },
};
