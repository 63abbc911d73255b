import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Lineage, lineagePaths } from '../lineage/lineage.ts';
import type { Sighting } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import { activityOf, isProblem } from '../sources/activity-of.ts';
import type { Row } from '../sources/batch.ts';
import { Sources } from '../sources/open.ts';
import { pack } from './detectors/index.ts';
import { Engine } from './engine.ts';
import { exampleWorld } from './example-world.ts';
import { type CallExample, call, example, times } from './examples.ts';
import { limits } from './limits.ts';

// A scanned file shares callers, addresses and agents between its records, so detectors are asked once for each of them,
// and those that have nothing to do are not asked again in the same setting. A record that comes alone shares nothing, and
// everything is asked of it. Both must say the same.

const dayS = 86_400;
const network = '203.0.113.77';
const pipeline = { by: 'pipeline:Deploy' };
/** What only detectors hear that rest once they know it. */
const work = (at: number, by = pipeline.by) => call('ce:CreateAnomalyMonitor', { at, by });
const looks = (at: number, more: CallExample = {}) => call('ec2:DescribeInstances', { at, ...more });

/** In another setting, as many calls as are remembered of one caller. */
const looksEverywhere = (at: number) =>
  times(limits.valuesPerKey, (index) => call(`ec2:DescribeThing${index}`, { at, agent: 'scanner/1' }));

/** A session whose origin the log tells only after its first call. */
const session = { by: 'role:Late/crop', at: 3_600 };
const learntLate = [
  [call('s3:ListBuckets', session)],
  [
    call('sts:AssumeRole', {
      at: 3_601,
      by: 'lambda.amazonaws.com',
      request: { roleArn: `arn:aws:iam::${example.account}:role/Late`, roleSessionName: 'crop' },
      response: { credentials: { accessKeyId: 'ASIACROPXXXXXXXXXXXX' } },
    }),
  ],
  [call('s3:ListBuckets', { ...session, at: 3_602 })],
];

test('the examples of all detectors in one run, in which later ones find what earlier ones left', () => {
  const examples = pack
    .filter(({ about }) => about.on.kind === 'api-call')
    .flatMap(({ about }) => [...Object.values(about.examples.fires), ...Object.values(about.examples.stays)]);
  expect(expectSame(...examples, ...learntLate).said.length).toBeGreaterThan(pack.length);
});

test('a step that time has made due is taken', () => {
  const { said } = expectSame([
    ...times(120, (_, at) => work(at), dayS),
    call('ec2:DeleteFlowLogs', { ...pipeline, from: network, at: 120 * dayS }),
  ]);
  expect(said).toContain('Custom:IAMUser/PipelineElsewhere');
});

test('a step that another call has made due is taken', () => {
  const begun = 9 * dayS;
  const { said } = expectSame([
    ...times(9, (_, at) => looks(at), dayS),
    ...times(3, (_, at) => looks(begun + at)),
    ...looksEverywhere(begun + 60),
    // Forgotten, and now known again.
    looks(begun + 120),
    looks(begun + 180, { from: network }),
  ]);
  expect(said).not.toContain('Discovery:IAMUser/AnomalousBehavior');
});

test('of many who go on with their work, few are asked', () => {
  const { asked } = expectSame(times(2_000, (index, at) => work(at, `pipeline:Deploy${index % 20}`), 10));
  expect(asked.shared).toBeLessThan(asked.alone / 2);
});

const gaps = [1, 1_800, 2 * 3_600, dayS, 8 * dayS, 40 * dayS];
const acts = fc.record({
  what: fc.constantFrom('ec2:DescribeInstances', 'ec2:RunInstances', 'ec2:DeleteFlowLogs', 'iam:CreateAccessKey'),
  by: fc.constantFrom('alice', 'pipeline:Deploy', 'role:Admin/bob'),
  from: fc.constantFrom(example.home, network),
  region: fc.constantFrom('us-west-2', 'ap-south-1'),
  times: fc.integer({ min: 1, max: 3 }),
  gap: fc.constantFrom(...gaps),
});

test('whoever does what, where and when', () => {
  fc.assert(
    fc.property(fc.array(acts, { minLength: 5, maxLength: 60 }), (all) => {
      let now = 0;
      const records = all.flatMap(({ what, times: count, gap, ...given }) => {
        const from = now;
        now += count * gap;
        return times(count, (_, at) => call(what, { ...given, at: from + at }), gap);
      });
      expectSame(records);
    }),
    { numRuns: 100 },
  );
});

function expectSame(...files: readonly (readonly JsonObject[])[]) {
  const [shared, alone] = [new Run(), new Run()];
  const sources = new Sources([...lineagePaths, ...pack.flatMap(({ about }) => about.reads)]);
  for (const [file, records] of files.entries()) {
    const batch = sources.open(file).read(Buffer.from(JSON.stringify({ Records: records })), true);
    expect(batch.size).toBe(records.length);
    for (const [index, record] of records.entries()) {
      const row = batch.at(index);
      const same = activityOf(record, row.place);
      if (isProblem(same)) throw new Error(same.reason);
      expect(shared.see(row)).toEqual(alone.see(same));
    }
  }
  return { said: shared.said, asked: { shared: shared.asked, alone: alone.asked } };
}

class Run {
  readonly said: string[] = [];
  asked = 0;
  readonly #lineage = new Lineage();
  readonly #engine = new Engine(
    pack.map((detector) => ({
      ...detector,
      concerns: (activity, world) => {
        this.asked++;
        return detector.concerns(activity, world);
      },
    })),
    exampleWorld,
  );

  see(row: Row): readonly Sighting[] {
    row.origin = this.#lineage.of(row);
    const sightings = this.#engine.see(row);
    this.said.push(...sightings.map(({ type }) => type));
    return sightings;
  }
}
