import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { start, testRange } from '../support/range.ts';

test('a range that ran ahead goes on from its last record, never back, with the seed that it began with', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-test-'));
  try {
    const first = await testRange({ folder });
    await first.pass(3_600_000);
    await new STSClient(first.as()).send(new GetCallerIdentityCommand({}));
    await first.close();
    const second = await testRange({ folder, seed: 'another' });
    expect(second.clock.now()).toBe(start + 3_600_000);
    expect(second.seed).toBe(first.seed);
    await second.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
