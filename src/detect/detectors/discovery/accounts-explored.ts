import type { Words } from '../../../model/words.ts';
import { byColleague, inConsole, sessionOf, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onBurst } from '../../on-burst.ts';
import { onCall } from '../../on-call.ts';
import { thresholds } from '../../thresholds.ts';

// Who is there, what may I become, what can be had: questions whose answers only an intruder lacks.

const advice: Words = {
  en: 'Ask the owner of the credentials what they were doing. If it was not them, revoke the sessions and rotate the key.',
  ja: '認証情報の所有者に作業内容を確認し、本人でなければセッションを失効させてキーをローテーションしてください。',
};
const tool: Words = {
  en: 'A security tool of yours takes stock.',
  ja: '自社のセキュリティツールが棚卸しをしている場合。',
};
const roleArn = 'requestParameters.roleArn';
const modelId = 'requestParameters.modelId';
const messages = [
  'GetSMSAttributes',
  'GetSMSSandboxAccountStatus',
  'ListOriginationNumbers',
  'ListSMSSandboxPhoneNumbers',
];

export const accountsExplored: readonly Detector[] = [
  exceptRoutine(
    onCall({
      type: 'Custom:IAM/AuthorizationDetailsRead',
      title: {
        en: 'All users, roles and their rights were read at once',
        ja: 'すべてのユーザー、ロール、権限が一括で読み取られました',
      },
      advice,
      falsePositives: tool,
      severity: 2,
      technique: 'T1087.004',
      calls: 'iam:GetAccountAuthorizationDetails',
      when: unreviewed,
      fires: { 'by a user': {} },
      stays: { 'users are listed': { name: 'iam:ListUsers' } },
    }),
    { name: 'iam:GetAccountAuthorizationDetails' },
  ),
  onBurst({
    type: 'Custom:IAM/PermissionsSimulated',
    title: {
      en: 'Somebody asks again and again what may be done',
      ja: '許可される操作が繰り返しシミュレートされています',
    },
    advice,
    falsePositives: { en: 'A developer looks for a missing right.', ja: '開発者が足りない権限を調べている場合。' },
    severity: 2,
    technique: 'T1069.003',
    calls: 'iam:SimulatePrincipalPolicy iam:SimulateCustomPolicy',
    reads: [],
    // Pages of the console ask so whether to show a button.
    when: (seen) => unreviewed(seen) && !inConsole(seen) && !byColleague(seen),
    attempts: true,
    key: sessionOf,
    most: thresholds.simulations,
    example: () => ({ name: 'iam:SimulatePrincipalPolicy' }),
    stays: { 'by the console': { more: { sessionCredentialFromConsole: 'true' } } },
  }),
  onBurst({
    type: 'Custom:IAM/PrincipalsGuessed',
    title: {
      en: 'Somebody finds out which users and roles exist elsewhere',
      ja: 'ポリシーを使って他アカウントのプリンシパルの存在が調べられています',
    },
    advice,
    falsePositives: {
      en: 'A template with a faulty policy is tried again.',
      ja: '誤りのあるポリシーを何度も試している場合。',
    },
    severity: 5,
    technique: 'T1087.004',
    calls: `iam:UpdateAssumeRolePolicy iam:CreateRole s3:PutBucketPolicy kms:PutKeyPolicy
      secretsmanager:PutResourcePolicy sqs:SetQueueAttributes sns:SetTopicAttributes lambda:AddPermission
      ecr:SetRepositoryPolicy`,
    reads: [],
    parts: { refused: true },
    // A policy that names who is not there is refused: so that who is told can be told apart.
    when: (seen) => /^(MalformedPolicy|InvalidParameter|InvalidPrincipal)/.test(seen.error),
    attempts: false,
    key: sessionOf,
    most: thresholds.principals,
    example: () => ({ name: 'iam:UpdateAssumeRolePolicy', error: 'MalformedPolicyDocumentException' }),
    stays: { 'they are allowed': { error: '' }, 'nothing is there': { error: 'NoSuchEntityException' } },
  }),
  onBurst({
    type: 'Custom:IAMRole/AssumptionsTried',
    title: { en: 'Many roles were tried and refused', ja: '多数のロールの引き受けが試され、拒否されました' },
    advice,
    falsePositives: {
      en: 'A program looks for its role in many accounts.',
      ja: 'プログラムが多くのアカウントでロールを探している場合。',
    },
    severity: 5,
    technique: 'T1078.004',
    calls: 'sts:AssumeRole',
    reads: [roleArn],
    parts: { refused: true },
    when: (seen) => seen.error.startsWith('AccessDenied'),
    attempts: true,
    key: sessionOf,
    distinct: (seen) => seen.text(roleArn) ?? / on resource: (\S+)/.exec(seen.text('errorMessage') ?? '')?.[1],
    most: thresholds.roles,
    example: (index) => ({
      name: 'sts:AssumeRole',
      error: 'AccessDenied',
      request: { roleArn: `arn:aws:iam::444455556666:role/r${index}` },
    }),
    stays: {
      'one again and again': { request: { roleArn: 'arn:aws:iam::444455556666:role/R' } },
      'they are allowed': { error: '' },
    },
  }),
  onBurst({
    type: 'Custom:BedrockModel/ModelsTried',
    title: { en: 'Somebody tries which models can be invoked', ja: '呼び出せるモデルが次々に試されています' },
    advice,
    falsePositives: { en: 'A developer compares models.', ja: '開発者がモデルを比較している場合。' },
    severity: 5,
    technique: 'T1580',
    calls: 'bedrock:InvokeModel bedrock:InvokeModelWithResponseStream bedrock:Converse bedrock:ConverseStream',
    reads: [modelId],
    parts: { refused: true },
    when: (seen) => /^(AccessDenied|Validation|ResourceNotFound)/.test(seen.error) && !inConsole(seen),
    attempts: true,
    key: sessionOf,
    distinct: (seen) => `${seen.text(modelId) ?? ''} ${seen.region}`,
    most: thresholds.models,
    example: (index) => ({
      name: 'bedrock:InvokeModel',
      error: 'ValidationException',
      request: { modelId: `m${index}` },
    }),
    stays: {
      'one again and again': { request: { modelId: 'm' } },
      'they are throttled': { error: 'ThrottlingException' },
      'they are allowed': { error: '' },
    },
  }),
  onBurst({
    type: 'Custom:SNS/SmsLimitsEnumerated',
    title: { en: 'Somebody finds out how many text messages can be sent', ja: 'SMS の送信枠が調べられています' },
    advice,
    falsePositives: {
      en: 'A program watches its limits in many regions.',
      ja: '複数リージョンの送信枠を監視している場合。',
    },
    severity: 5,
    technique: 'T1580',
    calls: [
      ...messages.map((name) => `sns:${name}`),
      ...['DescribeAccountLimits', 'DescribeSpendLimits', 'DescribePhoneNumbers'].map((name) => `sms-voice:${name}`),
    ].join(' '),
    reads: [],
    when: (seen) => !inConsole(seen),
    attempts: true,
    distinct: (seen) => `${seen.name} ${seen.region}`,
    most: thresholds.mailQuestions,
    example: (index) => ({ name: `sns:${messages[index] ?? ''}` }),
    stays: { 'by the console': { more: { sessionCredentialFromConsole: 'true' } } },
  }),
  onBurst({
    type: 'Custom:IAMUser/RegionsExplored',
    title: { en: 'Instances were looked for in all regions', ja: '多数のリージョンでインスタンスが調べられました' },
    advice,
    falsePositives: tool,
    severity: 2,
    technique: 'T1580',
    calls: 'ec2:DescribeInstances',
    reads: [],
    when: (seen) => unreviewed(seen) && !inConsole(seen),
    attempts: true,
    key: sessionOf,
    distinct: (seen) => seen.region,
    most: thresholds.regions,
    example: (index) => ({ name: 'ec2:DescribeInstances', region: `us-west-${index}` }),
    stays: { 'one region': { region: 'us-west-2' } },
  }),
];
