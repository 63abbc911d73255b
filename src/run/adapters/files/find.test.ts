import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findFiles } from './find.ts';

const folder = mkdtempSync(join(tmpdir(), 'yagura-find-'));
afterAll(() => rmSync(folder, { recursive: true }));

for (const name of [
  'a.json',
  'b.json',
  'c[1].json',
  'sub/a.json',
  'sub/deep/d.log',
  'with space/e.json',
  '.hidden/f.json',
]) {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), '');
}
symlinkSync('sub', join(folder, 'link'));
symlinkSync('nowhere', join(folder, 'dangling'));
symlinkSync('loop', join(folder, 'loop'));

test.each<[string, readonly string[]]>([
  ['a.json', ['a.json']],
  ['sub', ['sub/a.json', 'sub/deep/d.log']],
  ['link', ['link/a.json', 'link/deep/d.log']],
  ['with space/e.json', ['with space/e.json']],
  ['*.json', ['a.json', 'b.json', 'c[1].json']],
  ['?.json', ['a.json', 'b.json']],
  ['**/a.json', ['a.json', 'sub/a.json']],
  ['[ab].json', ['a.json', 'b.json']],
  ['[!a].json', ['b.json']],
  ['c[1].json', ['c[1].json']],
  ['{a,c*}.json', ['a.json', 'c[1].json']],
  ['sub/{a.json,deep/d.log', []],
  ['dangling', []],
  ['loop', []],
  ['a.json/x', []],
])('%s names %j', (pattern, names) => {
  const { files, missing, streams } = findFiles([pattern], folder);
  expect([files, missing, streams]).toEqual([
    names.map((name) => join(folder, name)),
    names.length === 0 ? [pattern] : [],
    [],
  ]);
});

test('a file that is named twice is one', () => {
  expect(findFiles(['a.json', './a.json', '[a].json'], folder).files).toEqual([join(folder, 'a.json')]);
});

test('what can be read once is told apart', () => {
  expect(findFiles(['/dev/null', 'a.json'], folder).streams).toEqual(['/dev/null']);
});
