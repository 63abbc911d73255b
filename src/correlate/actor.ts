import type { Evidence } from '../model/activity.ts';
import type { AccessKeyDetails, Finding, FindingRef } from '../model/finding.ts';
import { type Weighed, weightOf } from '../model/weight.ts';
import { refOf } from './correlator.ts';
import { limits, story } from './limits.ts';
import { type Tactic, tacticOf, tactics } from './tactics.ts';

/** A finding as a stage of something. */
export interface Stage extends Weighed {
  readonly ref: FindingRef;
  readonly type: string;
  readonly tactic: Tactic | undefined;
  readonly severity: number;
  /** It tells that the credentials are in other hands, not only what was done with them. */
  readonly isIndicator: boolean;
  readonly accessKey: AccessKeyDetails | undefined;
  readonly first: number;
  readonly last: number;
  /** How it began. */
  readonly begun: readonly Evidence[];
}

/** Where a story is told: fixed by its first credentials, so that it stays one finding however it grows. */
export interface Anchor {
  readonly account: string;
  readonly region: string;
  readonly accessKey: AccessKeyDetails;
}

/** Somebody of whom sightings speak, by whatever ties them together. */
export interface Actor {
  readonly links: Set<string>;
  /** By finding id. */
  readonly stages: Map<string, Stage>;
  /** Types of its stages, in order; undefined where these have changed. */
  types: readonly string[] | undefined;
  /** When each tactic was last seen. */
  readonly lastOf: Map<Tactic, number>;
  /** Findings that do not yet know of the story. */
  readonly unnamed: Map<string, FindingRef>;
  /** What its links and stages hold, in bytes. */
  weighs: number;
  first: number;
  last: number;
  anchor: Anchor | undefined;
  story: FindingRef | undefined;
  /** What it did to data in buckets, where that is a story of its own. */
  dataStory: FindingRef | undefined;
}

export function newActor(time: number): Actor {
  return {
    links: new Set(),
    stages: new Map(),
    types: undefined,
    lastOf: new Map(),
    unnamed: new Map(),
    weighs: limits.bytesPerActor,
    first: time,
    last: time,
    anchor: undefined,
    story: undefined,
    dataStory: undefined,
  };
}

export function stageOf(finding: Finding): Stage {
  const { type, technique, severity, resource, firstSeen, lastSeen } = finding;
  const begun = finding.evidence.slice(0, 1);
  return {
    weighs: 160 + weightOf(refOf(finding)) + weightOf(resource.accessKey) + weightOf(begun),
    ref: refOf(finding),
    type,
    tactic: tacticOf(type, technique),
    severity,
    isIndicator: isIndicator(finding),
    accessKey: resource.accessKey,
    first: firstSeen,
    last: lastSeen,
    begun,
  };
}

export function addStage(actor: Actor, stage: Stage): void {
  const { id } = stage.ref;
  if (!actor.stages.has(id)) actor.unnamed.set(id, stage.ref);
  // Those that are too many are named in the story, and no longer listed by it.
  const before = actor.stages.get(id);
  if (before !== undefined || actor.stages.size < limits.findingsPerActor) {
    actor.stages.set(id, stage);
    if (before === undefined) actor.types = undefined;
    if (stage.tactic !== undefined)
      actor.lastOf.set(stage.tactic, Math.max(actor.lastOf.get(stage.tactic) ?? Number.NEGATIVE_INFINITY, stage.last));
    actor.weighs += stage.weighs - (before?.weighs ?? 0);
  }
  actor.first = Math.min(actor.first, stage.first);
  actor.last = Math.max(actor.last, stage.last);
}

/** What was last seen before is none of the story that begins now, though somebody was at work all the time between. */
export function forgetStages(actor: Actor, before: number): void {
  for (const [id, { last, weighs }] of actor.stages) {
    if (last > before) continue;
    actor.stages.delete(id);
    actor.types = undefined;
    actor.unnamed.delete(id);
    actor.weighs -= weighs;
  }
}

/** What it holds, in bytes. */
export function weightOfActor({ weighs, unnamed }: Actor): number {
  return weighs + unnamed.size * limits.bytesPerFinding;
}

/** What two actors did turns out to be the work of one. */
export function absorb(actor: Actor, other: Actor): void {
  for (const stage of other.stages.values()) addStage(actor, stage);
  for (const [id, ref] of other.unnamed) actor.unnamed.set(id, ref);
  if (other.story !== undefined && actor.story !== undefined) {
    actor.unnamed.set(other.story.id, other.story);
    for (const { ref } of other.stages.values()) actor.unnamed.set(ref.id, ref);
  }
  actor.story ??= other.story;
  actor.dataStory ??= other.dataStory;
  actor.anchor ??= other.anchor;
}

/** Tactics of what was seen lately, in the order of an intrusion. */
export function tacticsOf({ lastOf }: Actor, now: number): readonly Tactic[] {
  return tactics.filter((tactic) => (lastOf.get(tactic) ?? Number.NEGATIVE_INFINITY) > now - limits.windowMs);
}

/** What its stages are called, each once. */
export function typesOf(actor: Actor): readonly string[] {
  actor.types ??= [...new Set([...actor.stages.values()].map(({ type }) => type))].sort();
  return actor.types;
}

/**
 * What administrators do on an ordinary day touches several tactics. It is a story when the credentials are known to be
 * in other hands, or when grave things of many tactics come together.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-attack-sequence-finding-types.html#attack-sequence-iam-compromised-credentials
 */
export function isStory(actor: Actor, now: number): boolean {
  if (actor.anchor !== undefined) return true;
  if (credentialsOf(actor) === undefined) return false;
  const count = tacticsOf(actor, now).length;
  const stages = recent(actor, now);
  // A policy finding tells of what a resource is open to, not of how its caller behaves: it adds to a story, and is none.
  const grave = stages.filter(({ type, severity }) => severity >= story.severity && !type.startsWith('Policy:'));
  if (isOneAct(stages)) return false;
  if (stages.some((stage) => stage.isIndicator)) return count >= story.tactics && grave.length > 0;
  return count >= story.tacticsAlone && new Set(grave.map(({ tactic }) => tactic)).size >= story.tactics;
}

/** What several detectors say of one call, each from its side, is one stage and no sequence. */
function isOneAct(stages: readonly Stage[]): boolean {
  const [first] = stages;
  return stages.every((stage) => stage.first === stage.last && stage.begun[0]?.id === first?.begun[0]?.id);
}

/** A baseline that is missing is none. */
function isIndicator({ type, additional }: Finding): boolean {
  return additional?.['threatListName'] !== undefined || (indicators.test(type) && additional?.['noBaseline'] !== true);
}

/** GuardDuty's findings about where calls come from and whether they are usual, whoever made them, and ours like them. */
const indicators =
  /IPCaller|AnomalousBehavior|CredentialExfiltration|InstanceCredentials|Elsewhere$|UnknownPipeline|FromTwoNetworks|ConsoleLoginSuccess|BruteForce|^PenTest:|^Backdoor:|^Trojan:/;

/** The first credentials that were used; ties go by the text, so that the order of one second decides nothing. */
export function credentialsOf(actor: Actor): Anchor | undefined {
  const [first] = [...actor.stages.values()]
    .filter((stage) => stage.accessKey !== undefined && nameOf(stage) !== '')
    .sort((a, b) => a.first - b.first || (nameOf(a) < nameOf(b) ? -1 : 1));
  return first?.accessKey === undefined
    ? undefined
    : { account: first.ref.account, region: first.ref.region, accessKey: first.accessKey };
}

function nameOf({ accessKey, ref }: Stage): string {
  const principal = accessKey?.principalId || accessKey?.userName || '';
  return principal === '' ? '' : [principal, accessKey?.accessKeyId, ref.region].join(' ');
}

export function recent(actor: Actor, now: number): readonly Stage[] {
  return [...actor.stages.values()].filter(({ last }) => last > now - limits.windowMs);
}
