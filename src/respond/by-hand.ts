import type { JsonObject } from '../model/json.ts';
import { evidenceOf, type PlannedStep, type Run, type Verdict } from '../model/run.ts';
import type { Words } from '../model/words.ts';
import { verifyByHandAfterMs } from './limits.ts';
import type { Plan, Playbook, Undone } from './playbook.ts';
import type { World } from './playbooks/world.ts';
import type { Subject } from './subject.ts';
import { endOf, identityOf, otherType, planFor, type RunDetail } from './wrapper.ts';

/** One playbook in somebody's hands: the answer is awaited, and the bus is told as by a function. */
export interface Hand {
  readonly playbook: Playbook;
  readonly subject: Subject;
  readonly world: World;
  /** ARN of who asks. */
  readonly caller: string;
  /** Puts a `Yagura Run` of this detail on the default bus. A run does not depend on it. */
  tell(detail: RunDetail): Promise<void>;
}

export interface HandRun extends Run {
  readonly steps?: readonly PlannedStep[];
  /** Of an end without a verdict. */
  readonly why?: Words;
}

/** Only reads. */
export async function planByHand(hand: Hand): Promise<HandRun> {
  return planned(hand, await planFor(hand.playbook, hand.subject, hand.world));
}

/** Plans again, for the world may have changed since somebody read the plan; runs; looks until the last word. */
export async function runByHand(hand: Hand): Promise<HandRun> {
  const { playbook, subject, world } = hand;
  const { finding } = subject;
  const plan = await planFor(playbook, subject, world);
  const { why: _why, ...before } = planned(hand, plan);
  await hand.tell({ ...before, finding });
  if (plan.kind !== 'steps') return planned(hand, plan);
  const { target, evidence } = await playbook.run(plan.target, subject, world);
  const run = { ...identityOf(playbook, subject, hand.caller), attempt: 0, finding, target };
  await hand.tell({ ...run, phase: 'ran', ...evidenceOf(evidence), ranAt: new Date(world.now()).toISOString() });
  const { verdict, attempt } = await looked(hand);
  const seen = { phase: 'verified', attempt, end: endOf(verdict), verdict: verdict.verdict } as const;
  await hand.tell({ ...run, ...seen, ...evidenceOf(verdict.evidence) });
  return {
    ...identityOf(playbook, subject, hand.caller),
    ...seen,
    ...evidenceOf([...evidence, ...verdict.evidence]),
    steps: plan.steps,
  };
}

/** What was taken back, and what is seen now: something else may still answer the finding. */
export async function undoByHand({ playbook, subject, world }: Hand): Promise<{ undone: Undone; seen?: Verdict }> {
  if (!playbook.handles.includes(subject.type)) {
    return { undone: { kind: 'unsupported', why: otherType(playbook, subject.type) } };
  }
  const undone = await playbook.undo(subject, world);
  return undone.kind === 'undone' ? { undone, seen: await playbook.verify(subject, world) } : { undone };
}

function planned({ playbook, subject, caller }: Hand, plan: Plan<JsonObject>): HandRun {
  const run = { ...identityOf(playbook, subject, caller), phase: 'planned', attempt: 0 } as const;
  if (plan.kind !== 'steps') return { ...run, end: plan.kind, why: plan.why, ...evidenceOf([plan.why]) };
  return { ...run, steps: plan.steps, ...evidenceOf(plan.steps.map(({ why }) => why)) };
}

async function looked({ playbook, subject, world }: Hand): Promise<{ verdict: Verdict; attempt: number }> {
  let waited = 0;
  for (let attempt = 0; ; attempt++) {
    const verdict = await playbook.verify(subject, world);
    const next = verifyByHandAfterMs[attempt + 1];
    if (verdict.verdict === 'resolved' || next === undefined) return { verdict, attempt };
    await world.sleep(next - waited);
    waited = next;
  }
}
