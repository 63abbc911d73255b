import type { Address } from '../../../model/activity.ts';
import type { Words } from '../../../model/words.ts';
import { callerAddress, isPublicIp } from '../../callers.ts';
import type { Detector, Listens, Reading } from '../../detector.ts';
import { call, example } from '../../examples.ts';
import { onList } from '../../on-list.ts';
import { accessKey, accessKeyAndBucket } from '../../subjects.ts';
import type { ListUse, World } from '../../world.ts';

// GuardDuty's family of API calls from a listed address: list x what the call is for x resource. Refused calls count.
// https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html

interface Group {
  /** Of the finding type, before and after the colon. */
  readonly purpose: 'Recon' | 'UnauthorizedAccess' | 'Discovery' | 'Exfiltration' | 'Impact';
  readonly resource: 'IAMUser' | 'S3';
  readonly technique: string;
  readonly severity: Readonly<Partial<Record<Ending, number>>>;
  readonly on: Listens;
  readonly fires: string;
  readonly stays: string;
}

type Ending = 'MaliciousIPCaller.Custom' | 'MaliciousIPCaller' | 'TorIPCaller';

const endings: Readonly<Record<Ending, { list: ListUse; from: Listens['from'] & {}; which: Words }>> = {
  'MaliciousIPCaller.Custom': {
    list: 'custom',
    from: listedOn('custom'),
    which: { en: 'an address on your threat list', ja: 'カスタム脅威リストにあるアドレス' },
  },
  MaliciousIPCaller: {
    list: 'known',
    from: listedOn('known'),
    which: { en: 'an address known to be malicious', ja: '悪意があると知られているアドレス' },
  },
  TorIPCaller: {
    list: 'tor-exit',
    from: listedOn('tor-exit'),
    which: { en: 'a Tor exit node', ja: 'Tor の出口ノード' },
  },
};

const groups: readonly Group[] = [
  {
    purpose: 'Recon',
    resource: 'IAMUser',
    technique: 'T1580',
    severity: { 'MaliciousIPCaller.Custom': 5, MaliciousIPCaller: 5, TorIPCaller: 5 },
    on: { kind: 'api-call', families: ['Discovery'] },
    fires: 'cloudtrail:DescribeTrails',
    stays: 'cloudtrail:StopLogging',
  },
  {
    purpose: 'UnauthorizedAccess',
    resource: 'IAMUser',
    technique: 'T1078.004',
    severity: { 'MaliciousIPCaller.Custom': 5, MaliciousIPCaller: 5, TorIPCaller: 5 },
    on: {
      kind: 'api-call',
      families: [
        'CredentialAccess',
        'InitialAccess',
        'Persistence',
        'PrivilegeEscalation',
        'DefenseEvasion',
        'Exfiltration',
        'Execution',
        'Impact',
        'Other',
      ],
    },
    fires: 's3:DeleteBucket',
    stays: 's3:ListBuckets',
  },
  {
    purpose: 'Discovery',
    resource: 'S3',
    technique: 'T1619',
    severity: { 'MaliciousIPCaller.Custom': 8, MaliciousIPCaller: 8, TorIPCaller: 5 },
    on: {
      kind: 'api-call',
      calls: s3('ListObjects ListObjectVersions ListMultipartUploads ListParts HeadObject HeadBucket'),
    },
    fires: 's3:ListObjects',
    stays: 's3:GetObject',
  },
  {
    purpose: 'Exfiltration',
    resource: 'S3',
    technique: 'T1530',
    severity: { MaliciousIPCaller: 8 },
    on: { kind: 'api-call', calls: s3('GetObject CopyObject GetObjectTorrent SelectObjectContent') },
    fires: 's3:GetObject',
    stays: 's3:ListObjects',
  },
  {
    purpose: 'Impact',
    resource: 'S3',
    technique: 'T1485',
    severity: { MaliciousIPCaller: 8 },
    on: { kind: 'api-call', calls: s3('PutObject DeleteObject DeleteObjects DeleteObjectVersion RestoreObject') },
    fires: 's3:DeleteObject',
    stays: 's3:GetObject',
  },
  {
    purpose: 'UnauthorizedAccess',
    resource: 'S3',
    technique: 'T1530',
    severity: { 'MaliciousIPCaller.Custom': 8, TorIPCaller: 8 },
    on: {
      kind: 'api-call',
      calls: s3('PutObject DeleteObject DeleteObjects PutObjectAcl PutObjectTagging UploadPart'),
    },
    fires: 's3:PutObjectAcl',
    stays: 's3:GetObject',
  },
];

export const listedCallers: readonly Detector[] = groups.flatMap((group) =>
  Object.entries(group.severity).map(([ending, severity]) => listed(group, ending as Ending, severity)),
);

/** One function for each list, so that it is asked once for each address. */
function listedOn(list: ListUse) {
  return (address: Address | undefined, world: World) =>
    isPublicIp(address) && (world.lists.names?.(list, address?.text ?? '') ?? true);
}

function listed(group: Group, ending: Ending, severity: number): Detector {
  const { list, which, from } = endings[ending];
  const isS3 = group.resource === 'S3';
  return onList({
    type: `${group.purpose}:${group.resource}/${ending}`,
    title: {
      en: `${isS3 ? 'S3 objects were touched' : 'An API was called'} from ${which.en}`,
      ja: `${which.ja}から${isS3 ? ' S3 オブジェクトが操作されました' : ' API が呼び出されました'}`,
    },
    advice: {
      en: 'If nobody of yours calls from there, the credentials are stolen: revoke their sessions, rotate the key, and look at all that they did.',
      ja: '心当たりのない発信元であれば認証情報が盗まれています。セッションを失効させ、キーをローテーションし、行われた操作をすべて確認してください。',
    },
    severity,
    technique: group.technique,
    logs: [isS3 ? 'cloudtrail-s3-data' : 'cloudtrail-management'],
    falsePositives: {
      en: 'The list is out of date, or somebody of yours calls through a network that others misuse.',
      ja: 'リストが古い場合、または他者に悪用されているネットワークを社内の人が経由している場合。',
    },
    on: { ...group.on, from },
    reads: ['requestParameters.bucketName'],
    list,
    when: (seen) => isData(seen) === isS3,
    value: callerAddress,
    counterpart: (seen) => callerAddress(seen) ?? '',
    resource: isS3 ? accessKeyAndBucket('requestParameters.bucketName') : accessKey,
    says: (seen, match) => ({
      en: `${seen.name} was called by ${seen.principal} from ${match.entry}, ${which.en} (${match.list}).`,
      ja: `${seen.principal} が ${match.entry}（${which.ja}、${match.list}）から ${seen.name} を呼び出しました。`,
    }),
    examples: {
      fires: {
        'from a listed address': [fromThere(group.fires, isS3, example.listed)],
        'refused, from a listed address': [fromThere(group.fires, isS3, example.listed, 'AccessDenied')],
      },
      stays: {
        'from another address': [fromThere(group.fires, isS3, example.home)],
        'by a service': [fromThere(group.fires, isS3, 'cloudformation.amazonaws.com')],
        'another kind of call from there': [fromThere(group.stays, isS3, example.listed)],
        'the other kind of event from there': [fromThere(group.fires, !isS3, example.listed)],
      },
    },
  });
}

function isData(seen: Reading<never>): boolean {
  return seen.text('eventCategory') === 'Data' || seen.flag('managementEvent') === false;
}

function s3(names: string): readonly string[] {
  return names.split(' ').map((name) => `s3:${name}`);
}

function fromThere(name: string, data: boolean, from: string, error?: string) {
  const more = { eventCategory: data ? 'Data' : 'Management', managementEvent: !data };
  const request = { bucketName: 'letters' };
  return call(name, { from, request, more, ...(error === undefined ? {} : { error }) });
}
