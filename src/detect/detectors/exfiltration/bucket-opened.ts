import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { notByItself } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { call } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { allowsEveryone, statementsOf, textsUnder } from '../../policies.ts';
import { accessKeyAndBucket } from '../../subjects.ts';

const bucketName = 'requestParameters.bucketName';
const policy = 'requestParameters.bucketPolicy';
const grants = 'requestParameters.AccessControlPolicy.AccessControlList.Grant';
const headers = [
  'requestParameters.x-amz-acl',
  'requestParameters.x-amz-grant-read',
  'requestParameters.x-amz-grant-write',
  'requestParameters.x-amz-grant-read-acp',
  'requestParameters.x-amz-grant-write-acp',
  'requestParameters.x-amz-grant-full-control',
] as const;
type Read = typeof bucketName | typeof policy | typeof grants | (typeof headers)[number];

interface Opening {
  readonly type: string;
  readonly to: Words;
  readonly group: string;
  readonly canned: readonly string[];
  readonly byPolicy: boolean;
  readonly nearMiss: string;
}

const everybody = 'http://acs.amazonaws.com/groups/global/AllUsers';
const signedIn = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';

// Whether the bucket is then open depends on Block Public Access too: GuardDuty speaks all the same, and so does this.
export const bucketOpened: readonly Detector[] = [
  opened({
    type: 'Policy:S3/BucketAnonymousAccessGranted',
    to: { en: 'everybody', ja: 'すべての人' },
    group: everybody,
    canned: ['public-read', 'public-read-write'],
    byPolicy: true,
    nearMiss: signedIn,
  }),
  opened({
    type: 'Policy:S3/BucketPublicAccessGranted',
    to: { en: 'everybody who has an AWS account', ja: 'AWS アカウントを持つすべての人' },
    group: signedIn,
    canned: ['authenticated-read'],
    byPolicy: false,
    nearMiss: everybody,
  }),
];

function opened({ type, to, group, canned, byPolicy, nearMiss }: Opening): Detector {
  const opens = (seen: Seen<Read>) =>
    headers.some((path) => valuesOf(seen, path).some((value) => canned.includes(value) || value.includes(group))) ||
    textsUnder(seen.json(grants), 'Grantee.URI').includes(group) ||
    (byPolicy && statementsOf(seen.json(policy)).some(allowsEveryone));
  return onActivity<Read>({
    type,
    title: { en: `A bucket was opened to ${to.en}`, ja: `バケットが${to.ja}に公開されました` },
    advice: {
      en: 'Take the grant back, switch on Block Public Access, and look in the access logs for who read meanwhile.',
      ja: '許可を取り消してパブリックアクセスブロックを有効にし、その間に誰が読み取ったかアクセスログで確認してください。',
    },
    severity: 8,
    technique: 'T1530',
    logs: ['cloudtrail-management'],
    falsePositives: {
      en: 'The bucket holds a web site or data that is meant to be public.',
      ja: '公開を意図したウェブサイトやデータのバケットである場合。',
    },
    on: { kind: 'api-call', calls: ['s3:PutBucketAcl', 's3:PutBucketPolicy', 's3:CreateBucket'], who: notByItself },
    reads: [bucketName, policy, grants, ...headers],
    when: (seen) => seen.error === '' && opens(seen),
    resource: accessKeyAndBucket(bucketName),
    says: (seen) => ({
      en: `${seen.principal} opened the bucket ${seen.text(bucketName)} to ${to.en} (${seen.name}).`,
      ja: `${seen.principal} がバケット ${seen.text(bucketName)} を${to.ja}に公開しました（${seen.name}）。`,
    }),
    examples: {
      fires: {
        'by a canned ACL': [put('Acl', { 'x-amz-acl': [canned[0]!] })],
        'by a grant': [put('Acl', granted(group))],
        'by a header': [put('Acl', { 'x-amz-grant-read': `uri="${group}"` })],
        ...(byPolicy ? { 'by a policy': [put('Policy', { bucketPolicy: allowing('*') })] } : {}),
      },
      stays: {
        'it is refused': [put('Acl', granted(group), 'AccessDenied')],
        'a service does it by itself': [
          call('s3:PutBucketAcl', { by: 'config.amazonaws.com', request: granted(group) }),
        ],
        'a private ACL': [put('Acl', { 'x-amz-acl': ['private'] })],
        'the other group': [put('Acl', granted(nearMiss))],
        'a policy for one account': [put('Policy', { bucketPolicy: allowing('111122223333') })],
        'a policy for everybody of the organisation': [
          put('Policy', { bucketPolicy: allowing('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-example' } }) }),
        ],
        'a policy that denies everybody': [put('Policy', { bucketPolicy: allowing('*', {}, 'Deny') })],
      },
    },
  });
}

/** A header is recorded as a text or as a list of them. */
function valuesOf(seen: Seen<Read>, path: Read): readonly string[] {
  const text = seen.text(path);
  return text === undefined ? seen.list(path) : [text];
}

function put(what: 'Acl' | 'Policy', request: JsonObject, error?: string) {
  const given = { request: { bucketName: 'letters', ...request } };
  return call(`s3:PutBucket${what}`, error === undefined ? given : { ...given, error });
}

function granted(URI: string): JsonObject {
  const owner = { Grantee: { ID: 'a1', 'xsi:type': 'CanonicalUser' }, Permission: 'FULL_CONTROL' };
  const Grant = [owner, { Grantee: { URI, 'xsi:type': 'Group' }, Permission: 'READ' }];
  return { AccessControlPolicy: { AccessControlList: { Grant } } };
}

function allowing(AWS: string, Condition: JsonObject = {}, Effect = 'Allow'): JsonObject {
  const Resource = 'arn:aws:s3:::letters/*';
  return {
    Version: '2012-10-17',
    Statement: [{ Effect, Principal: { AWS }, Action: 's3:GetObject', Resource, Condition }],
  };
}
