import { Stories } from '../correlate/stories.ts';
import type { Detector } from '../detect/detector.ts';
import { pack } from '../detect/detectors/index.ts';
import { standingPack } from '../detect/packs.ts';
import { meets } from '../findings/criteria.ts';
import { hub } from '../findings/hub.ts';
import type { Sighting } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import type { Clock } from '../range/clock.ts';
import type { Feed } from '../range/feed.ts';
import { accounts } from '../range/indexes.ts';
import type { Range } from '../range/range.ts';
import { findingStore } from '../range/services/guardduty/finding-store.ts';
import type { GuardDutyPort } from '../range/services/guardduty/port.ts';
import { announce } from '../range/services/guardduty/publish.ts';
import { findings, formOn, places } from '../range/services/guardduty/tables.ts';
import type { Store } from '../range/store/port.ts';
import { table } from '../range/table.ts';
import { limits } from './limits.ts';
import { Pipeline } from './pipeline.ts';
import type { RangeLists } from './range-lists.ts';
import { storedRecords } from './range-records.ts';
import { rangeWorld } from './range-world.ts';
import { remotesOf } from './remotes.ts';

/** What the range's face of GuardDuty borrows of the defence. */
export const guardDutyPort: GuardDutyPort = {
  hub,
  meets,
  titleOf: (type) => pack.find(({ about }) => about.type === type && about.signal === undefined)?.about.title,
};

export interface DefenceParts {
  readonly store: Store;
  readonly clock: Clock;
  /** What it detects with; the standing pack unless told. */
  readonly pack?: readonly Detector[] | undefined;
  /** Event sources of services without regions: their records concern every region. */
  readonly globalSources: ReadonlySet<string>;
  readonly scope: Range['scope'];
  failed(error: unknown): void;
}

export interface Defence extends Feed {
  /** After a restart: brings the detectors' state back from stored records, and finds what the end cut off. */
  resume(): void;
}

/** One pipeline for each region where GuardDuty works, over what the range feeds. Findings are state of the range. */
export function createDefence(parts: DefenceParts): Defence {
  const { store, globalSources, pack = standingPack } = parts;
  const watches = new Map<string, Watch>();
  const watchOver = (account: string, region: string, since: number): Watch => {
    const known = watches.get(`${account}/${region}`);
    if (known?.since === since) return known;
    const watch = open(store, account, region, since, pack);
    watches.set(`${account}/${region}`, watch);
    return watch;
  };
  const isGlobal = (record: JsonObject) => globalSources.has(String(record['eventSource']));
  return {
    readsCalls(account, region, category) {
      for (const [, { since, s3Data }] of places.list({ tx: store, account, region })) {
        if (since !== undefined && (category === 'Management' || s3Data)) return true;
      }
      return false;
    },
    record(account, region, stream, record) {
      if (stream === 'bus') return;
      for (const [there, { since, s3Data }] of places.list({ tx: store, account, region })) {
        if (since === undefined || (there !== region && !isGlobal(record))) continue;
        // S3 protection is a feature of its own; nobody here listens to other data events.
        if (record['eventCategory'] === 'Data' && !s3Data) continue;
        const watch = watchOver(account, there, since);
        settle(watch, see(watch, record, parts), record, parts);
      }
    },
    resume() {
      for (const [account] of accounts.list(store)) {
        for (const [region, { since }] of places.list({ tx: store, account, region: '-' })) {
          if (since !== undefined) replay(watchOver(account, region, since), isGlobal, parts);
        }
      }
    },
  };
}

/** The detectors' eye on one region of one account. */
interface Watch {
  readonly account: string;
  readonly region: string;
  readonly since: number;
  readonly pipeline: Pipeline;
  readonly lists: RangeLists;
}

/** The last stored record that made findings: what is fed again after a restart, up to it, is only remembered. */
const cursors = table<{ readonly eventId: string }>('guardduty', 'cursor');

function open(store: Store, account: string, region: string, since: number, pack: readonly Detector[]): Watch {
  const { world, lists } = rangeWorld({ tx: store, account, region });
  const correlator = new Stories();
  correlator.recall([...findings.list({ tx: store, account, region })].map(([, finding]) => finding));
  return { account, region, since, lists, pipeline: new Pipeline({ pack, world, correlator, region }) };
}

function see({ pipeline, lists }: Watch, record: JsonObject, parts: DefenceParts): readonly Sighting[] {
  const seen = pipeline.seeRecord(record);
  if ('reason' in seen) {
    parts.failed(new Error(`the range fed what the pipeline cannot read: ${seen.reason}`));
    return [];
  }
  // Trusted addresses make no findings, whatever other list they are on.
  return seen.filter((sighting) => !remotesOf(sighting).some((ip) => lists.match('trusted', ip, sighting.time)));
}

/** Findings, the plan of their notices and how far the feed came are one commit. */
function settle(watch: Watch, sightings: readonly Sighting[], record: JsonObject, parts: DefenceParts): void {
  if (sightings.length === 0) return;
  const { store, clock, scope } = parts;
  const now = clock.now();
  store
    .commit((tx) => {
      const here = scope(tx, watch.account, watch.region);
      const changes = watch.pipeline.settle(sightings, hub(findingStore(tx), formOn(tx)), now);
      announce(here, changes, now, guardDutyPort);
      // Flows and data events are not stored: they cannot say how far the stored ones came.
      if (record['managementEvent'] === true) cursors.put(here, 'cloudtrail', { eventId: String(record['eventID']) });
    })
    .catch(parts.failed);
}

function replay(watch: Watch, isGlobal: (record: JsonObject) => boolean, parts: DefenceParts): void {
  const { store, clock } = parts;
  const { account, region, since } = watch;
  const from = Math.max(since, clock.now() - windowMsOf(parts.pack ?? standingPack));
  const records = storedRecords(store, { account, region, from, max: limits.replayedRecords }, isGlobal);
  const cursor = cursors.get({ tx: store, account, region }, 'cloudtrail')?.eventId;
  const settled = records.findIndex((record) => record['eventID'] === cursor);
  for (const [index, record] of records.entries()) {
    const sightings = see(watch, record, parts);
    if (index > settled) settle(watch, sightings, record, parts);
  }
}

/** As long as any detector remembers. */
const windowMsOf = (pack: readonly Detector[]) => Math.max(0, ...pack.map((detector) => detector.windowMs));
