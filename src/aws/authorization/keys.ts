import type { CallerFacts, SessionKeys } from './caller-facts.ts';
import type { ConditionKeys } from './requirement.ts';

export interface RequestFacts {
  readonly caller: CallerFacts;
  /** Epoch milliseconds. */
  readonly time: number;
  /** Where the call is worked on; us-east-1 for global services. */
  readonly region: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly secure: boolean;
  readonly referer?: string;
  /** The services that made the call for the caller, first to last. */
  readonly via?: readonly string[];
  readonly principalTags?: Readonly<Record<string, string>>;
}

type Keys = Record<string, string | readonly string[]>;

/**
 * The global condition keys of a request, each only where AWS says that it is present.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function contextOf(facts: RequestFacts): ConditionKeys {
  const { caller, via = [] } = facts;
  const keys: Keys = {
    'aws:CurrentTime': instant(facts.time),
    'aws:EpochTime': String(Math.floor(facts.time / 1000)),
    'aws:RequestedRegion': facts.region,
    'aws:SecureTransport': String(facts.secure),
    'aws:UserAgent': facts.userAgent,
    'aws:ViaAWSService': String(via.length > 0),
  };
  if (facts.referer !== undefined) keys['aws:Referer'] = facts.referer;
  const [first] = via;
  if (first !== undefined) {
    Object.assign(keys, {
      'aws:CalledVia': via,
      'aws:CalledViaFirst': first,
      'aws:CalledViaLast': via.at(-1) ?? first,
    });
  }
  // A service that acts, by itself or for somebody, does so from an address that is not the caller's, often no address at all.
  else if (caller.kind !== 'service' && isAddress(facts.sourceIp)) keys['aws:SourceIp'] = facts.sourceIp;
  addCaller(keys, caller, facts.time);
  for (const [key, value] of Object.entries(facts.principalTags ?? {})) keys[`aws:PrincipalTag/${key}`] = value;
  return keys;
}

/** Keys of one resource. `service` has its own name for the tags where AWS gives it one (`ec2:ResourceTag/...`). */
export function resourceKeysOf(
  service: string,
  account: string,
  tags: Readonly<Record<string, string>> = {},
): ConditionKeys {
  const keys: Keys = { 'aws:ResourceAccount': account };
  if (service === 's3') keys['s3:ResourceAccount'] = account;
  const own = tagPrefixes[service];
  for (const [key, value] of Object.entries(tags)) {
    keys[`aws:ResourceTag/${key}`] = value;
    if (own !== undefined) keys[own + key] = value;
  }
  return keys;
}

const tagPrefixes: Readonly<Record<string, string>> = {
  ec2: 'ec2:ResourceTag/',
  iam: 'iam:ResourceTag/',
  ssm: 'ssm:resourceTag/',
  secretsmanager: 'secretsmanager:ResourceTag/',
  s3: 's3:BucketTag/',
};

function addCaller(keys: Keys, caller: CallerFacts, time: number): void {
  switch (caller.kind) {
    case 'anonymous':
      add(keys, 'Anonymous', 'anonymous', 'anonymous');
      return;
    case 'service':
      addService(keys, caller);
      return;
    case 'root':
      add(keys, 'Account', caller.account, caller.account, caller.arn);
      break;
    case 'user':
      add(keys, 'User', caller.account, caller.userId, caller.arn);
      // Only users have a name: a role's session does not.
      keys['aws:username'] = caller.userName;
      break;
    case 'assumed-role':
      // The role's ARN, not the session's.
      add(keys, 'AssumedRole', caller.account, `${caller.roleId}:${caller.sessionName}`, caller.roleArn);
      break;
    case 'federated-user':
      add(keys, 'FederatedUser', caller.account, `${caller.account}:${caller.name}`, caller.arn);
      break;
  }
  keys['aws:PrincipalIsAWSService'] = 'false';
  if (caller.session) addSession(keys, caller.session, time);
}

function add(keys: Keys, type: string, account: string, userId: string, arn?: string): void {
  keys['aws:PrincipalType'] = type;
  keys['aws:PrincipalAccount'] = account;
  keys['aws:userid'] = userId;
  if (arn !== undefined) keys['aws:PrincipalArn'] = arn;
}

function addService(keys: Keys, caller: Extract<CallerFacts, { kind: 'service' }>): void {
  keys['aws:PrincipalIsAWSService'] = 'true';
  keys['aws:PrincipalServiceName'] = caller.service;
  keys['aws:PrincipalServiceNamesList'] = [caller.service];
  if (caller.sourceArn !== undefined) keys['aws:SourceArn'] = caller.sourceArn;
  if (caller.sourceAccount !== undefined) keys['aws:SourceAccount'] = caller.sourceAccount;
}

/** Long-term keys carry none of these: `BoolIfExists` tells the two apart. */
function addSession(keys: Keys, session: SessionKeys, time: number): void {
  keys['aws:TokenIssueTime'] = instant(session.issuedAt);
  keys['aws:MultiFactorAuthPresent'] = String(session.mfa);
  // The session keeps no moment of its own for the MFA code: it was given when the token was.
  if (session.mfa) keys['aws:MultiFactorAuthAge'] = String(Math.max(0, Math.floor((time - session.issuedAt) / 1000)));
  const present: Readonly<Record<string, string | undefined>> = {
    'aws:SourceIdentity': session.sourceIdentity,
    'aws:FederatedProvider': session.webIdentityProvider,
    'ec2:RoleDelivery': session.roleDelivery,
    'ec2:SourceInstanceARN': session.instanceArn,
    'aws:Ec2InstanceSourceVpc': session.instanceVpc,
    'aws:Ec2InstanceSourcePrivateIPv4': session.instancePrivateIp,
  };
  for (const [key, value] of Object.entries(present)) if (value !== undefined) keys[key] = value;
}

/** AWS's dates in the request context have whole seconds. */
function instant(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** A service's name may stand where an address does. */
function isAddress(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && /[.:]/.test(text);
}
