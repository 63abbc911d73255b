import { expect, it } from 'vitest';
import { Scanner } from './scanner.ts';
import { trieOf } from './trie.ts';

const trie = trieOf(['userIdentity.arn', 'eventName', 'a']);

// Sixteen bytes are looked at in one step: whatever ends a text must be seen at each of their places.
it.each([0, 1, 7, 8, 14, 15, 16, 17, 31, 32, 33, 47])('sees what a text of %i letters ends in', (length) => {
  const letters = 'x'.repeat(length);
  for (const next of ['\\n', '\\u00e9', '\\"', 'é', '\u007f', '\u001f', '\n', '\\x', '\\u00g0', '']) {
    const text = `{"${letters}":"${letters}${next}${letters}","a":[1,{"b":"${letters}"}]}`;
    expect([next, scanned(text)]).toEqual([next, isJson(text) ? Buffer.byteLength(text) : -2]);
  }
});

it.each([
  '{"a":01}',
  '{"a":1.}',
  '{"a":1e}',
  '{"a":tru}',
  '{"a":fals3}',
  '{"a":nul}',
  '{"a" 1}',
  '{"a":1,}',
  '{,}',
  '{"a":[1,]}',
])('refuses %s', (text) => expect(scanned(text)).toBe(-2));

it('says where it breaks and what was expected', () => {
  const scanner = scannerOf('{"a":[1,{"b":tru }]}');
  expect(scanner.record(0)).toBe(-2);
  expect([scanner.at, scanner.expected]).toEqual([16, 'a value']);
});

it('needs more where the bytes end within a record', () => {
  const text = '{"eventName":"x","a":[1,{"b":true}]}';
  for (let end = 1; end < text.length; end++) expect(scanned(text.slice(0, end))).toBe(-1);
});

it('asks for more memory when a piece is larger than all before', () => {
  const scanner = scannerOf('{}');
  const long = `{"a":"${'y'.repeat(5_000_000)}"}`;
  scanner.over(Buffer.from(`${long}\0`), long.length);
  expect(scanner.record(0)).toBe(long.length);
});

function scannerOf(text: string): Scanner {
  const scanner = new Scanner(trie, {}, 'userIdentity');
  const bytes = Buffer.from(`${text}\0`);
  scanner.over(bytes, bytes.length - 1);
  return scanner;
}

function scanned(text: string): number {
  return scannerOf(text).record(0);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
