import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import { trailDate } from '../../chain/parameters.ts';
import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { type Credentials, issueSession } from '../../sessions.ts';
import { type Role, roles } from '../iam/tables.ts';
import { chainedSecondsMax } from './limits.ts';

interface AssumeRoleInput {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly DurationSeconds?: number;
  readonly Policy?: string;
  readonly PolicyArns?: readonly { readonly arn?: string }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly TransitiveTagKeys?: readonly string[];
  readonly SourceIdentity?: string;
}

const defaultSeconds = 3600;

export const AssumeRole = operation<AssumeRoleInput>({
  trail: {
    // A record in AWS's guide shows AssumeRole as read-only.
    seen: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html',
    readOnly: true,
    response: (output) => sessionResponse(output),
    resources: (input, call) => [
      { accountId: call.account, type: 'AWS::IAM::Role', ARN: (input as unknown as AssumeRoleInput).RoleArn },
    ],
  },
  handle(input, call) {
    const role = roleOf(call, input.RoleArn);
    const seconds = duration(input, role, call);
    const { caller } = call;
    const inherited = 'session' in caller ? caller.session?.tags : undefined;
    const tags = { ...inherited, ...Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])) };
    const sourceIdentity = input.SourceIdentity ?? ('session' in caller ? caller.session?.sourceIdentity : undefined);
    const arn = `arn:aws:sts::${call.account}:assumed-role/${role.name}/${input.RoleSessionName}`;
    const credentials = issueSession(
      call.tx,
      call.ids,
      {
        kind: 'assumed-role',
        account: call.account,
        arn,
        roleArn: role.arn,
        roleId: role.id,
        roleName: role.name,
        sessionName: input.RoleSessionName,
        session: {
          issuedAt: wholeSecond(call.time),
          expiresAt: call.time + seconds * 1000,
          mfa: 'session' in caller && caller.session?.mfa === true,
          ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
          ...(Object.keys(tags).length === 0 ? {} : { tags }),
          ...sessionPolicies(input),
        },
      },
      call.time + seconds * 1000,
    );
    return {
      AssumedRoleUser: { AssumedRoleId: `${role.id}:${input.RoleSessionName}`, Arn: arn },
      Credentials: wireCredentials(credentials),
      ...(input.Policy === undefined ? {} : { PackedPolicySize: 1 }),
      ...(sourceIdentity === undefined ? {} : { SourceIdentity: sourceIdentity }),
    };
  },
});

function roleOf(call: Call, arn: string): Role {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const role = roles.get(call, name);
  // Authorisation has refused roles that do not exist; a changed path is the same to the caller.
  if (role === undefined || role.arn !== arn) {
    throw new AwsError(
      'AccessDenied',
      `User: ${callerArn(call)} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
      {
        status: 403,
      },
    );
  }
  return role;
}

function callerArn(call: Call): string {
  return 'arn' in call.caller ? call.caller.arn : 'anonymous';
}

function duration(input: AssumeRoleInput, role: Role, call: Call): number {
  const seconds = input.DurationSeconds ?? defaultSeconds;
  if (seconds > role.maxSessionSeconds) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  if (call.caller.kind === 'assumed-role' && seconds > chainedSecondsMax) {
    throw new AwsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  return seconds;
}

function sessionPolicies(input: Pick<AssumeRoleInput, 'Policy' | 'PolicyArns'>): {
  policy?: JsonObject;
  policyArns?: readonly string[];
} {
  return {
    ...(input.Policy === undefined ? {} : { policy: policyDocument(input.Policy) }),
    ...(input.PolicyArns === undefined ? {} : { policyArns: input.PolicyArns.flatMap(({ arn }) => arn ?? []) }),
  };
}

export function policyDocument(text: string): JsonObject {
  try {
    const document: unknown = JSON.parse(text);
    if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document as JsonObject;
  } catch {
    // Falls through to the refusal, which is the same for text that is no JSON.
  }
  throw new AwsError('MalformedPolicyDocument', 'This policy contains invalid Json');
}

/** `aws:TokenIssueTime` has whole seconds: a policy's date written to the second must be able to equal it. */
export function wholeSecond(time: number): number {
  return Math.floor(time / 1000) * 1000;
}

export function wireCredentials(credentials: Credentials) {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: new Date(credentials.expiresAt),
  };
}

/** CloudTrail shows the session and its expiry, never the secret. */
export function sessionResponse(output: Readonly<Record<string, unknown>>): JsonObject {
  const {
    AssumedRoleUser: user,
    Credentials: keys,
    SourceIdentity: sourceIdentity,
  } = output as unknown as {
    readonly SourceIdentity?: string;
    readonly AssumedRoleUser?: { readonly AssumedRoleId: string; readonly Arn: string };
    readonly Credentials: ReturnType<typeof wireCredentials>;
  };
  return {
    ...(user === undefined ? {} : { assumedRoleUser: { assumedRoleId: user.AssumedRoleId, arn: user.Arn } }),
    credentials: {
      accessKeyId: keys.AccessKeyId,
      sessionToken: keys.SessionToken,
      expiration: trailDate(keys.Expiration),
    },
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  };
}
