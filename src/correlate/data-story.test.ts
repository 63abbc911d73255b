import { describe, expect, test } from 'vitest';
import { type Given, stealth, told } from '../../test/fakes/sightings.ts';

describe('data in buckets', () => {
  const looked = { type: 'Discovery:S3/MaliciousIPCaller', who: 'alice', technique: 'T1619', severity: 8 };
  const destroyed = { type: 'Impact:S3/MaliciousIPCaller', who: 'alice', minute: 5, technique: 'T1485', severity: 8 };
  const types = (given: readonly Given[]) => told(given).stories.map(({ type }) => type);
  const both = ['AttackSequence:IAM/CompromisedCredentials', 'AttackSequence:S3/CompromisedData'];

  test('that is looked for and destroyed is a story beside that of the credentials', () => {
    expect(types([looked, destroyed]).sort()).toEqual(both);
    expect(told([looked, destroyed]).stories.map(({ severity, resource }) => [severity, resource.type])).toEqual([
      [9, 'AttackSequence'],
      [9, 'AttackSequence'],
    ]);
    const all = told([looked, destroyed, { ...destroyed, minute: 9, technique: 'T1486' }]);
    expect(all.stories).toHaveLength(2);
    expect(new Set(all.marked.map(({ story }) => story?.id)).size).toBe(1);
  });

  test.each<[string, readonly Given[]]>([
    ['only looked for', [looked, { ...stealth, severity: 8 }]],
    ['only taken', [destroyed, { ...stealth, severity: 8 }]],
    ['looked for, and its logs stopped', [looked, { ...stealth, type: 'Stealth:S3/ServerAccessLoggingDisabled' }]],
    ['by two', [looked, { ...destroyed, who: 'bob' }]],
    ['a bucket that was opened', [looked, { ...destroyed, type: 'Policy:S3/BucketAnonymousAccessGranted' }]],
    ['days apart', [looked, { ...destroyed, minute: 3 * 24 * 60 }]],
  ])('is none: %s', (_, given) => {
    expect(types(given)).not.toContain('AttackSequence:S3/CompromisedData');
  });
});
