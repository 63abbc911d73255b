import { expect, test } from 'vitest';
import { progressWords } from './detect-progress.ts';

test.each([
  [
    { files: 1, of: 4, activities: 12_000, bytes: 25, ofBytes: 100 },
    30_000,
    '[=====               ] 1 of 4 files, 12,000 records, 400/s, 1:30 left',
  ],
  [
    { files: 0, of: 1, activities: 500, bytes: 0, ofBytes: 100 },
    1_000,
    '[                    ] 0 of 1 files, 500 records, 500/s',
  ],
  [{ files: 0, of: 0, activities: 0, bytes: 0, ofBytes: 0 }, 0, '[                    ] 0 of 0 files, 0 records, 0/s'],
])('%j after %i ms reads %s', (progress, elapsed, text) => {
  expect(progressWords(progress, elapsed).en).toBe(text);
});
