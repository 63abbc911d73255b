import { expect, it } from 'vitest';
import type { Detector } from '../detect/detector.ts';
import { pack } from '../detect/detectors/index.ts';
import { exampleWorld } from '../detect/example-world.ts';
import { call } from '../detect/examples.ts';
import type { Origin } from '../model/activity.ts';
import type { Sighting } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import { Sources } from '../sources/open.ts';
import { Pipeline, pathsOf } from './pipeline.ts';

// Rows that pass unseen must be those of which nobody would have said anything: so whoever sees each finds the same.

const perPiece = 500;
/** The others must be asked each time. */
const steady = pack.filter((detector) => detector.steady === true);

it.each([1, 2, 3, 4])('finds the same whether rows pass or not, in the habits of seed %i', (seed) => {
  const records = habits(seed);
  const [passing, seeing] = [run(steady, records, true), run(steady, records, false)];
  expect(passing.said).toEqual(seeing.said);
  expect([passing.activities, passing.duplicates]).toEqual([seeing.activities, seeing.duplicates]);
  expect(passing.said.length).toBeGreaterThan(0);
  expect(passing.passed).toBeGreaterThan(records.length / 3);
});

it('lets no row pass from which lineage learns, nor one whose origin is another now', () => {
  const gives = (at: number, key: string) =>
    call('sts:AssumeRole', {
      at,
      request: { roleArn: 'arn:aws:iam::111122223333:role/R', roleSessionName: 's' },
      response: { credentials: { accessKeyId: key } },
      more: { eventID: `gives ${at}` },
    });
  const uses = (at: number, key: string) => {
    const record = call('ec2:DescribeInstances', { at, by: 'role:R/s', more: { eventID: `uses ${at}` } });
    return { ...record, userIdentity: { ...(record['userIdentity'] as JsonObject), accessKeyId: key } };
  };
  const late = 'ASIALATE';
  const keys = Array.from({ length: 40 }, (_, index) => `ASIA${index}`);
  const records = [
    ...keys.flatMap((key, index) => [gives(10 * index, key), uses(10 * index + 1, key)]),
    ...Array.from({ length: 40 }, (_, index) => uses(1_000 + index, late)),
    gives(1_100, late),
    uses(1_101, late),
  ];
  const { origins, passed } = run([], records, true);
  expect(passed).toBe(39);
  expect(origins.filter((origin) => origin !== undefined).length).toBe(41);
  expect(origins.at(-1)?.chain).toEqual(['arn:aws:iam::111122223333:role/R']);
});

function run(detectors: readonly Detector[], records: readonly JsonObject[], mayPass: boolean) {
  const pipeline = new Pipeline({ pack: detectors, world: exampleWorld });
  const reader = new Sources(pathsOf(pack)).open(0);
  const said: Sighting[] = [];
  const origins: (Origin | undefined)[] = [];
  let passed = 0;
  for (let from = 0; from < records.length; from += perPiece) {
    const lines = records.slice(from, from + perPiece).map((record) => `${JSON.stringify(record)}\n`);
    const batch = reader.read(Buffer.from(lines.join('')), false);
    for (let index = 0; index < batch.size; index++) {
      if (mayPass && pipeline.passes(batch, index)) {
        passed++;
        continue;
      }
      const row = batch.at(index);
      said.push(...pipeline.see(row));
      if (row.name === 'DescribeInstances') origins.push(row.origin);
    }
  }
  const { activities, duplicates } = pipeline;
  return { said, origins, passed, activities, duplicates };
}

/** Half a year of few callers, who do the same again and again, and sometimes something else; some of it told twice. */
function habits(seed: number): readonly JsonObject[] {
  let state = seed;
  const luck = (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const callers = ['alice', 'bob', 'role:Deploy/one', 'role:Deploy/two', 'role:App/i-0123456789abcdef0', 'pipeline:CI'];
  const calls = [
    ...['s3:GetObject', 's3:ListBuckets', 'ec2:DescribeInstances', 'iam:ListUsers', 'kms:Decrypt', 'sts:AssumeRole'],
    ...['secretsmanager:GetSecretValue', 'ec2:RunInstances', 'iam:CreateAccessKey', 's3:DeleteObject'],
  ];
  const rare = <T>(usual: T, other: T) => (luck(60) === 0 ? other : usual);
  const records: JsonObject[] = [];
  for (let at = 0; records.length < 4_000; at += luck(400) === 0 ? luck(20 * 86_400) : luck(20)) {
    const by = luck(callers.length);
    const record = call(calls[(by + rare(luck(3), luck(calls.length))) % calls.length]!, {
      at,
      by: callers[by]!,
      from: rare(`192.0.2.${10 + by}`, rare('203.0.113.5', '198.51.100.66')),
      region: rare('us-west-2', 'eu-west-1'),
      ...(luck(12) === 0 ? { error: 'AccessDenied' } : {}),
      response: { credentials: { accessKeyId: `ASIA${records.length}` } },
      more: { eventID: `record ${records.length}` },
    });
    records.push(record);
    if (luck(30) === 0) records.push(record);
  }
  return records;
}
