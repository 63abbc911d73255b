import { Readable } from 'node:stream';
import type { Detector } from '../detect/detector.ts';
import type { World } from '../detect/world.ts';
import { background } from '../measure/background/background.ts';
import { flows } from '../measure/background/flows.ts';
import { objects } from '../measure/background/objects/objects.ts';
import { queries } from '../measure/background/queries.ts';
import { acls, balancers, distributions } from '../measure/background/web/doors.ts';
import type { Case } from '../measure/labelled/case.ts';
import type { Seen } from '../measure/labelled/judge.ts';
import { type BackgroundOf, type Noise, noiseOf } from '../measure/noise.ts';
import { detectLogs } from './detect-logs.ts';

export interface Measured {
  readonly pack: readonly Detector[];
  readonly world: World;
}

/** The pack over the background that we make ourselves, through the same bytes and readers as any log. */
export async function measureBackground(
  { pack, world }: Measured,
  { of, seed, records, progress }: BackgroundRun,
): Promise<Noise> {
  const principals = new Set<string>();
  let [firstTime, lastTime] = [Number.NaN, Number.NaN];
  const report = await detectLogs({
    files: [],
    stdin: Readable.from(piecesOf(linesOf[of](seed), records)),
    pack,
    world,
    judged: ({ time, principal }) => {
      if (Number.isNaN(firstTime)) firstTime = time;
      lastTime = time;
      principals.add(principal);
    },
    found: () => undefined,
    problem: ({ reason }) => {
      throw new Error(`the background made a record that cannot be read: ${reason}`);
    },
    progress: ({ activities }) => progress(activities),
  });
  const told = { of, records: report.activities, firstTime, lastTime, principals: principals.size };
  return noiseOf(report.findings, told);
}

export interface BackgroundRun {
  readonly of: BackgroundOf;
  readonly seed: number;
  readonly records: number;
  progress(done: number): void;
}

const linesOf: Readonly<Record<BackgroundOf, (seed: number) => Iterable<string>>> = {
  calls: (seed) => texts(background(seed)),
  flows,
  queries: (seed) => texts(queries(seed)),
  balancers,
  distributions,
  acls: (seed) => texts(acls(seed)),
  objects,
};

function* texts(records: Iterable<unknown>): Generator<string, void, void> {
  for (const record of records) yield JSON.stringify(record);
}

function* piecesOf(all: Iterable<string>, records: number): Generator<Buffer> {
  let lines: string[] = [];
  let count = 0;
  for (const line of all) {
    lines.push(line);
    if (++count === records) break;
    if (lines.length < linesPerPiece) continue;
    yield Buffer.from(`${lines.join('\n')}\n`);
    lines = [];
  }
  yield Buffer.from(`${lines.join('\n')}\n`);
}

const linesPerPiece = 500;

/** Each case by itself: nothing that one learns helps or spoils another. */
export async function measureCase({ pack, world }: Measured, labelled: Case): Promise<Seen> {
  const found = new Set<string>();
  const lines = labelled.records.map((record) => (typeof record === 'string' ? record : JSON.stringify(record)));
  const report = await detectLogs({
    files: [],
    stdin: Readable.from([Buffer.from(`${lines.join('\n')}\n`)]),
    pack,
    world,
    sighted: ({ detector }) => found.add(detector),
    found: ({ finding }) => {
      if (finding.resource.type === 'AttackSequence') found.add(finding.type);
    },
    problem: () => undefined,
    progress: () => undefined,
  });
  return { case: labelled, found: [...found].sort(), isRead: report.activities > 0 };
}
