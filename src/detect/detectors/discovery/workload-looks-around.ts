import { callerAddress, isIp } from '../../callers.ts';
import { call, example, times } from '../../examples.ts';
import { onThreshold } from '../../on-threshold.ts';
import { accessKey } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';

/** What somebody asks first who has found credentials: who they are, and what there is. Programs know that. */
const questions = `sts:GetCallerIdentity iam:GetUser iam:GetAccountSummary iam:GetAccountAuthorizationDetails
  iam:ListUsers iam:ListRoles iam:ListGroups iam:ListPolicies iam:ListAttachedRolePolicies iam:ListAccountAliases
  s3:ListBuckets ec2:DescribeInstances ec2:DescribeSnapshots ec2:DescribeRegions ec2:DescribeVpcs
  ec2:DescribeSecurityGroups rds:DescribeDBInstances rds:DescribeDBSnapshots cloudtrail:DescribeTrails
  guardduty:ListDetectors secretsmanager:ListSecrets ssm:DescribeParameters lambda:ListFunctions dynamodb:ListTables
  kms:ListKeys ecr:DescribeRepositories eks:ListClusters ecs:ListClusters ses:GetSendQuota
  organizations:DescribeOrganization organizations:ListAccounts account:GetAccountInformation`.split(/\s+/);

const { count, windowMs } = thresholds.questions;
const by = `role:Web/${example.instance}`;

export const workloadLooksAround = onThreshold({
  type: 'Custom:IAMUser/WorkloadLooksAround',
  title: {
    en: 'The credentials of a workload are used to look around the account',
    ja: 'ワークロードの認証情報でアカウント内が探索されています',
  },
  advice: {
    en: 'Treat the instance or function as entered: isolate it, revoke the sessions of its role, and look at what was read.',
    ja: 'インスタンスや関数に侵入されたものとして隔離し、ロールのセッションを失効させ、読み取られた内容を確認してください。',
  },
  falsePositives: {
    en: 'An inventory or monitoring program runs there.',
    ja: '棚卸しや監視のプログラムが動いている場合。',
  },
  severity: 5,
  technique: 'T1580',
  logs: ['cloudtrail-management'],
  on: {
    kind: 'api-call',
    calls: questions,
    who: (who) =>
      (who.origin?.instance ?? who.origin?.function) !== undefined && who.text('userIdentity.invokedBy') === undefined,
    from: isIp,
  },
  reads: [],
  when: () => true,
  key: (seen) => seen.origin?.instance ?? seen.origin?.function ?? '',
  distinct: (seen) => `${seen.source} ${seen.name}`,
  count,
  windowMs,
  resource: accessKey,
  counterpart: (seen) => callerAddress(seen) ?? '',
  says: (seen, tally) => ({
    en: `${seen.principal} asked ${tally.count} different things about the account within ${windowMs / 60_000} minutes, the last by ${seen.name}.`,
    ja: `${seen.principal} が ${windowMs / 60_000} 分以内に ${tally.count} 種類の情報収集を行いました。最後は ${seen.name} です。`,
  }),
  examples: {
    fires: {
      'different questions of an instance': asked(count),
      'refused ones count': asked(count, { error: 'AccessDenied' }),
    },
    stays: {
      'one fewer': asked(count - 1),
      'over hours': asked(count, {}, 1_800),
      'the same question again': times(count * 3, (_, at) => call('ec2:DescribeInstances', { by, at })),
      'a person': asked(count, { by: 'role:Web/alice' }),
      'a service with them': asked(count, { from: 'cloudformation.amazonaws.com' }),
    },
  },
});

function asked(many: number, more = {}, everyS = 5) {
  return times(many, (index, at) => call(questions[index] ?? '', { by, at, ...more }), everyS);
}
