import { expect, it } from 'vitest';
import { killAgainAndAgain } from './kills.ts';

it('loses nothing that was answered, and tears nothing, however often it is killed', async () => {
  const report = await killAgainAndAgain({ kills: 20, seed: 'suite' });
  expect(report.faults).toEqual([]);
  expect(report.answered).toBeGreaterThan(200);
}, 240_000);

it('would notice a store that answers before it commits', async () => {
  const report = await killAgainAndAgain({ kills: 1, seed: 'control', broken: true });
  expect(report.faults.join('\n')).toContain('lost:');
});
