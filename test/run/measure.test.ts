import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { measure } from '../../src/cli/commands/measure.ts';
import { call } from '../../src/detect/examples.ts';
import { backgrounds } from '../../src/measure/noise.ts';
import { invoked } from '../support/invoked.ts';

const folder = mkdtempSync(join(tmpdir(), 'yagura-measure-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = invoked('measure', measure, folder);

const stopped = call('cloudtrail:StopLogging', { request: { name: 'main' } });
const type = 'Stealth:IAMUser/CloudTrailLoggingDisabled';
const quiet = call('cloudtrail:DescribeTrails');
const line = (expect: unknown, record: unknown, name: string) => JSON.stringify({ name, expect, records: [record] });

writeFileSync(join(folder, 'good.jsonl'), [line([type], stopped, 'stopped'), line('none', quiet, 'read')].join('\n'));
const bad = [line([type], quiet, 'not there'), line('none', stopped, 'too much'), '{"name":"half"}'].join('\n');
writeFileSync(join(folder, 'bad.jsonl.gz'), gzipSync(bad));

test('a set that comes out as expected', async () => {
  const { exit, out, err } = await run('good.jsonl', '--json');
  expect([exit, err]).toEqual([0, '']);
  const { labelled } = JSON.parse(out);
  expect(labelled.whole).toMatchObject({ hits: 1, missed: 0, spurious: 0, precision: 1, recall: 1 });
});

test('a set that does not, packed, with a line that is no case', async () => {
  const { exit, out, err } = await run('bad.jsonl.gz');
  expect(exit).toBe(1);
  expect(err).toMatch(/bad\.jsonl\.gz:3: has "expect" undefined/);
  expect(out).toContain(`missed: not there (${type})`);
  expect(out).toContain(`spurious: too much (${type})`);
});

test('each background, and the page of all figures', async () => {
  const { exit, out } = await run('good.jsonl', '--background', '--records', '3000', '--json', '--page', 'page.md');
  expect(exit).toBe(0);
  const kinds = out
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text).background?.of);
  expect(kinds).toEqual([...backgrounds, undefined]);
  const page = readFileSync(join(folder, 'page.md'), 'utf8');
  for (const part of ['# How good detection is', '| CloudTrail | 3000 |', '| VPC flow logs |', '## good.jsonl', type]) {
    expect(page).toContain(part);
  }
});

test('nothing to measure, and nothing there', async () => {
  await expect(run()).rejects.toMatchObject({ code: 'MEASURE_NOTHING' });
  await expect(run('absent.jsonl')).rejects.toMatchObject({ code: 'MEASURE_NOTHING_THERE' });
});
