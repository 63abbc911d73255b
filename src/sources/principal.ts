/**
 * One stable name for whoever called. Session names are endless, so a session is named by its role; callers without
 * ARN (Identity Center, web identity) by what else identifies them. '' when the record names nobody.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function principalOf(text: (path: IdentityPath) => string | undefined): string {
  const type = text('userIdentity.type');
  const account = text('userIdentity.accountId') ?? '';
  const arn = text('userIdentity.arn');
  if (type === 'AssumedRole' || type === 'Role') {
    return text('userIdentity.sessionContext.sessionIssuer.arn') ?? roleArnOf(arn) ?? roleIdOf(text) ?? '';
  }
  if (type === 'Root') return `arn:aws:iam::${account}:root`;
  if (type === 'AWSService') return text('userIdentity.invokedBy') ?? 'aws-service';
  if (type === 'IAMUser' && arn === undefined && text('userIdentity.userName') !== undefined) {
    return `arn:aws:iam::${account}:user/${text('userIdentity.userName')}`;
  }
  return (
    roleArnOf(arn) ??
    arn ??
    text('userIdentity.onBehalfOf.userId') ??
    roleIdOf(text) ??
    text('userIdentity.userName') ??
    text('userIdentity.identityProvider') ??
    text('userIdentity.invokedBy') ??
    account
  );
}

export const identityPaths = [
  'userIdentity.type',
  'userIdentity.accountId',
  'userIdentity.arn',
  'userIdentity.principalId',
  'userIdentity.userName',
  'userIdentity.invokedBy',
  'userIdentity.identityProvider',
  'userIdentity.onBehalfOf.userId',
  'userIdentity.sessionContext.sessionIssuer.arn',
] as const;
export type IdentityPath = (typeof identityPaths)[number];

function roleArnOf(arn: string | undefined): string | undefined {
  const [, partition, account, role] = arn === undefined ? [] : (assumedRole.exec(arn) ?? []);
  return role === undefined ? undefined : `arn:${partition}:iam::${account}:role/${role}`;
}

const assumedRole = /^arn:(aws[a-z-]*):sts::(\d*):assumed-role\/([^/]+)/;

/** `AROA…:session` is the role's id and a session's name; `issuer:application:user` of a web identity is kept whole. */
function roleIdOf(text: (path: IdentityPath) => string | undefined): string | undefined {
  const id = text('userIdentity.principalId');
  return id !== undefined && /^A[A-Z0-9]{15,}:/.test(id) ? id.slice(0, id.indexOf(':')) : id;
}
