import { expect, test } from 'vitest';
import type { JsonObject } from '../../../model/json.ts';
import { activityOf, isProblem } from '../../../sources/activity-of.ts';
import { Engine } from '../../engine.ts';
import { exampleWorld } from '../../example-world.ts';
import { type CallExample, call } from '../../examples.ts';
import { mfaRemoved } from './mfa-removed.ts';

const withMfa = { attributes: { mfaAuthenticated: 'true' } };

/** Alice's MFA session, unless a row says otherwise. */
function of(name: string, userName: string, given: CallExample = {}, sessionContext: JsonObject = withMfa): JsonObject {
  const record = call(`iam:${name}`, { request: { userName, serialNumber: `arn:aws:iam::1:mfa/${name}` }, ...given });
  return { ...record, userIdentity: { ...(record['userIdentity'] as JsonObject), sessionContext } };
}

function severities(records: readonly JsonObject[]): readonly number[] {
  const engine = new Engine([mfaRemoved], exampleWorld);
  return records.flatMap((record) => {
    const activity = activityOf(record);
    return isProblem(activity) ? [] : engine.see(activity).map(({ severity }) => severity);
  });
}

test.each<[string, readonly JsonObject[], readonly number[]]>([
  ['who has enabled another', [of('EnableMFADevice', 'alice'), of('DeactivateMFADevice', 'alice', { at: 60 })], [2]],
  ['who has none any more', [of('DeactivateMFADevice', 'alice')], [5]],
  ['another one’s', [of('EnableMFADevice', 'bob'), of('DeactivateMFADevice', 'bob', { at: 60 })], [5]],
  ['another user has enabled one', [of('EnableMFADevice', 'bob'), of('DeactivateMFADevice', 'alice', { at: 60 })], [5]],
  [
    'who did not sign in with it',
    [of('EnableMFADevice', 'alice', {}, {}), of('DeactivateMFADevice', 'alice', { at: 60 }, {})],
    [5],
  ],
  [
    'the other one was refused',
    [of('EnableMFADevice', 'alice', { error: 'AccessDenied' }), of('DeactivateMFADevice', 'alice', { at: 60 })],
    [5],
  ],
  ['what is out of use is deleted', [call('iam:DeleteVirtualMFADevice', { request: { serialNumber: 'x' } })], [2]],
])('%s', (_, records, expected) => {
  expect(severities(records)).toEqual(expected);
});
