import { type Judged, judgeFinding, judgeMail, judgePacket } from '../../drill/judge.ts';
import { watchMs } from '../../drill/limits.ts';
import type { Expectation } from '../../drill/schema.ts';
import type { JsonObject } from '../../model/json.ts';
import { mails } from '../../range/mailbox.ts';
import { type Actor, NoKeys } from './cast.ts';
import { stepFailed } from './faults.ts';
import { plain, type Scene } from './scene.ts';
import { refusalOf } from './sdk.ts';

type Kind<K extends Expectation['kind']> = Extract<Expectation, { kind: K }>;

const lookMs = 10_000;

/** Looks on until all that is awaited has come or is late, and long enough for what nobody expects. */
export async function watch(scene: Scene, began: number, woken: () => AbortSignal): Promise<void> {
  const { drill, range, task } = scene;
  const struck = range.clock.now();
  const end = began + drill.length;
  const atLeast = Math.min(end, struck + (drill.watch ?? watchMs));
  scene.doing({ en: 'waiting for what is expected', ja: '期待する結果を待機中' });
  for (;;) {
    const now = range.clock.now();
    const awaited = drill.expect.some(
      (expected) => now < dueOf(expected, struck) && !judge(expected, scene).every(({ held }) => held),
    );
    if (now >= end || (now >= atLeast && !awaited)) return;
    await task.sleep(Math.min(lookMs, end - now), woken());
  }
}

/** What the world says, looked at once, after all the waiting. */
export async function judgeAll(scene: Scene): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const expected of scene.drill.expect) {
    judged.push(...(expected.kind === 'call' ? [await judgeCall(expected, scene)] : judge(expected, scene)));
  }
  return judged;
}

/** Calls are made once, at the end: they are no part of what is awaited. */
function judge(expected: Expectation, scene: Scene): readonly Judged[] {
  switch (expected.kind) {
    case 'finding':
      return judgeFinding(expected, scene.journal);
    case 'mail':
      return [
        judgeMail(
          expected,
          scene.cast.fill(expected.mail.to),
          Array.from(mails(scene.range.store), ([, mail]) => mail),
        ),
      ];
    case 'packet':
      return [
        judgePacket(
          expected,
          [scene.cast.fill(expected.packet.from), scene.cast.fill(expected.packet.to)],
          scene.flows,
        ),
      ];
    case 'call':
      return [];
  }
}

/** By when it must have come, counted from the attack's end: a limit for the waiting, not for the judgement. */
function dueOf(expected: Expectation, struck: number): number {
  if (expected.kind === 'mail' || expected.kind === 'packet') return struck + expected.within;
  if (expected.kind !== 'finding') return struck;
  const run = typeof expected.run === 'object' ? expected.run.within : 0;
  const after = Math.max(run + (expected.then?.within ?? 0), expected.again?.within ?? 0);
  return struck + expected.within + after;
}

async function judgeCall(expected: Kind<'call'>, scene: Scene): Promise<Judged> {
  const { as, operation, with: input, error } = expected.call;
  const who = nameOf(as, scene);
  const call = operation.replace('.', ':');
  const name = {
    en: `${who} calls ${call}: ${error ?? 'done'}`,
    ja: `${who} による ${call} の実行: ${error ?? '成功'}`,
  };
  scene.doing(name);
  let saw: Outcome;
  try {
    saw = await outcomeOf(operation, scene.cast.fill(input as JsonObject), await actorOf(as, scene), scene);
  } catch (failure) {
    if (failure instanceof NoKeys) return { name, held: false, saw: failure.why };
    throw stepFailed(expected, failure);
  }
  const held = saw.code === (error ?? '');
  const said = saw.code === '' ? { en: 'done', ja: '成功' } : { en: `refused (${saw.code})`, ja: `拒否 (${saw.code})` };
  scene.tell('expect', { en: `${who} calls ${call}: ${said.en}`, ja: `${who} が ${call} を実行: ${said.ja}` });
  return { name, held, saw: saw.code === '' ? said : plain(`${saw.code}: ${saw.message}`) };
}

type Caller = Kind<'call'>['call']['as'];

function nameOf(as: Caller, { cast }: Scene): string {
  if (typeof as === 'string') return as;
  return 'instance' in as ? cast.fill(as.instance) : as.name;
}

async function actorOf(as: Caller, { cast }: Scene): Promise<Actor> {
  if (typeof as === 'string') return cast.actor(as);
  return 'instance' in as
    ? cast.instance(cast.fill(as.instance))
    : cast.session(cast.fill(as.role), cast.fill(as.name));
}

/** '' where the call was done. */
interface Outcome {
  readonly code: string;
  readonly message: string;
}

async function outcomeOf(operation: string, input: JsonObject, actor: Actor, { cast }: Scene): Promise<Outcome> {
  try {
    await cast.call(operation, input, actor);
    return { code: '', message: '' };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    return refusal;
  }
}
