import { loadDrill } from '../../run/drill/load.ts';
import { openDrillRange } from '../../run/drill/run-drill.ts';
import { UserError } from '../../run/errors.ts';
import type { Command } from '../command.ts';
import { liveTimeline } from '../drill-terminal.ts';
import { summaryText } from '../drill-view.ts';
import { exit } from '../exit.ts';
import { onInterrupt } from '../interrupt.ts';
import { watchWorld } from '../watch-world.ts';

/** Drills begin here, so that the same seed gives the same bytes. */
const defaultFrom = '2026-01-05T00:00:00Z';

export const drillRun: Command = {
  arguments: [
    {
      name: '<drill>',
      words: { en: 'the name of one of our drills, or a file', ja: '付属ドリルの名前、またはファイル' },
    },
  ],
  options: [
    {
      flags: '--seed <number>',
      words: { en: 'decides ids and luck (default 1)', ja: 'ID と乱数を決めるシード (既定 1)' },
    },
    {
      flags: '--account <id>',
      words: { en: 'account id (default from the seed)', ja: 'アカウント ID (既定はシードから)' },
    },
    {
      flags: '--from <time>',
      words: { en: `where its clock begins (default ${defaultFrom})`, ja: `時計の開始時刻 (既定 ${defaultFrom})` },
    },
    { flags: '--json', words: { en: 'the result as one JSON object', ja: '結果を JSON で出力' } },
    { flags: '--keep', words: { en: 'keep its folder', ja: 'フォルダーを残す' } },
  ],
  examples: ['yagura drill run stolen-keys', 'yagura drill run ./drills/mine.yaml --seed 7 --json'],
  async run(invocation) {
    const { terminal } = invocation;
    const json = invocation.flag('json');
    const loaded = loadDrill(invocation.arguments[0] ?? '', terminal.cwd);
    const from = timeOf(invocation.text('from') ?? defaultFrom);
    const account = invocation.account('account');
    const live = liveTimeline(terminal, from, json ? () => {} : terminal.out);
    const world = watchWorld(terminal);
    const drill = await openDrillRange(loaded, {
      seed: invocation.whole('seed', { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 1 }),
      ...(account === undefined ? {} : { account }),
      from,
      env: terminal.env,
      tell: live.tell,
      doing: live.doing,
      failed: world.crashed,
    });
    const uninterrupted = onInterrupt(() => drill.end());
    try {
      const result = await drill.play().finally(world.check);
      live.stop();
      terminal.out(json ? `${JSON.stringify(result)}\n` : `\n${summaryText(result, drill.judged(), terminal.locale)}`);
      return result.held ? exit.expected : exit.judged;
    } finally {
      live.stop();
      if (invocation.flag('keep')) {
        const folder = await drill.keep();
        terminal.err(terminal.say({ en: `kept: ${folder}\n`, ja: `保存先: ${folder}\n` }));
      } else await drill.end();
      uninterrupted();
    }
  },
};

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/.test(text) && !Number.isNaN(time)) return time;
  throw new UserError({
    code: 'OPTION_NOT_A_TIME',
    message: { en: `--from "${text}" is no time`, ja: `--from "${text}" は時刻として正しくありません` },
    expected: { en: 'a time in UTC, ISO 8601', ja: 'UTC の ISO 8601 形式の時刻' },
    hint: `--from ${defaultFrom}`,
  });
}
