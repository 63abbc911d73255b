import { type Correlator, noStories, refOf, type Story } from '../correlate/correlator.ts';
import { foreignSighting } from '../correlate/foreign.ts';
import type { Detector } from '../detect/detector.ts';
import { Engine, type Idle } from '../detect/engine.ts';
import { OwnAddresses } from '../detect/own-addresses.ts';
import type { World } from '../detect/world.ts';
import type { Change, Hub } from '../findings/hub.ts';
import { Lineage, lineagePaths } from '../lineage/lineage.ts';
import type { Path } from '../model/activity.ts';
import type { Sighting } from '../model/finding.ts';
import type { FlowRows } from '../model/flow-rows.ts';
import type { JsonObject } from '../model/json.ts';
import { Picked } from '../model/picked.ts';
import type { Problem } from '../model/problem.ts';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import type { Batch, Row } from '../sources/batch.ts';
import { limits } from './limits.ts';
import { Recent } from './recent.ts';
import { RecentFlows } from './recent-flows.ts';

export interface PipelineParts {
  readonly pack: readonly Detector[];
  readonly world: World;
  readonly correlator?: Correlator;
  /** Findings are made in this region, whatever the record says: GuardDuty works on global calls in every region. */
  readonly region?: string;
}

/**
 * LogRecord -> sources -> lineage -> detect -> correlate -> findings: the one pipeline of `detect`, `watch` and the range.
 * Activities come in event-time order. Seeing changes the pipeline's own state; settling changes the hub's, so that the
 * range can put it into one transaction.
 */
export class Pipeline {
  readonly #engine: Engine;
  readonly #lineage = new Lineage();
  readonly #correlator: Correlator;
  readonly #region: string | undefined;
  readonly #recent = new Recent();
  readonly #recentFlows = new RecentFlows();
  readonly #picked = new Picked();
  /** The accounts that the logs are of, as far as they were read. */
  readonly #own = new Set<string>();
  readonly #addresses = new OwnAddresses();
  #account = '';
  activities = 0;
  /** The same activity delivered again. */
  duplicates = 0;

  constructor({ pack, world, correlator = noStories, region }: PipelineParts) {
    this.#engine = new Engine(pack, withOwn(world, this.#own, this.#addresses));
    this.#correlator = correlator;
    this.#region = region;
  }

  /** Whether this row needs nobody, which is known of most without a look at them: then it counts as seen. */
  passes(batch: Batch, index: number): boolean {
    const { numbered } = batch;
    if (numbered === undefined) return false;
    const { times, fingerprints, situations, quiet } = numbered;
    if (times[index]! >= quiet.of(this.#lineage.edition)[situations[index]!]!) return false;
    if (this.#recent.hasOf(fingerprints, index)) this.duplicates++;
    else this.activities++;
    return true;
  }

  see(row: Row): readonly Sighting[] {
    if (this.#cameBefore(row)) {
      this.duplicates++;
      return [];
    }
    this.activities++;
    this.#note(row.account);
    if (row.flow !== undefined) this.#addresses.learn(row.flow.rows, this.#picked);
    row.origin = this.#lineage.of(row);
    const sightings = row.kind === 'foreign-finding' ? [foreignSighting(row)] : this.#engine.see(row);
    // From some calls lineage learns each time.
    if (row.situation !== undefined && this.#lineage.learnsFrom(row)) row.situation.rest(Number.NEGATIVE_INFINITY);
    return this.#here(sightings);
  }

  /** A flow that did not is picked. */
  #cameBefore({ flow, fingerprint }: Row): boolean {
    if (flow === undefined) return this.#recent.has(fingerprint);
    const picked = this.#picked.all(flow.row, flow.row + 1);
    this.#recentFlows.leaveNew(flow.rows, picked);
    return picked.count === 0;
  }

  /**
   * Looks at flows of one time all together, for most say nothing that a detector must know: each stage goes through all
   * that the one before has left. `at` gives a row; what is left is valid until the next call, and to be seen one by one.
   */
  leaveFlows(flows: FlowRows, first: number, end: number, at: (row: number) => Row): Picked {
    const picked = this.#picked.all(first, end);
    this.#recentFlows.leaveNew(flows, picked);
    this.duplicates += end - first - picked.count;
    this.activities += picked.count;
    this.#noteAll(flows, picked, at);
    this.#addresses.learn(flows, picked);
    this.#engine.leave(flows, picked, at);
    return picked;
  }

  /** What the pack says of a flow that was left, with its mark. */
  seeFlow(row: Row, mark: number): readonly Sighting[] {
    row.origin = this.#lineage.of(row);
    return this.#here(this.#engine.seeFlow(row, mark));
  }

  #here(sightings: readonly Sighting[]): readonly Sighting[] {
    const region = this.#region;
    return region === undefined ? sightings : sightings.map((sighting) => ({ ...sighting, region }));
  }

  /** Rows of a piece are of one account, but for a few. */
  #noteAll({ isOfOneAccount }: FlowRows, { rows, count }: Picked, at: (row: number) => Row): void {
    const asked = isOfOneAccount ? Math.min(count, 1) : count;
    for (let index = 0; index < asked; index++) this.#note(at(rows[index]!).account);
  }

  /** Most rows are of the account of the one before. */
  #note(account: string): void {
    if (account === this.#account || account === '') return;
    this.#account = account;
    if (this.#own.size < limits.ownAccounts) this.#own.add(account);
  }

  /** A record that somebody already holds as JSON: what the range feeds. */
  seeRecord(record: JsonObject): readonly Sighting[] | Problem {
    const row = activityOf(record);
    return isProblem(row) ? row : this.see(row);
  }

  /** Makes findings of sightings, and stories of findings: one change of each, whatever happened to it meanwhile. */
  settle(sightings: readonly Sighting[], hub: Hub, now: number): readonly Change[] {
    const changes = new Map<string, Change>();
    for (const { change, finding } of sightings.flatMap((sighting) => this.#take(sighting, hub, now))) {
      changes.set(finding.id, { change: changes.get(finding.id)?.change ?? change, finding });
    }
    return [...changes.values()];
  }

  #take(sighting: Sighting, hub: Hub, now: number): readonly Change[] {
    const change = hub.take(sighting, now);
    if (change === undefined) return [];
    const stories = this.#correlator.see(sighting, change.finding);
    return [change, ...stories.flatMap((story) => this.#tell(story, hub, now))];
  }

  #tell(story: Story, hub: Hub, now: number): readonly Change[] {
    const change = hub.take(story.sighting, now);
    // One activity can be the evidence of several findings: then the story says nothing new, and still has one more.
    const as = change === undefined ? story.as : refOf(change.finding);
    if (as === undefined) return [];
    this.#correlator.told(story, as);
    const told = story.of.flatMap((of): Change[] => {
      const finding = of.id === as.id ? undefined : hub.tell(of, as, now);
      return finding === undefined ? [] : [{ change: 'updated', finding }];
    });
    return change === undefined ? told : [change, ...told];
  }

  /** Detectors that cannot speak, and why. */
  get idle(): readonly Idle[] {
    return this.#engine.idle;
  }

  /** What was forgotten for want of room. */
  evicted(): readonly { readonly detector: string; readonly keys: number }[] {
    const stages = [
      { detector: 'lineage', keys: this.#lineage.evicted },
      { detector: 'stories', keys: this.#correlator.evicted },
    ];
    return [...this.#engine.evicted(), ...stages.filter(({ keys }) => keys > 0)];
  }
}

/** What the logs themselves tell of whose they are. */
function withOwn(world: World, own: ReadonlySet<string>, addresses: OwnAddresses): World {
  const { facts } = world;
  const isOwn = (account: string) => own.has(account) || facts.isOwn(account);
  return { ...world, facts: { ...facts, isOwn, addressOf: (owner, time) => addresses.of(owner, time) } };
}

/** What the pack and the stages before it ask for: the sources look for nothing else. */
export function pathsOf(pack: readonly Detector[]): readonly Path[] {
  return [...new Set([...lineagePaths, ...pack.flatMap((detector) => detector.about.reads)])];
}
