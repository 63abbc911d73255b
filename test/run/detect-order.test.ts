import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { pack } from '../../src/detect/detectors/index.ts';
import { exampleWorld } from '../../src/detect/example-world.ts';
import { call, example } from '../../src/detect/examples.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { detectLogs } from '../../src/run/detect-logs.ts';

const folder = mkdtempSync(join(tmpdir(), 'yagura-order-'));
afterAll(() => rmSync(folder, { recursive: true }));

const names = [
  'cloudtrail:DescribeTrails',
  'iam:DeleteAccountPasswordPolicy',
  'cloudtrail:StopLogging',
  'iam:CreateUser',
];
const records = names.map((name, index) => call(name, { at: index * 600, from: example.listed }));
const envelope = (detail: JsonObject) => ({ version: '0', 'detail-type': 'AWS API Call via CloudTrail', detail });

/** Files, in the order of the arguments. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  'one file': [JSON.stringify({ Records: records })],
  'the records of one file in another order': [JSON.stringify({ Records: [...records].reverse() })],
  'a file each': records.map((record) => JSON.stringify({ Records: [record] })),
  'a file each, the last one first': records.map((record) => JSON.stringify({ Records: [record] })).reverse(),
  'JSON lines': [records.map((record) => JSON.stringify(record)).join('\n')],
  'a bare list': [JSON.stringify(records)],
  'envelopes of EventBridge': [records.map((record) => JSON.stringify(envelope(record))).join('\n')],
  'two trails that deliver the same': [JSON.stringify({ Records: records }), JSON.stringify({ Records: records })],
};

async function found(name: string, contents: readonly string[]) {
  const files = contents.map((content, index) => {
    const path = join(folder, `${name}-${index}.json`.replaceAll(' ', '-'));
    writeFileSync(path, content);
    return path;
  });
  const nothing = () => undefined;
  const given = { files, pack, world: exampleWorld, found: nothing, problem: nothing, progress: nothing };
  const { findings, activities } = await detectLogs(given);
  return {
    activities,
    findings: findings.map(({ id, type, count, severity, story }) => [id, type, count, severity, story?.id]),
  };
}

test.each(Object.entries(shapes))('%s: the same findings with the same ids', async (name, contents) => {
  const expected = await found('expected', shapes['one file']!);
  expect(expected.findings.length).toBeGreaterThan(2);
  expect(await found(name, contents)).toEqual(expected);
});
