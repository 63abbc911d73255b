import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { derivedId } from '../../aws/id.ts';
import type { Verdict } from '../../model/run.ts';
import { inScope, outOfScope, type Plan, type Playbook, playbook, type Undone } from '../playbook.ts';
import { type Narrowing, RevocationPolicy, sidOf } from '../revocation.ts';
import type { Subject } from '../subject.ts';
import { stolenCredentials } from './stolen-credentials.ts';
import type { World } from './world.ts';

/**
 * Refuses every session of the role that was issued before now, as the console's "Revoke active sessions" does, by the
 * same inline policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html
 */
const all: Manner = {
  slug: 'revoke-sessions',
  title: { en: 'Revoke all sessions of the role', ja: 'ロールの全セッションを無効化' },
  policyName: () => 'AWSRevokeOlderSessions',
  only: () => ({}),
};
export const revokeSessions: Playbook = revoking(all);

/**
 * The gentler one: refuses only the stolen session. The date stays in the condition, because an instance keeps its
 * user id when it gets new credentials: without a date it would be locked out for ever.
 */
export const revokeSession: Playbook = revoking({
  slug: 'revoke-session',
  title: { en: 'Revoke one session of the role', ja: 'ロールの一つのセッションを無効化' },
  policyName: (principalId) => `YaguraRevokeSession-${derivedId([principalId], 12)}`,
  only: (principalId) => ({ StringEquals: { 'aws:userid': principalId } }),
});

type Target = {
  readonly roleName: string;
  readonly policyName: string;
  readonly before: string;
};

interface Manner {
  readonly slug: string;
  readonly title: Playbook['title'];
  policyName(principalId: string): string;
  only(principalId: string): Narrowing;
}

function revoking(manner: Manner): Playbook {
  return playbook<Target>({
    slug: manner.slug,
    title: manner.title,
    handles: stolenCredentials,
    permissions: [
      {
        actions: [
          'iam:GetRole',
          'iam:GetRolePolicy',
          'iam:PutRolePolicy',
          'iam:DeleteRolePolicy',
          'iam:SimulatePrincipalPolicy',
        ],
        resources: ['arn:${Partition}:iam::${Account}:role/*'],
      },
    ],
    plan: (subject, world) => plan(manner, subject, world),
    run: async (target, { findingId, accessKey }, world) => {
      const { roleName, policyName, before } = target;
      const policy = await readPolicy(world, roleName, policyName);
      const document = policy.with(sidOf(findingId), before, manner.only(accessKey!.principalId));
      await writePolicy(world, roleName, policyName, document);
      const denied = {
        en: `${policyName} denies sessions issued before ${before}`,
        ja: `${policyName} が ${before} より前に発行されたセッションを拒否します`,
      };
      return { target, evidence: [denied] };
    },
    verify: (subject, world) => verify(manner, subject, world),
    undo: (subject, world) => undo(manner, subject, world),
  });
}

async function plan(manner: Manner, subject: Subject, world: World): Promise<Plan<Target>> {
  const session = subject.accessKey;
  if (session?.userType !== 'AssumedRole') {
    return unsupported(
      `only sessions of roles can be revoked; this is of type "${session?.userType ?? 'none'}"`,
      `無効化できるのはロールのセッションだけです (種類: ${session?.userType ?? 'なし'})`,
    );
  }
  const { userName: roleName, principalId } = session;
  const { Role: role } = await world.iam.send(new GetRoleCommand({ RoleName: roleName }));
  if (role?.Path?.startsWith('/aws-service-role/')) {
    return unsupported(`${roleName} is a service-linked role`, `${roleName} はサービスにリンクされたロールです`);
  }
  const tags = (role?.Tags ?? []).map(({ Value }) => ({ value: Value ?? '' }));
  if (!inScope(world, tags)) return outOfScope(world, `role ${roleName}`);
  const policyName = manner.policyName(principalId);
  const policy = await readPolicy(world, roleName, policyName);
  const done = covers(policy, policyName, manner.only(principalId), subject);
  if (done !== undefined) return done;
  if (manner !== all) {
    // Whoever revoked all sessions revoked this one.
    const wider = await readPolicy(world, roleName, all.policyName(principalId));
    const doneByAll = covers(wider, all.policyName(principalId), {}, subject);
    if (doneByAll !== undefined) return doneByAll;
  }
  const before = new Date(world.now()).toISOString();
  const why = {
    en: `deny ${manner.slug === 'revoke-session' ? `the session ${principalId}` : 'every session'} issued before ${before}; the application on this role must get new credentials`,
    ja: `${before} より前に発行された${manner.slug === 'revoke-session' ? `セッション ${principalId} ` : '全セッション'}を拒否します。このロールのアプリケーションは新しい認証情報が必要です`,
  };
  const resource = role?.Arn ?? roleName;
  return {
    kind: 'steps',
    steps: [
      {
        action: 'iam:PutRolePolicy',
        resource,
        why,
        before: policy.document,
        after: policy.with(sidOf(subject.findingId), before, manner.only(principalId)),
      },
    ],
    target: { roleName, policyName, before },
  };
}

/** Moving the date on each update of the finding would revoke the renewed sessions too. */
function covers(
  policy: RevocationPolicy,
  policyName: string,
  only: Narrowing,
  { firstSeen }: Subject,
): Plan<never> | undefined {
  const before = policy.covered(only);
  if (!(Date.parse(before) >= Date.parse(firstSeen))) return undefined;
  return {
    kind: 'nothing to do',
    why: {
      en: `${policyName} already denies sessions issued before ${before}`,
      ja: `${policyName} は既に ${before} より前のセッションを拒否しています`,
    },
  };
}

/** Asks the policy simulator about the old session and about one issued now. */
async function verify(manner: Manner, subject: Subject, world: World): Promise<Verdict> {
  const { userName, principalId } = subject.accessKey!;
  const { Role: role } = await world.iam.send(new GetRoleCommand({ RoleName: userName }));
  const ask = async (issued: number) => {
    const { EvaluationResults: results = [] } = await world.iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: role?.Arn,
        ActionNames: ['s3:ListAllMyBuckets'],
        ContextEntries: [
          entry('aws:TokenIssueTime', 'date', new Date(issued).toISOString()),
          entry('aws:userid', 'string', principalId),
        ],
      }),
    );
    return results[0];
  };
  const policyName = manner.policyName(principalId);
  const old = await ask(Date.parse(subject.firstSeen) - 1000);
  const fresh = await ask(world.now());
  const revoked =
    old?.EvalDecision === 'explicitDeny' &&
    (old.MatchedStatements ?? []).some(({ SourcePolicyId }) => SourcePolicyId?.endsWith(policyName));
  const by = revoked ? { en: ` by ${policyName}`, ja: ` (${policyName})` } : { en: '', ja: '' };
  const decided = {
    old: { en: old?.EvalDecision ?? 'no answer', ja: old?.EvalDecision ?? '応答なし' },
    fresh: { en: fresh?.EvalDecision ?? 'no answer', ja: fresh?.EvalDecision ?? '応答なし' },
  };
  const open = fresh !== undefined && fresh.EvalDecision !== 'explicitDeny';
  return {
    verdict: revoked && open ? 'resolved' : 'remains',
    evidence: [
      {
        en: `session issued before ${subject.firstSeen}: ${decided.old.en}${by.en}`,
        ja: `${subject.firstSeen} より前に発行されたセッション: ${decided.old.ja}${by.ja}`,
      },
      {
        en: `session issued now: ${decided.fresh.en}`,
        ja: `いま発行したセッション: ${decided.fresh.ja}`,
      },
    ],
  };
}

/** Takes back the statement that answers this finding, and no other's: what else refuses the session goes on doing so. */
async function undo(manner: Manner, { findingId, accessKey }: Subject, world: World): Promise<Undone> {
  const { userName: roleName = '', principalId = '' } = accessKey ?? {};
  const policyName = manner.policyName(principalId);
  const policy = await readPolicy(world, roleName, policyName);
  const sid = sidOf(findingId);
  if (!policy.has(sid)) {
    return {
      kind: 'nothing to undo',
      why: {
        en: `${roleName} has no statement ${sid} in its policy ${policyName}`,
        ja: `${roleName} のポリシー ${policyName} にステートメント ${sid} はありません`,
      },
    };
  }
  await writePolicy(world, roleName, policyName, policy.without(sid));
  const removed = {
    en: `statement ${sid} of ${policyName} removed from ${roleName}`,
    ja: `${roleName} のポリシー ${policyName} からステートメント ${sid} を削除しました`,
  };
  return { kind: 'undone', evidence: [removed] };
}

async function readPolicy(world: World, RoleName: string, PolicyName: string): Promise<RevocationPolicy> {
  try {
    const { PolicyDocument: document = '' } = await world.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    return new RevocationPolicy(decodeURIComponent(document));
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('NoSuchEntity')) return new RevocationPolicy('');
    throw error;
  }
}

async function writePolicy(world: World, RoleName: string, PolicyName: string, PolicyDocument: string): Promise<void> {
  if (PolicyDocument === '') await world.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  else await world.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
}

function entry(ContextKeyName: string, ContextKeyType: 'date' | 'string', value: string) {
  return { ContextKeyName, ContextKeyType, ContextKeyValues: [value] };
}

function unsupported(en: string, ja: string): Plan<never> {
  return { kind: 'unsupported', why: { en, ja } };
}
