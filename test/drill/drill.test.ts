import { describe, expect, it } from 'vitest';
import { bytesOf, played } from '../support/drill.ts';

const seeds = [1, 2, 3, 4, 5];

describe('stolen keys', () => {
  it.each(seeds)('holds with seed %i, twice to the byte', async (seed) => {
    const [first, second] = [await played('stolen-keys', { seed }), await played('stolen-keys', { seed })];
    expect(first.expectations.filter(({ held }) => !held)).toEqual([]);
    expect(first.unexpected).toEqual([]);
    expect(bytesOf(second)).toBe(bytesOf(first));
  });

  it('tells of each finding when it was found, how it was answered and what was seen afterwards', async () => {
    const { drill, seed, held, findings } = await played('stolen-keys');
    expect({ drill, seed, held }).toEqual({ drill: 'stolen-keys', seed: 1, held: true });
    const rows = findings.map(({ type, foundAfterS, answeredAfterS, run, verdict }) => [
      type,
      foundAfterS,
      answeredAfterS,
      run,
      verdict,
    ]);
    expect(rows.sort()).toEqual([
      ['AttackSequence:IAM/CompromisedCredentials', 300, null, 'noPlaybook', null],
      ['Policy:S3/BucketAnonymousAccessGranted', 300, null, 'noPlaybook', null],
      ['Policy:S3/BucketBlockPublicAccessDisabled', 300, null, 'noPlaybook', null],
      ['Recon:IAMUser/MaliciousIPCaller.Custom', 300, null, 'noPlaybook', null],
      ['Stealth:IAMUser/PasswordPolicyChange', 300, null, 'noPlaybook', null],
      ['UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom', 300, 0, 'verified', 'resolved'],
    ]);
  });
});

describe('the workshop', () => {
  // A hundred by command: npm run drill:repeat -- --drill workshop.
  it('holds, twice to the byte', async () => {
    const [first, second] = [await played('workshop', { seed: 7 }), await played('workshop', { seed: 7 })];
    expect(first.held).toBe(true);
    expect(bytesOf(second)).toBe(bytesOf(first));
  });
});

describe("a user's own drill", () => {
  const file = 'test/drill/user-drill/helpdesk.yaml';

  it('holds, with a template of its own', async () => {
    const result = await played(file);
    expect(result.expectations.filter(({ held }) => !held)).toEqual([]);
    expect(result.unexpected).toEqual([]);
  });

  it('runs in the account that was asked for', async () => {
    const result = await played(file, { account: '314159265358' });
    expect(result.held).toBe(true);
    expect(JSON.stringify(result.expectations)).toContain('314159265358');
  });
});
