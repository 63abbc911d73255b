import { instant } from '../instant.ts';
import { type CallerFacts, type SessionKeys, userIdOf } from './caller-facts.ts';
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
  readonly via?: readonly string[] | undefined;
  readonly principalTags?: Readonly<Record<string, string>>;
}

/**
 * The value of a global condition key, asked for in lower case; undefined where AWS says that it is not present.
 * Most policies ask for few of them, so none is made before.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function globalKey(facts: RequestFacts, key: string): string | readonly string[] | undefined {
  const read = byFoldedName.get(key);
  if (read !== undefined) return read(facts);
  if (!key.startsWith(principalTag)) return undefined;
  for (const [name, value] of Object.entries(facts.principalTags ?? {})) {
    if (name.toLowerCase() === key.slice(principalTag.length)) return value;
  }
  return undefined;
}

/** All of them that are present. */
export function contextOf(facts: RequestFacts): ConditionKeys {
  const keys: Keys = {};
  for (const [name, read] of Object.entries(globalKeys)) {
    const value = read(facts);
    if (value !== undefined) keys[name] = value;
  }
  for (const [key, value] of Object.entries(facts.principalTags ?? {})) keys[`aws:PrincipalTag/${key}`] = value;
  return keys;
}

const principalTag = 'aws:principaltag/';

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

type Keys = Record<string, string | readonly string[]>;
type Read = (facts: RequestFacts) => string | readonly string[] | undefined;

const globalKeys: Readonly<Record<string, Read>> = {
  'aws:CurrentTime': ({ time }) => instant(time),
  'aws:EpochTime': ({ time }) => String(Math.floor(time / 1000)),
  'aws:RequestedRegion': ({ region }) => region,
  'aws:SecureTransport': ({ secure }) => String(secure),
  'aws:UserAgent': ({ userAgent }) => userAgent,
  'aws:Referer': ({ referer }) => referer,
  'aws:ViaAWSService': ({ via = [] }) => String(via.length > 0),
  'aws:CalledVia': ({ via = [] }) => (via.length > 0 ? via : undefined),
  'aws:CalledViaFirst': ({ via = [] }) => via[0],
  'aws:CalledViaLast': ({ via = [] }) => via.at(-1),
  // A service that acts, by itself or for somebody, does so from an address that is not the caller's, often no address at all.
  'aws:SourceIp': ({ via = [], caller, sourceIp }) =>
    via.length === 0 && caller.kind !== 'service' && isAddress(sourceIp) ? sourceIp : undefined,
  'aws:PrincipalType': ({ caller }) => principalTypes[caller.kind],
  'aws:PrincipalAccount': ({ caller }) => ('account' in caller ? caller.account : anonymousOnly(caller)),
  'aws:PrincipalArn': ({ caller }) =>
    // The role's ARN, not the session's.
    caller.kind === 'assumed-role' ? caller.roleArn : 'arn' in caller ? caller.arn : undefined,
  'aws:PrincipalIsAWSService': ({ caller }) =>
    caller.kind === 'anonymous' ? undefined : String(caller.kind === 'service'),
  'aws:PrincipalServiceName': ({ caller }) => (caller.kind === 'service' ? caller.service : undefined),
  'aws:PrincipalServiceNamesList': ({ caller }) => (caller.kind === 'service' ? [caller.service] : undefined),
  'aws:SourceArn': ({ caller }) => (caller.kind === 'service' ? caller.sourceArn : undefined),
  'aws:SourceAccount': ({ caller }) => (caller.kind === 'service' ? caller.sourceAccount : undefined),
  'aws:userid': ({ caller }) => userIdOf(caller),
  // Only users have a name: a role's session does not.
  'aws:username': ({ caller }) => (caller.kind === 'user' ? caller.userName : undefined),
  // Long-term keys carry none of these: `BoolIfExists` tells the two apart.
  ...ofSession({
    'aws:TokenIssueTime': ({ issuedAt }) => instant(issuedAt),
    'aws:MultiFactorAuthPresent': ({ mfa }) => String(mfa),
    // The session keeps no moment of its own for the MFA code: it was given when the token was.
    'aws:MultiFactorAuthAge': ({ mfa, issuedAt }, time) =>
      mfa ? String(Math.max(0, Math.floor((time - issuedAt) / 1000))) : undefined,
    'aws:SourceIdentity': ({ sourceIdentity }) => sourceIdentity,
    'aws:FederatedProvider': ({ webIdentityProvider }) => webIdentityProvider,
    'ec2:RoleDelivery': ({ roleDelivery }) => roleDelivery,
    'ec2:SourceInstanceARN': ({ instanceArn }) => instanceArn,
    'aws:Ec2InstanceSourceVpc': ({ instanceVpc }) => instanceVpc,
    'aws:Ec2InstanceSourcePrivateIPv4': ({ instancePrivateIp }) => instancePrivateIp,
  }),
};

const byFoldedName = new Map(Object.entries(globalKeys).map(([name, read]) => [name.toLowerCase(), read]));

function ofSession(
  reads: Readonly<Record<string, (session: SessionKeys, time: number) => string | undefined>>,
): Record<string, Read> {
  return Object.fromEntries(
    Object.entries(reads).map(([name, read]) => [
      name,
      ({ caller, time }: RequestFacts) =>
        'session' in caller && caller.session !== undefined ? read(caller.session, time) : undefined,
    ]),
  );
}

const principalTypes: Readonly<Record<CallerFacts['kind'], string | undefined>> = {
  anonymous: 'Anonymous',
  service: undefined,
  root: 'Account',
  user: 'User',
  'assumed-role': 'AssumedRole',
  'federated-user': 'FederatedUser',
};

function anonymousOnly({ kind }: CallerFacts): string | undefined {
  return kind === 'anonymous' ? 'anonymous' : undefined;
}

/** A service's name may stand where an address does. */
function isAddress(text: string): boolean {
  return /^[0-9a-f:.]+$/i.test(text) && /[.:]/.test(text);
}
