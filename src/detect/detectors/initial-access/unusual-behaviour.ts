import type { Json, JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { byColleague, handParts, onItsOwn } from '../../callers.ts';
import type { Detector, Listens, Who } from '../../detector.ts';
import { call, example, times } from '../../examples.ts';
import type { Family } from '../../families.ts';
import { onUnusual, type UnusualDetection } from '../../on-unusual.ts';
import { accessKey, accessKeyAndBucket } from '../../subjects.ts';
import { thresholds } from '../../thresholds.ts';

// GuardDuty's anomaly types. Its models are not public: ours ask for a new call and a new network together.
// https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html

const bucketName = 'requestParameters.bucketName';
const modelId = 'requestParameters.modelId';
const request = 'requestParameters';

const { learnMs, windowMs } = thresholds.learning;
const daysKnown = Math.ceil(learnMs / 86_400_000) + 1;

interface Row {
  readonly type: string;
  readonly severity: number;
  readonly technique: string;
  readonly what: Words;
  readonly on: Listens;
  /** Of S3 data events: then the bucket is part of what is done. */
  readonly data?: boolean;
  readonly count?: number;
  readonly call: string;
}

const families: readonly (readonly [Family, number, string, Words, string])[] = [
  ['CredentialAccess', 5, 'T1552', { en: 'reads secrets', ja: '認証情報の読み取り' }, 'secretsmanager:GetSecretValue'],
  ['DefenseEvasion', 5, 'T1562', { en: 'switches off controls', ja: '防御機能の停止' }, 'ec2:DeleteFlowLogs'],
  ['Discovery', 2, 'T1580', { en: 'looks around', ja: '探索' }, 'ec2:DescribeInstances'],
  ['Exfiltration', 8, 'T1537', { en: 'copies data out', ja: 'データの持ち出し' }, 'ec2:CreateSnapshot'],
  ['Impact', 8, 'T1485', { en: 'destroys or tampers', ja: '破壊や改ざん' }, 'ec2:TerminateInstances'],
  ['InitialAccess', 5, 'T1078.004', { en: 'opens sessions', ja: 'セッションの開始' }, 'ssm:StartSession'],
  ['Persistence', 5, 'T1098', { en: 'makes ways back in', ja: '永続化' }, 'iam:CreateUser'],
  ['PrivilegeEscalation', 5, 'T1098', { en: 'widens its rights', ja: '権限の拡大' }, 'iam:PutUserPolicy'],
];

const s3 = (names: string): Listens => ({ kind: 'api-call', calls: names.split(' ').map((name) => `s3:${name}`) });

const rows: readonly Row[] = [
  ...families.map(([family, severity, technique, what, name]) => ({
    type: `${family}:IAMUser/AnomalousBehavior`,
    severity,
    technique,
    what,
    on: { kind: 'api-call', families: [family] } as const,
    ...(family === 'Discovery' ? { count: thresholds.burst.readingCount } : {}),
    call: name,
  })),
  {
    type: 'Discovery:S3/AnomalousBehavior',
    severity: 2,
    technique: 'T1619',
    what: { en: 'lists buckets', ja: 'バケットの一覧取得' },
    on: s3('ListObjects ListObjectVersions ListMultipartUploads HeadObject HeadBucket'),
    data: true,
    call: 's3:ListObjects',
  },
  {
    type: 'Exfiltration:S3/AnomalousBehavior',
    severity: 8,
    technique: 'T1530',
    what: { en: 'reads objects', ja: 'オブジェクトの読み取り' },
    on: s3('GetObject CopyObject SelectObjectContent GetObjectTorrent'),
    data: true,
    call: 's3:GetObject',
  },
  {
    type: 'Impact:S3/AnomalousBehavior.Delete',
    severity: 8,
    technique: 'T1485',
    what: { en: 'deletes objects', ja: 'オブジェクトの削除' },
    on: s3('DeleteObject DeleteObjects DeleteObjectVersion DeleteBucket'),
    data: true,
    call: 's3:DeleteObject',
  },
  {
    type: 'Impact:S3/AnomalousBehavior.Permission',
    severity: 8,
    technique: 'T1222',
    what: { en: 'changes permissions', ja: '権限の変更' },
    on: s3('PutObjectAcl PutBucketAcl PutBucketPolicy DeleteBucketPolicy'),
    data: true,
    call: 's3:PutObjectAcl',
  },
  {
    type: 'Impact:S3/AnomalousBehavior.Write',
    severity: 5,
    technique: 'T1565',
    what: { en: 'writes objects', ja: 'オブジェクトの書き込み' },
    on: s3('PutObject CopyObject CreateMultipartUpload CompleteMultipartUpload RestoreObject'),
    data: true,
    call: 's3:PutObject',
  },
  {
    type: 'Impact:IAMUser/AnomalousModelInvocation',
    severity: 2,
    technique: 'AML.T0040',
    what: { en: 'invokes models', ja: 'モデルの呼び出し' },
    on: {
      kind: 'api-call',
      calls: [
        'bedrock:InvokeModel',
        'bedrock:InvokeModelWithResponseStream',
        'bedrock:Converse',
        'bedrock:ConverseStream',
        'sagemaker:InvokeEndpoint',
      ],
    },
    call: 'bedrock:InvokeModel',
  },
];

export const unusualBehaviour: readonly Detector[] = rows.map(unusual);

function unusual({
  type,
  severity,
  technique,
  what,
  on,
  data = false,
  call: name,
  count = thresholds.burst.count,
}: Row) {
  const isModel = name.startsWith('bedrock:');
  const looks = type === 'Discovery:IAMUser/AnomalousBehavior';
  const detection: UnusualDetection<typeof bucketName | typeof modelId | typeof request> = {
    type,
    title: { en: `A principal ${what.en} in an unusual way`, ja: `プリンシパルの普段と異なる${what.ja}です` },
    advice: {
      en: 'Ask the owner of the credentials. If it was not them, revoke the sessions, rotate the key, and look at all calls from that network.',
      ja: '認証情報の所有者に確認し、本人でなければセッションを失効させてキーをローテーションし、その発信元の呼び出しをすべて調べてください。',
    },
    falsePositives: {
      en: 'Somebody travels or has a new task; a program is moved.',
      ja: '出張や担当変更、プログラムの移設があった場合。',
    },
    // Many people share a role of the portal, and they travel.
    severity: (seen) => (byColleague(seen) ? Math.min(severity, 3) : severity),
    technique,
    logs: [data ? 'cloudtrail-s3-data' : 'cloudtrail-management'],
    on: { ...on, ...handParts, who: isNamed, refused: false },
    reads: looks ? [bucketName, modelId, request] : [bucketName, modelId],
    when: () => true,
    value: (seen) =>
      data ? `${seen.name} ${seen.text(bucketName) ?? ''}` : isModel ? (seen.text(modelId) ?? seen.name) : seen.name,
    steady: !data && !isModel,
    learnMs,
    windowMs,
    burst: { count, windowMs: thresholds.burst.windowMs },
    // Code that keeps a state asks about what it made, by name; who looks around does not know any.
    ...(looks ? { counts: (seen) => !namesSomething(seen.json(request)) } : {}),
    resource: data ? accessKeyAndBucket(bucketName) : accessKey,
    says: (seen, { value, network }) => ({
      en:
        network === ''
          ? `${seen.principal} did many different things of this kind within an hour, ${value} the last; its past is not known.`
          : `${seen.principal} did ${value}, which is new for it, from a network that is new for it (${network}).`,
      ja:
        network === ''
          ? `${seen.principal} が 1 時間以内に多種の操作を行いました（最後は ${value}）。過去の記録はありません。`
          : `${seen.principal} が初めての ${value} を、初めてのネットワーク（${network}）から行いました。`,
    }),
    examples: looks
      ? looking(examplesOf(name, on, data, isModel, count), count)
      : examplesOf(name, on, data, isModel, count),
  };
  return onUnusual(detection);
}

/** A text anywhere in the request names something, unless it only pages through the answer. */
function namesSomething(value: Json | undefined, name = ''): boolean {
  if (typeof value === 'string') return value !== '' && !paging.test(name);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([inner, each]) => namesSomething(each, inner));
}

const paging = /token$|^marker$|^host$/i;

function looking(examples: ReturnType<typeof examplesOf>, count: number) {
  const asked = (about?: JsonObject) =>
    times(count, (index, at) =>
      call(`ec2:Describe${index}`, { at, ...(about === undefined ? {} : { request: about }) }),
    );
  return {
    fires: {
      ...examples.fires,
      'many things without a past, none of them by name': asked({ maxResults: 50, filterSet: {} }),
    },
    stays: {
      ...examples.stays,
      'code that asks about its own, by name': asked({ instancesSet: { items: [{ instanceId: 'i-1' }] } }),
    },
  };
}

function isNamed(who: Who): boolean {
  return who.principal !== '' && onItsOwn(who);
}

function examplesOf(name: string, on: Listens, data: boolean, isModel: boolean, count: number) {
  const one = (index: number, more: Parameters<typeof call>[1] = {}): JsonObject =>
    call(name, { request: { bucketName: `b${index}`, modelId: `m${index}` }, ...more });
  const known = times(daysKnown, (_, at) => one(0, { at }), 86_400);
  const later = daysKnown * 86_400;
  const fresh = data || isModel ? one(1, { at: later, from: example.listed }) : undefined;
  const others = othersOf(on, name);
  const next = (index: number, more: Parameters<typeof call>[1]) =>
    data || isModel ? one(index + 1, more) : call(others[index % others.length] ?? name, more);
  const fired: readonly JsonObject[] =
    fresh === undefined ? [...known, next(0, { at: later, from: example.listed })] : [...known, fresh];
  return {
    fires: {
      'something new from a new network': fired,
      ...(data || isModel ? { 'many things without a past': times(count, (index, at) => one(index, { at })) } : {}),
    },
    stays: {
      'something new from the usual network': [...known, next(0, { at: later })],
      'the usual from a new network': [...known, one(0, { at: later, from: example.listed })],
      'it is refused': [...known, { ...fired.at(-1)!, errorCode: 'AccessDenied' }],
      'a service for it': [...known, { ...fired.at(-1)!, sourceIPAddress: 'cloudformation.amazonaws.com' }],
      'few things without a past': times(count - 1, (index, at) => one(data || isModel ? index : 0, { at })),
    },
  };
}

/** Another call that the row hears. */
function othersOf(on: Listens, name: string): readonly string[] {
  const byFamily: Readonly<Partial<Record<Family, string>>> = {
    CredentialAccess: 'ec2:GetPasswordData',
    DefenseEvasion: 'cloudtrail:StopLogging',
    Discovery: 'iam:ListUsers',
    Exfiltration: 's3:PutBucketReplication',
    Impact: 'kms:ScheduleKeyDeletion',
    InitialAccess: 'sts:GetFederationToken',
    Persistence: 'iam:CreateAccessKey',
    PrivilegeEscalation: 'iam:AttachUserPolicy',
  };
  return (on.families ?? []).map((family) => byFamily[family] ?? name);
}
