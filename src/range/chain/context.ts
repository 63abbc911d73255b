import type { RequestContext } from '../../aws/iam/request.ts';
import type { Caller } from '../caller.ts';
import type { ReadScope, Service } from '../operation.ts';
import { userId } from '../services/sts/identity.ts';
import type { Exchange } from './exchange.ts';

type Keys = Record<string, string | readonly string[]>;

/**
 * The global condition keys of a request, each only where AWS says it is present.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestContext(exchange: Exchange, principalTags: Readonly<Record<string, string>>): RequestContext {
  const { caller, via } = exchange;
  return {
    'aws:CurrentTime': `${new Date(exchange.time).toISOString().slice(0, 19)}Z`,
    'aws:EpochTime': String(Math.floor(exchange.time / 1000)),
    'aws:RequestedRegion': exchange.region,
    // The loopback endpoint stands for AWS's, which speaks TLS only.
    'aws:SecureTransport': 'true',
    'aws:UserAgent': exchange.userAgent,
    'aws:ViaAWSService': String(via !== undefined),
    'aws:PrincipalIsAWSService': String(caller.kind === 'service'),
    ...(via === undefined ? {} : { 'aws:CalledVia': [via], 'aws:CalledViaFirst': via, 'aws:CalledViaLast': via }),
    ...(via === undefined && isIp(exchange.sourceIp) ? { 'aws:SourceIp': exchange.sourceIp } : {}),
    ...principal(caller),
    ...tagKeys('aws:PrincipalTag/', principalTags),
  };
}

/** Keys of the resource, which differ from one requirement of a call to the next. */
export function resourceContext(arn: string, owner: ReadScope, service: Service | undefined): RequestContext {
  if (arn === '*') return { 'aws:ResourceAccount': owner.account };
  return {
    'aws:ResourceAccount': owner.account,
    ...tagKeys('aws:ResourceTag/', service?.tags?.(arn, owner) ?? {}),
    ...(service?.keys?.(arn, owner) ?? {}),
  };
}

function principal(caller: Caller): Keys {
  switch (caller.kind) {
    case 'anonymous':
      return { 'aws:PrincipalType': 'Anonymous', 'aws:userid': 'anonymous' };
    case 'service':
      return {
        'aws:PrincipalServiceName': caller.service,
        'aws:PrincipalServiceNamesList': [caller.service],
        ...(caller.sourceArn === undefined ? {} : { 'aws:SourceArn': caller.sourceArn }),
        ...(caller.sourceAccount === undefined ? {} : { 'aws:SourceAccount': caller.sourceAccount }),
      };
    case 'root':
      return { ...common(caller, 'Account'), ...session(caller), 'aws:PrincipalArn': caller.arn };
    case 'user':
      return {
        ...common(caller, 'User'),
        ...session(caller),
        'aws:PrincipalArn': caller.arn,
        'aws:username': caller.userName,
      };
    case 'assumed-role':
      return {
        ...common(caller, 'AssumedRole'),
        ...session(caller),
        // For a session it is the role's ARN, not the session's.
        'aws:PrincipalArn': caller.roleArn,
        ...(caller.session.roleDelivery === undefined ? {} : { 'ec2:RoleDelivery': caller.session.roleDelivery }),
        ...(caller.session.instanceArn === undefined ? {} : { 'ec2:SourceInstanceARN': caller.session.instanceArn }),
      };
    case 'federated-user':
      return { ...common(caller, 'FederatedUser'), ...session(caller), 'aws:PrincipalArn': caller.arn };
  }
}

function common(caller: Exclude<Caller, { kind: 'anonymous' | 'service' }>, type: string): Keys {
  return { 'aws:PrincipalType': type, 'aws:PrincipalAccount': caller.account, 'aws:userid': userId(caller) };
}

/** Long-term keys carry no MFA key at all: `BoolIfExists` tells the two apart. */
function session(caller: Extract<Caller, { session?: unknown }>): Keys {
  const facts = caller.session;
  if (facts === undefined) return {};
  return {
    'aws:TokenIssueTime': `${new Date(facts.issuedAt).toISOString().slice(0, 19)}Z`,
    'aws:MultiFactorAuthPresent': String(facts.mfa),
    ...(facts.sourceIdentity === undefined ? {} : { 'aws:SourceIdentity': facts.sourceIdentity }),
    ...(facts.webIdentityProvider === undefined ? {} : { 'aws:FederatedProvider': facts.webIdentityProvider }),
  };
}

function tagKeys(prefix: string, tags: Readonly<Record<string, string>>): Keys {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]));
}

function isIp(text: string): boolean {
  return /^[0-9a-fA-F:.]+$/.test(text);
}
