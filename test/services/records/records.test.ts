import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ports, servicesOver } from '../../../src/range/services/index.ts';
import { type Account, openAccount } from './account.ts';
import { formOf } from './form.ts';
import { ofIdentities } from './identities.ts';
import { ofMachines } from './machines.ts';
import { ofMessages } from './messages.ts';
import { ofStacks } from './stacks.ts';
import { ofWatching } from './watching.ts';

const documented = { ...ofMachines, ...ofIdentities, ...ofMessages, ...ofStacks, ...ofWatching };

let account: Account;
beforeAll(async () => {
  account = await openAccount();
}, 60_000);
afterAll(() => account.range.close());

const identities = {
  user: { type: 'text', principalId: 'text', arn: 'arn', accountId: 'text', accessKeyId: 'text', userName: 'text' },
  session: {
    type: 'text',
    principalId: 'text',
    arn: 'arn',
    accountId: 'text',
    accessKeyId: 'text',
    sessionContext: {
      sessionIssuer: { type: 'text', principalId: 'text', arn: 'arn', accountId: 'text', userName: 'text' },
      attributes: { creationDate: 'time', mfaAuthenticated: 'text' },
    },
  },
};

test.each(Object.entries(documented))('a record of %s is as AWS prints it', async (name, { by, make, ...shape }) => {
  await make(account);
  const record = account.seen.findLast(({ eventName }) => eventName === name) ?? {};
  expect(formOf(record)).toEqual({
    eventVersion: 'text',
    userIdentity: identities[by],
    eventTime: 'time',
    eventSource: 'text',
    eventName: 'text',
    awsRegion: 'text',
    sourceIPAddress: 'text',
    userAgent: 'text',
    requestParameters: shape.request,
    responseElements: shape.response,
    requestID: 'text',
    eventID: 'text',
    readOnly: 'boolean',
    eventType: 'text',
    managementEvent: 'boolean',
    recipientAccountId: 'text',
    eventCategory: 'text',
    ...shape.more,
  });
  expect(await lookedUp(name, String(record['awsRegion']))).toEqual(
    record['managementEvent'] === true ? record : undefined,
  );
});

test('a call about no bucket records none', async () => {
  await new S3Client(account.user).send(new ListBucketsCommand({}));
  const record = account.seen.findLast(({ eventName }) => eventName === 'ListBuckets');
  expect(record).toMatchObject({ requestParameters: { Host: 's3.us-west-2.amazonaws.com' } });
  expect(record).not.toHaveProperty('resources');
});

test('the records that are said to be documented are those compared here', () => {
  const said = servicesOver({} as Ports).flatMap(({ operations }) =>
    Object.entries(operations).flatMap(([name, { trail }]) =>
      trail?.seen === undefined ? [] : [[trail.name ?? name, trail.seen] as const],
    ),
  );
  const compared = Object.entries(documented).map(([name, { page }]) => [name, page] as const);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(compared));
});

/** What LookupEvents gives of the last call of this name. */
async function lookedUp(AttributeValue: string, region: string): Promise<unknown> {
  const { Events: [last] = [] } = await new CloudTrailClient(account.range.as(undefined, region)).send(
    new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue }], MaxResults: 1 }),
  );
  return last?.CloudTrailEvent === undefined ? undefined : JSON.parse(last.CloudTrailEvent);
}
