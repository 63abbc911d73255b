import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, test } from 'vitest';
import { pack } from '../../src/detect/detectors/index.ts';
import { exampleWorld } from '../../src/detect/example-world.ts';
import { example } from '../../src/detect/examples.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { detectLogs } from '../../src/run/detect-logs.ts';
import { yagura } from '../support/command.ts';

// The same logs give the same findings with the same ids, whatever the order, the shape and the run.

const folder = mkdtempSync(join(tmpdir(), 'yagura-same-'));
afterAll(() => rmSync(folder, { recursive: true }));

const minuteMs = 60_000;
const examples = pack.flatMap(({ about }) => [
  ...Object.values(about.examples.fires),
  ...Object.values(about.examples.stays),
]);
const deeds = examples.filter((records) => records.every((record) => 'eventName' in record));
const talks = examples.filter((records) => records.every((record) => 'srcaddr' in record && 'start' in record));

/** Deeds of the pack's examples, each begun at some minute of two days, in the order of time. */
const logs = fc
  .array(fc.tuple(fc.nat(deeds.length - 1), fc.nat(2 * 24 * 60)), { minLength: 4, maxLength: 16 })
  .map((chosen) =>
    chosen
      .flatMap(([which, minute], deed) => deeds[which]!.map((record) => moved(record, deed, minute)))
      .sort((a, b) => timeOf(a) - timeOf(b)),
  )
  .filter((records) => records.length > 1);

function moved(record: JsonObject, deed: number, minute: number): JsonObject {
  const time = new Date(timeOf(record) + minute * minuteMs).toISOString().replace('.000', '');
  return { ...record, eventTime: time, eventID: `${deed}-${String(record['eventID'])}` };
}

function timeOf(record: JsonObject): number {
  return Date.parse(String(record['eventTime']));
}

interface File {
  readonly name: string;
  readonly content: string | Uint8Array;
}

let runs = 0;

async function found(files: readonly File[], workers = 1) {
  const within = mkdtempSync(join(folder, `${++runs}-`));
  const paths = files.map(({ name, content }) => {
    const path = join(within, name);
    writeFileSync(path, content);
    return path;
  });
  const nothing = () => undefined;
  const problem = ({ reason }: { readonly reason: string }) => {
    throw new Error(reason);
  };
  const given = { files: paths, pack, world: exampleWorld, workers, found: nothing, problem, progress: nothing };
  const { findings, activities, late } = await detectLogs(given);
  expect(late).toBe(0);
  return {
    activities,
    findings: findings.map(({ id, type, severity, count, firstSeen, lastSeen, story }) => ({
      id,
      type,
      severity,
      count,
      firstSeen,
      lastSeen,
      story: story?.id,
    })),
  };
}

const text = (value: unknown) => JSON.stringify(value);
const lines = (values: readonly unknown[]) => values.map(text).join('\n');
const whole = (records: readonly JsonObject[]): readonly File[] => [
  { name: 'all.json', content: text({ Records: records }) },
];

/** So many at once, in the order given. */
function pieces(records: readonly JsonObject[], size: number): readonly (readonly JsonObject[])[] {
  const count = Math.ceil(records.length / size);
  return Array.from({ length: count }, (_, index) => records.slice(index * size, (index + 1) * size));
}

/** As AWS delivers them: by the quarter of an hour in which they came, at most 40 minutes after they happened. */
function delivered(records: readonly JsonObject[], delays: readonly number[]): readonly File[] {
  const files = new Map<number, JsonObject[]>();
  for (const [index, record] of records.entries()) {
    const quarter = Math.floor((timeOf(record) + delays[index % delays.length]! * minuteMs) / (15 * minuteMs));
    files.set(quarter, [...(files.get(quarter) ?? []), record]);
  }
  return [...files].map(([quarter, of]) => {
    const at = new Date(quarter * 15 * minuteMs).toISOString().slice(0, 16).replaceAll(/[-:]/g, '');
    const name = `${example.account}_CloudTrail_us-west-2_${at}Z_${quarter}.json.gz`;
    return { name, content: gzipSync(text({ Records: of })) };
  });
}

const lookup = (record: JsonObject) => ({
  EventId: String(record['eventID']),
  EventTime: record['eventTime']!,
  CloudTrailEvent: text(record),
});
const bus = (detail: JsonObject) => ({ version: '0', 'detail-type': 'AWS API Call via CloudTrail', detail });
const lake = (eventData: JsonObject) => ({ eventVersion: '1.0', eventData });
const newestFirst = (records: readonly JsonObject[]) => [...records].reverse();

/** Columns of text, what nests as JSON, as Athena has them. */
function parquet(records: readonly JsonObject[]): Uint8Array {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const columnData = names.map((name) => ({
    name: name.toLowerCase(),
    type: 'STRING' as const,
    data: records.map((record) => {
      const value = record[name];
      return value === undefined || value === null ? null : typeof value === 'string' ? value : text(value);
    }),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

const shapes: Readonly<Record<string, (records: readonly JsonObject[]) => readonly File[]>> = {
  'JSON lines, packed': (records) => [{ name: 'a.jsonl.gz', content: gzipSync(lines(records)) }],
  'a bare list, laid out for people': (records) => [{ name: 'a.json', content: JSON.stringify(records, null, 2) }],
  'answers of LookupEvents, newest first': (records) =>
    pieces(records, 5).map((of, index) => ({
      name: `${index}.json`,
      content: JSON.stringify({ Events: newestFirst(of).map(lookup) }, null, 4),
    })),
  'two answers of LookupEvents over the same time': (records) =>
    [0, 1].map((half) => ({
      name: `${half}.json`,
      content: text({ Events: newestFirst(records.filter((_, index) => index % 2 === half)).map(lookup) }),
    })),
  'envelopes of EventBridge': (records) => [{ name: 'a.json', content: lines(records.map(bus)) }],
  'envelopes of CloudTrail Lake': (records) => [{ name: 'a.json', content: lines(records.map(lake)) }],
  Parquet: (records) => pieces(records, 7).map((of, index) => ({ name: `${index}.parquet`, content: parquet(of) })),
  'two trails that deliver the same': (records) => [
    { name: 'one.json', content: text({ Records: records }) },
    ...pieces(records, 3).map((of, index) => ({ name: `${index}.json`, content: text({ Records: of }) })),
  ],
};

/** Twenty-five cases each; `RUNS=300` for a long look. */
const few = { numRuns: Number(process.env['RUNS'] ?? 25) };

test.each(Object.entries(shapes))('in the shape of %s', async (_name, shape) => {
  await fc.assert(
    fc.asyncProperty(logs, async (records) => {
      expect(await found(shape(records))).toEqual(await found(whole(records)));
    }),
    few,
  );
});

describe('in any order', () => {
  test('of the arguments, files cut anywhere, by one worker or two', async () => {
    const cut = fc.record({
      records: logs,
      size: fc.integer({ min: 1, max: 9 }),
      seed: fc.nat(),
      workers: fc.constantFrom(1, 2),
    });
    await fc.assert(
      fc.asyncProperty(cut, async ({ records, size, seed, workers }) => {
        const files = pieces(records, size).map((of, index) => ({
          name: `${(index * 7919 + seed) % 997}-${index}.json`,
          content: text(of),
        }));
        const inAnother = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
        expect(await found(inAnother, workers)).toEqual(await found(whole(records)));
      }),
      few,
    );
  });

  test('of the records, within what may be late', async () => {
    const late = fc.record({
      records: logs,
      delays: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 11 }),
    });
    await fc.assert(
      fc.asyncProperty(late, async ({ records, delays }) => {
        expect(await found(delivered(records, delays))).toEqual(await found(whole(records)));
      }),
      few,
    );
  });
});

describe('flows of one second', () => {
  const flows = fc
    .array(fc.tuple(fc.nat(talks.length - 1), fc.nat(600)), { minLength: 1, maxLength: 6 })
    .map((chosen) =>
      chosen
        .flatMap(([which, minute]) => talks[which]!.map((record) => later(record, minute * 60)))
        .sort((a, b) => Number(a['start']) - Number(b['start'])),
    );

  test('in any order, in one file or in several', async () => {
    const cut = fc.record({ records: flows, size: fc.integer({ min: 1, max: 400 }), seed: fc.nat() });
    await fc.assert(
      fc.asyncProperty(cut, async ({ records, size, seed }) => {
        const fields = [...new Set(records.flatMap((record) => Object.keys(record)))];
        const file = (of: readonly JsonObject[]) =>
          [fields, ...of.map((record) => fields.map((field) => String(record[field] ?? '-')))]
            .map((row) => row.join(' '))
            .join('\n');
        const mixed = records
          .map((record, index) => ({ record, key: Number(record['start']) * 997 + ((index * 7919 + seed) % 997) }))
          .sort((a, b) => a.key - b.key)
          .map(({ record }) => record);
        const files = pieces(mixed, size).map((of, index) => ({ name: `${index}.log`, content: file(of) }));
        expect(await found(files)).toEqual(await found([{ name: 'all.log', content: file(records) }]));
      }),
      few,
    );
  });

  test('in the second in which an interface comes first', async () => {
    const fields = 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end';
    const line = (port: number, protocol: number) =>
      `2 111122223333 eni-0123456789abcdef0 10.0.1.15 192.0.2.10 40000 ${port} ${protocol} 2 60 1767571260 1767571320`;
    const lines = [line(53, 17), line(1_000, 6), line(853, 6)].map((each) => `${each} ACCEPT OK`);
    const whole = (of: readonly string[]) => [
      { name: 'all.log', content: [`${fields} action log-status`, ...of].join('\n') },
    ];
    expect(await found(whole([...lines].reverse()))).toEqual(await found(whole(lines)));
    expect(await found(whole([lines[1]!, lines[2]!, lines[0]!]))).toEqual(await found(whole(lines)));
  });

  function later(record: JsonObject, seconds: number): JsonObject {
    // A minute of flows begins in one second, as it does where many are gathered together.
    const start = Math.floor((Number(record['start']) + seconds) / 60) * 60;
    return { ...record, start: String(start), end: String(start + 60) };
  }
});

describe('in another run', () => {
  test('of another process, in another time zone, by other names of the files: to the byte', async () => {
    const records = deeds.slice(0, 120).flatMap((deed, index) => deed.map((record) => moved(record, index, index)));
    const files = (name: (index: number) => string) =>
      pieces(records, 50).map((of, index) => {
        const path = join(mkdtempSync(join(folder, 'process-')), name(index));
        writeFileSync(path, text({ Records: of }));
        return path;
      });
    const run = (paths: readonly string[], TZ: string) => yagura(['detect', ...paths, '--json'], { TZ }).ended;
    const one = await run(
      files((index) => `${index}.json`),
      'UTC',
    );
    const other = await run([...files((index) => `${997 - index}.log`)].reverse(), 'Asia/Tokyo');
    expect(one.out.split('\n').length).toBeGreaterThan(50);
    expect([other.code, other.out]).toEqual([one.code, one.out]);
  });

  test('over the first of them, and then over all: what was found is found again, with its id', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.double({ min: 0, max: 1, noNaN: true }), async (records, share) => {
        const half = await found(whole(records.slice(0, Math.ceil(share * records.length))));
        const { findings } = await found(whole(records));
        const byId = new Map(findings.map((finding) => [finding.id, finding]));
        for (const before of half.findings) {
          const now = byId.get(before.id);
          expect(now).toMatchObject({ type: before.type, firstSeen: before.firstSeen });
          expect(now!.severity).toBeGreaterThanOrEqual(before.severity);
          expect(now!.count).toBeGreaterThanOrEqual(before.count);
          // Two stories may turn out to be one: then the other is a part of it, and so are its findings.
          if (before.story !== undefined) expect(now!.story).toBeDefined();
        }
      }),
      few,
    );
  });
});
