import { UserError } from '../../run/errors.ts';
import { lastingHome } from '../../run/home.ts';
import { openRange } from '../../run/local.ts';
import { serve } from '../../run/serve.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { interrupted } from '../interrupt.ts';
import { portOf, portOption } from '../port.ts';
import { watchWorld } from '../watch-world.ts';

const defaultRegion = 'us-west-2';

export const start: Command = {
  options: [
    portOption,
    { flags: '--data <folder>', words: { en: 'where its state lives', ja: '状態を保存するフォルダー' } },
    { flags: '--memory', words: { en: 'keep nothing', ja: '状態を保存しない' } },
    {
      flags: '--sync',
      words: { en: 'answers survive power loss, too', ja: '電源断にも耐える (応答はディスク同期を待つ)' },
    },
    {
      flags: '--seed <text>',
      words: { en: 'decides ids and luck (default random)', ja: 'ID と乱数を決めるシード (既定はランダム)' },
    },
    {
      flags: '--account <id>',
      words: { en: 'account id (default from the seed)', ja: 'アカウント ID (既定はシードから)' },
    },
    { flags: '--vintage <vintage>', words: { en: 'now (default) or 2019', ja: 'now (既定) または 2019' } },
    {
      flags: '--speed <number>',
      words: { en: 'virtual seconds a second (default 1)', ja: '実時間 1 秒あたりの仮想秒数 (既定 1)' },
    },
  ],
  examples: ['yagura start --memory --seed 1', 'eval "$(npx yagura credentials)"'],
  async run(invocation) {
    const { terminal } = invocation;
    const seed = invocation.text('seed') ?? String(Math.floor(Math.random() * 1e9));
    if (invocation.flag('memory') && invocation.text('data') !== undefined) throw memoryAndData();
    const account = invocation.account('account');
    const vintage = invocation.choice('vintage', ['now', '2019']) ?? 'now';
    const speed = invocation.whole('speed', { min: 1, max: 3600, fallback: 1 });
    const port = portOf(invocation);
    const home = invocation.flag('memory') ? undefined : lastingHome(invocation.text('data'), terminal.env);
    const world = watchWorld(terminal);
    const range = await openRange({
      ...(home === undefined ? {} : { folder: home.folder }),
      sync: invocation.flag('sync'),
      seed,
      from: Date.now(),
      ...(account === undefined ? {} : { account }),
      vintage,
      crashed: world.crashed,
    });
    const serving = await serve(range, {
      port,
      region: defaultRegion,
      env: terminal.env,
      failed: (error) => world.crashed(error, 'http'),
    });
    range.clock.pace(speed);
    const over = interrupted();
    terminal.out(
      terminal.say({
        en: `range of account ${range.account} on ${serving.endpoint} (seed ${range.seed}); Ctrl-C ends it\n`,
        ja: `アカウント ${range.account} のレンジを ${serving.endpoint} で起動しました (シード ${range.seed})。Ctrl-C で終了します\n`,
      }),
    );
    await Promise.race([over, world.failed]);
    await serving.close();
    await range.close();
    home?.lock.release();
    world.check();
    return exit.expected;
  },
};

function memoryAndData(): UserError {
  return new UserError({
    code: 'OPTIONS_CONTRADICT',
    message: {
      en: '--memory keeps nothing, and --data says where to keep it',
      ja: '--memory (保存しない) と --data (保存先) は同時に指定できません',
    },
    expected: { en: 'one of the two', ja: 'どちらか一方' },
    hint: 'yagura start --data <folder>',
  });
}
