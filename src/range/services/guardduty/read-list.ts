import { AwsError } from '../../../aws/error.ts';
import { bucketOwners } from '../../indexes.ts';
import type { Preparation } from '../../operation.ts';
import { linkedRole } from '../iam/service-linked-roles.ts';
import { badRequest, invalid } from './errors.ts';
import { limits } from './limits.ts';
import { entriesOf } from './list-file.ts';
import { principal, serviceSession } from './principal.ts';
import type { List } from './tables.ts';

/**
 * Reads a list as GuardDuty does: the caller's rights add the object to the service-linked role, and the role reads it.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-lists-prerequisites.html
 */
export async function readList(
  list: Pick<List, 'id' | 'kind' | 'format' | 'location' | 'expectedBucketOwner'>,
  preparation: Preparation,
): Promise<readonly string[]> {
  const { call, invoke } = preparation;
  const { bucket, key } = placeOf(list.location);
  const owner = bucketOwners.get(call.tx, bucket)?.account;
  if (list.expectedBucketOwner !== undefined && owner !== list.expectedBucketOwner)
    throw invalid('expectedBucketOwner');
  const inside = { account: call.account, region: call.region };
  await invoke({
    ...inside,
    as: call.caller,
    via: principal,
    service: 'iam',
    operation: 'PutRolePolicy',
    input: {
      RoleName: roleName(call),
      PolicyName: policyName(list.id),
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/${key}` }],
      }),
    },
  });
  const answer = await invoke({
    ...inside,
    as: serviceSession(preparation),
    via: principal,
    service: 's3',
    operation: 'GetObject',
    input: { Bucket: bucket, Key: key },
  }).catch((error: unknown) => {
    if (!(error instanceof AwsError)) throw error;
    // AWS's own words for a list that cannot be read are not documented.
    throw badRequest(`the list at ${list.location} cannot be read: ${error.code}: ${error.message}`);
  });
  const entries = entriesOf(await textOf(answer['Body'] as AsyncIterable<Uint8Array>), list.format);
  const max = list.kind === 'threat' ? limits.threatEntries : limits.trustedEntries;
  if (entries.length > max) throw badRequest(`the list has ${entries.length} entries; ${max} are allowed.`);
  return entries;
}

export async function forgetList(id: string, { call, invoke }: Preparation): Promise<void> {
  const input = { RoleName: roleName(call), PolicyName: policyName(id) };
  await invoke({
    account: call.account,
    region: call.region,
    as: call.caller,
    via: principal,
    service: 'iam',
    operation: 'DeleteRolePolicy',
    input,
  }).catch((error: unknown) => {
    // A list that was never activated has no policy.
    if (!(error instanceof AwsError && error.code === 'NoSuchEntity')) throw error;
  });
}

function roleName(call: Preparation['call']): string {
  return linkedRole(principal, call)?.name ?? '';
}

function policyName(id: string): string {
  return `list-${id}`;
}

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_upload-lists.html: four ways to name an object. */
function placeOf(location: string): { readonly bucket: string; readonly key: string } {
  const match =
    /^s3:\/\/([^/]+)\/(.+)$/.exec(location) ??
    /^https?:\/\/s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com\/([^/]+)\/(.+)$/.exec(location) ??
    /^https?:\/\/([^/]+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com\/(.+)$/.exec(location);
  const [, bucket, key] = match ?? [];
  if (bucket === undefined || key === undefined) throw invalid('location');
  return { bucket, key };
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > limits.listBytes) throw badRequest(`the list is larger than ${limits.listBytes} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}
