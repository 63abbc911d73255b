import { loadDrill } from '../../run/drill/load.ts';
import { type DrillRange, openDrillRange } from '../../run/drill/run-drill.ts';
import { call } from '../../run/drill/sdk.ts';
import { checkPort, type Serving, serve } from '../../run/serve.ts';
import type { Command } from '../command.ts';
import { liveTimeline } from '../drill-terminal.ts';
import { summaryText } from '../drill-view.ts';
import { exit } from '../exit.ts';
import { interrupted, onInterrupt } from '../interrupt.ts';
import { defaultPort, portOf, portOption } from '../port.ts';
import type { Terminal } from '../terminal.ts';
import { watchWorld } from '../watch-world.ts';

/** `npm start`: the story as a live timeline, then the range as it left it, open to whoever wants to look. */
export const demo: Command = {
  options: [
    portOption,
    { flags: '--exit', words: { en: 'end after the table', ja: '表の表示後に終了' } },
    {
      flags: '--seed <number>',
      words: { en: 'decides ids and luck (default 1)', ja: 'ID と乱数を決めるシード (既定 1)' },
    },
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const port = portOf(invocation);
    const stays = !invocation.flag('exit');
    if (stays) await checkPort(port);
    const loaded = loadDrill('workshop', terminal.cwd);
    // It ends in the present, so that the range can go on in real time: the drill's length is an upper bound.
    const from = Math.floor((Date.now() - loaded.drill.length) / 1000) * 1000;
    const live = liveTimeline(terminal, from, terminal.out);
    const world = watchWorld(terminal);
    const seed = invocation.whole('seed', { min: 0, max: Number.MAX_SAFE_INTEGER, fallback: 1 });
    let told = false;
    const drill = await openDrillRange(loaded, {
      seed,
      from,
      env: terminal.env,
      // What goes on while the range catches up with the present is for whoever looks, not for the timeline.
      tell: (line) => {
        if (!told) live.tell(line);
      },
      doing: live.doing,
      failed: world.crashed,
    });
    const uninterrupted = onInterrupt(() => drill.end());
    try {
      // The port is not open yet, but mails that are sent now are read when it is.
      if (stays) drill.range.reachedAt(`http://127.0.0.1:${port}`);
      terminal.out(terminal.say(greeting));
      const result = await drill.play().finally(world.check);
      live.stop();
      told = true;
      terminal.out(`\n${summaryText(result, drill.judged(), terminal.locale)}`);
      if (stays) await stayOpen(drill, { port, region: loaded.drill.region, terminal, world, uninterrupted });
      return result.held ? exit.expected : exit.judged;
    } finally {
      live.stop();
      await drill.end();
      uninterrupted();
    }
  },
};

const greeting = {
  en: 'A new AWS account on this machine: it is attacked, it answers, and it is looked at again.\n\n',
  ja: 'このマシンに新しい AWS アカウントを作り、攻撃を受け、対応し、対応が効いたことを確かめます。\n\n',
};

interface Open {
  readonly port: number;
  readonly region: string;
  readonly terminal: Terminal;
  readonly world: ReturnType<typeof watchWorld>;
  /** Ctrl-C no longer ends the drill. */
  uninterrupted(): void;
}

/** For whoever wants to look, until Ctrl-C. */
async function stayOpen(drill: DrillRange, { port, region, terminal, world, uninterrupted }: Open): Promise<void> {
  await catchUp(drill);
  const failed = (error: unknown) => world.crashed(error, 'http');
  const serving = await serve(drill.range, { port, region, env: terminal.env, failed });
  try {
    drill.range.clock.pace(1);
    const invited = await invitation(terminal, drill, serving, region);
    // Who reads the text may press Ctrl-C at once, and a signal that finds no listener for a moment is lost.
    const over = interrupted();
    uninterrupted();
    terminal.out(invited);
    await Promise.race([over, world.failed]);
    world.check();
  } finally {
    await serving.close();
  }
}

/** Whoever comes from outside lives in wall time, so the range must have got there. */
async function catchUp({ range }: DrillRange): Promise<void> {
  while (range.clock.now() < Date.now() - 100) await range.clock.advance(Date.now());
}

async function invitation(
  terminal: Terminal,
  { range }: DrillRange,
  { endpoint, port }: Serving,
  region: string,
): Promise<string> {
  const settings = { endpoint, region, credentials: range.administrator, systemClockOffset: 0 };
  const { DetectorIds: ids } = await call('guardduty.ListDetectors', {}, settings);
  const [detector] = ids as readonly string[];
  const atPort = port === defaultPort ? '' : ` --port ${port}`;
  const words = {
    en: `\nThe range stays on ${endpoint} until Ctrl-C; the next start begins anew. In another terminal:\n`,
    ja: `\nレンジは Ctrl-C まで ${endpoint} で動き続けます (次回の起動は新しい状態から)。別のターミナルで:\n`,
  };
  return [
    terminal.say(words),
    `  eval "$(npx yagura credentials${atPort})"`,
    `  aws --endpoint-url ${endpoint} guardduty list-findings --detector-id ${detector}`,
    '',
    '',
  ].join('\n');
}
