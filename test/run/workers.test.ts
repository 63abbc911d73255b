import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { pack } from '../../src/detect/detectors/index.ts';
import { exampleWorld } from '../../src/detect/example-world.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Problem } from '../../src/model/problem.ts';
import { detectLogs } from '../../src/run/detect-logs.ts';
import { limits } from '../../src/run/scan/limits.ts';

// Workers unpack and scan; order and meaning stay with one thread. So their number must not be seen in what is told.

const folder = mkdtempSync(join(tmpdir(), 'yagura-workers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const examples = pack.flatMap(({ about }) => Object.values(about.examples.fires));
const files = examples.map((records, index) => {
  const path = join(folder, `${index}.log${index % 2 === 0 ? '.gz' : ''}`);
  writeFileSync(path, index % 2 === 0 ? gzipSync(textOf(records, index)) : textOf(records, index));
  return path;
});
const all = textOf(
  examples.flat().filter((record) => 'eventName' in record),
  1,
);
const odd: Readonly<Record<string, string | Buffer>> = {
  'empty.json': '',
  'blank.json': ' \n\n',
  'cut.json.gz': gzipSync(all).subarray(0, 2_000),
  'many-pieces.json': `${all}\n`.repeat(Math.ceil(3_000_000 / all.length)),
  'malformed.json': `{"eventName":oops}\n${all}`,
};
for (const [name, content] of Object.entries(odd)) {
  const path = join(folder, name);
  writeFileSync(path, content);
  files.push(path);
}

/** Calls in a list or a line each; records of other logs always a line each. */
function textOf(records: readonly JsonObject[], index: number): string {
  const isList = index % 3 === 0 && records.every((record) => 'eventName' in record);
  return isList ? JSON.stringify({ Records: records }) : records.map((record) => JSON.stringify(record)).join('\n');
}

async function told(workers: number) {
  const changes: string[] = [];
  const problems: string[] = [];
  const report = await detectLogs({
    files,
    pack,
    world: exampleWorld,
    workers,
    found: (change) => changes.push(JSON.stringify(change)),
    problem: (problem) => void problems.push(`${files[problem.place.file]} ${JSON.stringify(problem)}`),
    progress: () => undefined,
  });
  return { changes, problems, report: JSON.stringify(report) };
}

const problems = ['file-damaged', 'record-cut', 'record-malformed', 'record-unknown'];

test('2 and 3 workers tell the same as 1, byte for byte, and in the same order', async () => {
  const alone = await told(1);
  expect(alone.changes.length).toBeGreaterThan(pack.length);
  expect(Object.keys(JSON.parse(alone.report).problems).sort()).toEqual(problems);
  expect(await told(2)).toEqual(alone);
  expect(await told(3)).toEqual(alone);
});

test('what a worker cannot open is a problem with its reason, and the others are read', async () => {
  const problems: Problem[] = [];
  // By the time in its name it comes last: the first ones are read by the first thread.
  const gone = join(folder, '111122223333_CloudTrail_us-west-2_20300105T0000Z_gone.json');
  const report = await detectLogs({
    files: [...files.slice(0, limits.ownFiles), gone],
    pack: [],
    world: exampleWorld,
    workers: 2,
    found: () => undefined,
    problem: (problem) => void problems.push(problem),
    progress: () => undefined,
  });
  expect(problems.filter(({ code }) => code === 'file-unreadable')).toEqual([
    {
      place: { file: limits.ownFiles, offset: 0 },
      code: 'file-unreadable',
      reason: expect.stringContaining('ENOENT'),
    },
  ]);
  expect(report.files).toBe(limits.ownFiles + 1);
});
