import { instant } from '../../aws/instant.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Caller, SessionFacts } from '../caller.ts';

/** Its JSON. A key's row says the same of its caller at every call while it is the same object. */
export function identityText(caller: Caller, via: string | undefined): string {
  if (via !== undefined || !Object.isFrozen(caller)) return JSON.stringify(userIdentity(caller, via));
  const known = texts.get(caller) ?? JSON.stringify(userIdentity(caller));
  texts.set(caller, known);
  return known;
}

const texts = new WeakMap<Caller, string>();

/**
 * `userIdentity` of a CloudTrail record for each kind of caller, as
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html shows it.
 */
function userIdentity(caller: Caller, via?: string): JsonObject {
  const invokedBy = via === undefined ? {} : { invokedBy: via };
  switch (caller.kind) {
    case 'anonymous':
      return { type: 'AWSAccount', principalId: '', accountId: 'anonymous' };
    case 'service':
      return { type: 'AWSService', invokedBy: caller.service };
    case 'root':
      return {
        type: 'Root',
        principalId: caller.account,
        arn: caller.arn,
        accountId: caller.account,
        accessKeyId: caller.accessKeyId,
        ...invokedBy,
      };
    case 'user':
      return {
        type: 'IAMUser',
        principalId: caller.userId,
        arn: caller.arn,
        accountId: caller.account,
        accessKeyId: caller.accessKeyId,
        userName: caller.userName,
        ...(caller.session === undefined ? {} : { sessionContext: { attributes: attributes(caller.session) } }),
        ...invokedBy,
      };
    case 'assumed-role':
      return {
        type: 'AssumedRole',
        principalId: `${caller.roleId}:${caller.sessionName}`,
        arn: caller.arn,
        accountId: caller.account,
        accessKeyId: caller.accessKeyId,
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            principalId: caller.roleId,
            arn: caller.roleArn,
            accountId: caller.account,
            userName: caller.roleName,
          },
          ...(caller.session.sourceIdentity === undefined ? {} : { sourceIdentity: caller.session.sourceIdentity }),
          attributes: attributes(caller.session),
          ...(caller.session.roleDelivery === undefined ? {} : { ec2RoleDelivery: caller.session.roleDelivery }),
        },
        ...invokedBy,
      };
    case 'federated-user':
      return {
        type: 'FederatedUser',
        principalId: `${caller.account}:${caller.name}`,
        arn: caller.arn,
        accountId: caller.account,
        accessKeyId: caller.accessKeyId,
        sessionContext: {
          sessionIssuer: {
            type: 'IAMUser',
            principalId: caller.issuerId,
            arn: caller.issuerArn,
            accountId: caller.account,
            userName: caller.issuerArn.slice(caller.issuerArn.lastIndexOf('/') + 1),
          },
          attributes: attributes(caller.session),
        },
        ...invokedBy,
      };
  }
}

function attributes(session: SessionFacts): JsonObject {
  return { creationDate: instant(session.issuedAt), mfaAuthenticated: String(session.mfa) };
}

/** What policies and refusals know a caller by; '' where it has none. */
export function principalIdOf(caller: Caller): string {
  const { principalId } = userIdentity(caller);
  return typeof principalId === 'string' ? principalId : '';
}
