import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { type ProgressLine, progressLine } from './progress-line.ts';

const wiped = '\r\u001b[K';

/** What is written by acts at times in ms. */
function written(
  acts: readonly (readonly [at: number, act: (line: ProgressLine) => void])[],
  live = true,
  columns?: number,
): string {
  let [time, text] = [0, ''];
  const err = (more: string) => {
    text += more;
  };
  const nothing = () => undefined;
  const terminal = { locale: 'en', env: {}, cwd: '', stdin: Readable.from([]), out: nothing } as const;
  const line = progressLine({ ...terminal, live, columns, err, say: ({ en }) => en }, () => time);
  for (const [at, act] of acts) {
    time = at;
    act(line);
  }
  return text;
}

const show = (line: ProgressLine) => line.show('half');
const above = (line: ProgressLine) => line.above('found\n');
const clear = (line: ProgressLine) => line.clear();

test.each<[string, Parameters<typeof written>[0], string]>([
  [
    'is quiet in the first second',
    [
      [500, show],
      [999, clear],
    ],
    '',
  ],
  [
    'is rewritten in place',
    [
      [1_000, show],
      [1_300, show],
      [1_400, clear],
    ],
    `${wiped}half${wiped}half${wiped}`,
  ],
  [
    'is rewritten five times a second at most',
    [
      [1_000, show],
      [1_100, show],
    ],
    `${wiped}half`,
  ],
  [
    'gives way to lines and comes again below',
    [
      [1_000, show],
      [1_050, above],
      [1_060, show],
    ],
    `${wiped}half${wiped}found\n`,
  ],
  [
    'lets lines of the first second go with it',
    [
      [10, above],
      [1_100, show],
    ],
    `found\n${wiped}half`,
  ],
  [
    'never writes the lines of a short run',
    [
      [10, above],
      [20, above],
      [30, clear],
    ],
    '',
  ],
])('%s', (_name, acts, expected) => {
  expect(written(acts)).toBe(expected);
});

test('where nobody watches there are lines alone', () => {
  expect(
    written(
      [
        [1_000, show],
        [1_100, above],
        [1_300, show],
        [1_400, clear],
      ],
      false,
    ),
  ).toBe('found\n');
});

test('a line is never wider than the terminal, for then it could not be rewritten', () => {
  const wide = (line: ProgressLine) => line.show('ファイル 12');
  expect(written([[1_000, wide]], true, 6)).toBe(`${wiped}ファ`);
  expect(written([[1_000, wide]], true, 40)).toBe(`${wiped}ファイル 12`);
});
