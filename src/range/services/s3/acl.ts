import type { JsonObject } from '../../../model/json.ts';
import { accounts } from '../../indexes.ts';
import type { ReadScope } from '../../operation.ts';
import { invalidArgument, malformedXml } from './errors.ts';
import { canonicalId, type Grant, type Permission } from './tables.ts';

const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
const authenticatedUsers = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const logDelivery = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

export interface AclInput {
  readonly ACL?: string;
  readonly AccessControlPolicy?: {
    readonly Grants?: readonly { Grantee?: { ID?: string; URI?: string; Type?: string }; Permission?: Permission }[];
    readonly Owner?: { readonly ID?: string };
  };
  readonly GrantFullControl?: string;
  readonly GrantRead?: string;
  readonly GrantReadACP?: string;
  readonly GrantWrite?: string;
  readonly GrantWriteACP?: string;
}

/** The grants that a call asks for; undefined where it says nothing of an ACL. */
export function grantsOf(input: AclInput, owner: string, bucketOwner: string): readonly Grant[] | undefined {
  const named = headerGrants(input);
  if (input.ACL !== undefined && named.length > 0) {
    throw invalidArgument('Specifying both Canned ACLs and Header Grants is not allowed', 'x-amz-acl', input.ACL);
  }
  if (input.ACL !== undefined) return canned(input.ACL, owner, bucketOwner);
  if (named.length > 0) return named;
  const given = input.AccessControlPolicy;
  if (given === undefined) return undefined;
  return (given.Grants ?? []).map(({ Grantee, Permission: permission }) => {
    if (permission === undefined || Grantee === undefined) throw malformedXml();
    if (Grantee.URI !== undefined) return { grantee: { uri: groupOf(Grantee.URI) }, permission };
    if (Grantee.ID === undefined) throw malformedXml();
    return { grantee: { id: Grantee.ID }, permission };
  });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
function canned(name: string, owner: string, bucketOwner: string): readonly Grant[] {
  const full = (id: string): Grant => ({ grantee: { id }, permission: 'FULL_CONTROL' });
  const group = (uri: string, permission: Permission): Grant => ({ grantee: { uri }, permission });
  const own = full(owner);
  switch (name) {
    case 'private':
      return [own];
    case 'public-read':
      return [own, group(allUsers, 'READ')];
    case 'public-read-write':
      return [own, group(allUsers, 'READ'), group(allUsers, 'WRITE')];
    case 'authenticated-read':
      return [own, group(authenticatedUsers, 'READ')];
    case 'bucket-owner-read':
      return owner === bucketOwner ? [own] : [own, { grantee: { id: bucketOwner }, permission: 'READ' }];
    case 'bucket-owner-full-control':
      return owner === bucketOwner ? [own] : [own, full(bucketOwner)];
    case 'log-delivery-write':
      return [own, group(logDelivery, 'WRITE'), group(logDelivery, 'READ_ACP')];
    default:
      throw invalidArgument('', 'x-amz-acl', name);
  }
}

function headerGrants(input: AclInput): readonly Grant[] {
  const rows: readonly (readonly [string | undefined, Permission])[] = [
    [input.GrantFullControl, 'FULL_CONTROL'],
    [input.GrantRead, 'READ'],
    [input.GrantWrite, 'WRITE'],
    [input.GrantReadACP, 'READ_ACP'],
    [input.GrantWriteACP, 'WRITE_ACP'],
  ];
  return rows.flatMap(([text, permission]) =>
    text === undefined
      ? []
      : text
          .split(',')
          .filter((each) => each.trim() !== '')
          .map((each) => ({ grantee: granteeOf(each), permission })),
  );
}

function granteeOf(text: string): Grant['grantee'] {
  const [, kind, value = ''] = /^\s*(id|uri|emailAddress)\s*=\s*"?([^"]*)"?\s*$/.exec(text) ?? [];
  if (kind === 'id') return { id: value };
  if (kind === 'uri') return { uri: groupOf(value) };
  throw invalidArgument('Argument format not recognized', 'x-amz-grant', text.trim());
}

function groupOf(uri: string): string {
  if (uri === allUsers || uri === authenticatedUsers || uri === logDelivery) return uri;
  throw invalidArgument('Invalid group uri', 'uri', uri);
}

export function isPublicAcl(grants: readonly Grant[]): boolean {
  return grants.some(({ grantee }) => 'uri' in grantee && grantee.uri !== logDelivery);
}

/** As GetBucketAcl and GetObjectAcl answer it. */
export function shownAcl(grants: readonly Grant[], owner: string) {
  return {
    Owner: { ID: owner },
    Grants: grants.map(({ grantee, permission }) => ({
      Grantee: 'id' in grantee ? { ID: grantee.id, Type: 'CanonicalUser' } : { URI: grantee.uri, Type: 'Group' },
      Permission: permission,
    })),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#acl-access-policy-permission-mapping */
const bucketActions: Readonly<Record<Exclude<Permission, 'FULL_CONTROL'>, readonly string[]>> = {
  READ: ['s3:ListBucket', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'],
  WRITE: ['s3:PutObject'],
  READ_ACP: ['s3:GetBucketAcl'],
  WRITE_ACP: ['s3:PutBucketAcl'],
};
const objectActions: typeof bucketActions = {
  READ: ['s3:GetObject', 's3:GetObjectVersion'],
  WRITE: [],
  READ_ACP: ['s3:GetObjectAcl', 's3:GetObjectVersionAcl'],
  WRITE_ACP: ['s3:PutObjectAcl', 's3:PutObjectVersionAcl'],
};

/** An ACL in a policy's words. What the owner's own account may do is decided by its policies, so its grants are left out. */
export function aclDocument(
  kind: 'bucket' | 'object',
  grants: readonly Grant[],
  arn: string,
  scope: ReadScope,
  ignorePublic: boolean,
): JsonObject | undefined {
  const own = canonicalId(scope.account);
  const table = kind === 'bucket' ? bucketActions : objectActions;
  const statements = grants.flatMap(({ grantee, permission }): JsonObject[] => {
    if ('id' in grantee && grantee.id === own) return [];
    if (ignorePublic && isPublicAcl([{ grantee, permission }])) return [];
    const actions = permission === 'FULL_CONTROL' ? Object.values(table).flat() : table[permission];
    const who = principalOf(grantee, scope);
    if (actions.length === 0 || who === undefined) return [];
    return [
      { Effect: 'Allow', ...who, Action: [...actions], Resource: [arn, ...(kind === 'bucket' ? [`${arn}/*`] : [])] },
    ];
  });
  return statements.length === 0 ? undefined : { Version: '2012-10-17', Statement: statements };
}

function principalOf(grantee: Grant['grantee'], scope: ReadScope): JsonObject | undefined {
  if ('uri' in grantee) {
    if (grantee.uri === allUsers) return { Principal: '*' };
    if (grantee.uri === logDelivery) return { Principal: { Service: 'logging.s3.amazonaws.com' } };
    return { Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalType': 'Anonymous' } } };
  }
  for (const [account] of accounts.list(scope.tx)) {
    if (canonicalId(account) === grantee.id) return { Principal: { AWS: `arn:aws:iam::${account}:root` } };
  }
  return undefined;
}
