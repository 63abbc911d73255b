import type { Verdict } from '../model/run.ts';
import { type Hand, type HandRun, planByHand, runByHand, undoByHand } from '../respond/by-hand.ts';
import type { Playbook, Undone } from '../respond/playbook.ts';
import { UserError } from '../run/errors.ts';
import { asked } from '../run/respond/world.ts';
import { type Exit, exit } from './exit.ts';

export type Act = 'plan' | 'run' | 'undo';

/** What one playbook would do, did, or took back. */
export interface Outcome {
  readonly playbook: Playbook;
  readonly run?: HandRun;
  readonly undone?: Undone;
  readonly seen?: Verdict;
}

type Line = (slug: string, flag: string) => string;

/** What each of the three does with the playbooks that fit. `line` is the command to copy for one of them. */
export const acts: Readonly<Record<Act, (hands: readonly Hand[], line: Line) => Promise<readonly Outcome[]>>> = {
  async plan(hands) {
    const outcomes: Outcome[] = [];
    for (const hand of hands) outcomes.push({ playbook: hand.playbook, run: await asked(planByHand(hand)) });
    return outcomes;
  },
  async run(hands, line) {
    const plans = await acts.plan(hands, line);
    const possible = hands.filter((_, index) => plans[index]?.run?.end !== 'unsupported');
    const [chosen] = hands.filter((_, index) => plans[index]?.run?.end === undefined);
    if (chosen === undefined) {
      // Alone, it says so on the bus, as its function would.
      const [only, ...others] = hands;
      if (only === undefined || others.length > 0) return plans;
      return [{ playbook: only.playbook, run: await asked(runByHand(only)) }];
    }
    if (possible.length > 1) throw severalFit(possible, line);
    // Part of it may be done when it fails.
    const hint = line(chosen.playbook.slug, '--undo');
    return [{ playbook: chosen.playbook, run: await asked(runByHand(chosen), hint) }];
  },
  async undo(hands) {
    const outcomes: Outcome[] = [];
    for (const hand of hands) outcomes.push({ playbook: hand.playbook, ...(await asked(undoByHand(hand))) });
    return outcomes;
  },
};

export function exitOf(act: Act, outcomes: readonly Outcome[]): Exit {
  if (act === 'plan') return exit.expected;
  if (act === 'undo')
    return outcomes.some(({ undone }) => undone?.kind === 'unsupported') ? exit.judged : exit.expected;
  const isAnswered = outcomes.some(({ run }) => run?.end === 'verified' || run?.end === 'nothing to do');
  return isAnswered ? exit.expected : exit.judged;
}

function severalFit(possible: readonly Hand[], line: Line): UserError {
  const slugs = possible.map(({ playbook }) => playbook.slug);
  return new UserError({
    code: 'RESPOND_SEVERAL_FIT',
    message: {
      en: `${slugs.length} playbooks fit: ${slugs.join(', ')}`,
      ja: `${slugs.length} 個のプレイブックが当てはまります: ${slugs.join(', ')}`,
    },
    expected: { en: 'one of them in --playbook', ja: 'そのうちの 1 つを --playbook で指定' },
    hint: slugs.map((slug) => line(slug, '--run')).join('\n       '),
  });
}
