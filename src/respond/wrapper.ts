import { derivedId } from '../aws/id.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { evidenceOf, type PlannedStep, type Run, type Verdict } from '../model/run.ts';
import type { Words } from '../model/words.ts';
import { verifyAfterMs, waitMsMax } from './limits.ts';
import type { Permission, Plan, Playbook } from './playbook.ts';
import type { World } from './playbooks/world.ts';
import { type Subject, subjectOf } from './subject.ts';

/** What one function is: which playbook, how far it may go, and its own name. */
export interface Post {
  readonly playbook: Playbook;
  readonly functionArn: string;
  /** `YAGURA_MODE`: `plan` shows what would be done and stops. */
  readonly mode: 'plan' | 'run';
  readonly world: World;
  /** Puts a `Yagura Run` of this detail on the default bus. */
  tell(detail: RunDetail): Promise<void>;
}

/** Detail of a `Yagura Run`: the run as it stands, and what the same function needs to go on with it. */
export interface RunDetail extends Run {
  readonly finding: JsonObject;
  readonly steps?: readonly PlannedStep[];
  readonly target?: JsonObject;
  /** Phase `ran`: when this attempt to verify is due, ISO 8601. */
  readonly ranAt?: string;
}

export const runSource = 'yagura';
export const runDetailType = 'Yagura Run';

/** In every declared set: runs travel by the bus. */
const wrapperPermissions: readonly Permission[] = [
  { actions: ['events:PutEvents'], resources: ['arn:${Partition}:events:${Region}:${Account}:event-bus/default'] },
];

/**
 * Serves every playbook. A finding's notice is planned and run; the `ran` event of its own run comes back by a rule
 * and is verified. The same notice twice is the same run; an update of the finding is a new one.
 */
export async function answer(post: Post, notice: unknown): Promise<RunDetail | undefined> {
  const { detailType, detail } = openNotice(notice);
  if (detailType !== runDetailType) return respond(post, subjectOf(detail));
  // The wrapper wrote this detail itself; a stranger's lacks the finding and is refused by `subjectOf`.
  const run = detail as unknown as RunDetail;
  const subject = subjectOf(run.finding);
  if (run.phase === 'ran' && run.playbook === post.playbook.slug) return verify(post, run, subject);
  // The end of another playbook's run is an occasion for this one.
  if (run.phase === 'verified' && run.playbook !== post.playbook.slug) return respond(post, subject);
  return undefined;
}

function openNotice(notice: unknown): { detailType: string; detail: Readonly<Record<string, unknown>> } {
  const envelope = (typeof notice === 'object' && notice !== null ? notice : {}) as Readonly<Record<string, unknown>>;
  const { 'detail-type': detailType, detail } = envelope;
  if (typeof detailType !== 'string' || typeof detail !== 'object' || detail === null) {
    throw new Error(
      'The input is no event as EventBridge delivers it: expected "detail-type" and "detail". Give the rule no input transformer.',
    );
  }
  return { detailType, detail: detail as Readonly<Record<string, unknown>> };
}

async function respond(post: Post, subject: Subject): Promise<RunDetail> {
  const { playbook, world } = post;
  const plan = await planFor(playbook, subject, world);
  const identity = identityOf(playbook, subject, post.functionArn);
  const run = { ...identity, phase: 'planned', attempt: 0, finding: subject.finding } as const;
  if (plan.kind !== 'steps') return told(post, { ...run, end: plan.kind, ...evidenceOf([plan.why]) });
  const planned = { ...run, steps: plan.steps, ...evidenceOf(plan.steps.map(({ why }) => why)) };
  await post.tell(planned);
  if (post.mode === 'plan') return planned;
  const { target, evidence } = await playbook.run(plan.target, subject, world);
  const ranAt = new Date(world.now()).toISOString();
  return told(post, { ...run, phase: 'ran', target, ...evidenceOf(evidence), ranAt });
}

async function verify(post: Post, run: RunDetail, subject: Subject): Promise<RunDetail> {
  const { world } = post;
  const dueAt = Date.parse(run.ranAt ?? '') + (verifyAfterMs[run.attempt] ?? 0);
  const wait = Math.max(0, dueAt - world.now() || 0);
  if (wait > 0) await world.sleep(Math.min(wait, waitMsMax));
  if (wait > waitMsMax) return told(post, run);
  const { verdict, evidence } = await post.playbook.verify(subject, world);
  const again = verdict === 'remains' && run.attempt + 1 < verifyAfterMs.length;
  const end = endOf({ verdict });
  const { steps: _steps, ranAt: _ranAt, ...rest } = run;
  const looked = { ...rest, phase: 'verified', verdict, ...evidenceOf(evidence) } as const;
  const seen = await told(post, { ...looked, ...(again ? {} : { end }) });
  if (again) await post.tell({ ...run, attempt: run.attempt + 1 });
  return seen;
}

/** A finding of another type is not put before the playbook at all. */
export async function planFor(playbook: Playbook, subject: Subject, world: World): Promise<Plan<JsonObject>> {
  return playbook.handles.includes(subject.type)
    ? playbook.plan(subject, world)
    : { kind: 'unsupported', why: otherType(playbook, subject.type) };
}

/** `by` is the function's ARN, or that of who runs the playbook by hand. */
export function identityOf({ slug }: Playbook, { findingId, updatedAt }: Subject, by: string) {
  return { runId: derivedId([findingId, updatedAt, slug, by]), findingId, playbook: slug };
}

export function endOf({ verdict }: Pick<Verdict, 'verdict'>): 'verified' | 'not verified' {
  return verdict === 'resolved' ? 'verified' : 'not verified';
}

export function otherType({ slug, handles }: Playbook, type: string): Words {
  return {
    en: `${slug} does not answer ${type}; it answers ${handles.join(', ')}`,
    ja: `${slug} は ${type} に対応しません。対応する種類: ${handles.join(', ')}`,
  };
}

async function told<Detail extends RunDetail>(post: Post, detail: Detail): Promise<Detail> {
  await post.tell(detail);
  return detail;
}

/** The role's policy, built from the declaration: nothing else is allowed. */
export function rolePolicy(
  playbook: Playbook,
  place: { readonly partition: string; readonly account: string; readonly region: string },
): JsonObject {
  const fill = (resource: string) =>
    resource
      .replaceAll('${Partition}', place.partition)
      .replaceAll('${Account}', place.account)
      .replaceAll('${Region}', place.region);
  const statements: Json[] = [...playbook.permissions, ...wrapperPermissions].map(({ actions, resources }) => ({
    Effect: 'Allow',
    Action: [...actions],
    Resource: resources.map(fill),
  }));
  return { Version: '2012-10-17', Statement: statements };
}
