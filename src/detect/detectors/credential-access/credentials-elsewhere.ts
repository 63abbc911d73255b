import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { callerAddress, isForeign, isPublicIp } from '../../callers.ts';
import type { Detector, Reading, Who } from '../../detector.ts';
import { call, example } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { onSequence } from '../../on-sequence.ts';
import { onThreshold } from '../../on-threshold.ts';
import { accessKey } from '../../subjects.ts';
import type { World } from '../../world.ts';

// Credentials of an instance or function used from where it is not. Lineage says whose they are.

interface Kind {
  readonly name: 'Instance' | 'Resource';
  readonly what: Words;
  readonly of: (who: Pick<Who, 'origin'>) => string | undefined;
  readonly before: readonly JsonObject[];
  readonly by: string;
}

const kinds: readonly Kind[] = [
  {
    name: 'Instance',
    what: { en: 'an instance', ja: 'インスタンス' },
    of: (seen) => seen.origin?.instance,
    before: [],
    by: `role:Web/${example.instance}`,
  },
  {
    name: 'Resource',
    what: { en: 'a function', ja: 'Lambda 関数' },
    of: (seen) => seen.origin?.function,
    before: [
      call('sts:AssumeRole', {
        by: 'lambda.amazonaws.com',
        request: { roleArn: `arn:aws:iam::${example.account}:role/F`, roleSessionName: 'resize' },
        response: { credentials: { accessKeyId: 'ASIARESIZEXXXXXXXXXX' } },
      }),
    ],
    by: 'role:F/resize',
  },
];

const advice: Words = {
  en: 'Revoke the sessions of the role, find how the credentials left, and demand IMDSv2 with a hop limit of one.',
  ja: 'ロールのセッションを失効させ、認証情報の流出経路を特定し、ホップ制限 1 の IMDSv2 を必須にしてください。',
};

export const credentialsElsewhere: readonly Detector[] = [
  ...kinds.flatMap((kind) => [elsewhere(kind, false), elsewhere(kind, true)]),
  onThreshold({
    type: 'Custom:IAMUser/InstanceCredentialsFromTwoAddresses',
    title: {
      en: 'The credentials of an instance were used from two public addresses',
      ja: 'インスタンスの認証情報が 2 つのパブリックアドレスから使用されました',
    },
    advice,
    falsePositives: {
      en: 'The instance was given another public address, or leaves through several gateways.',
      ja: 'インスタンスのパブリックアドレスが変わった場合や、複数のゲートウェイを経由している場合。',
    },
    severity: 5,
    technique: 'T1552.005',
    logs: ['cloudtrail-management', 'cloudtrail-s3-data'],
    on: { kind: 'api-call', who: (who) => who.origin?.instance !== undefined && isForNobody(who), from: isPublicIp },
    reads: [],
    when: byNoEndpoint,
    key: (seen) => seen.origin?.instance ?? '',
    distinct: callerAddress,
    count: 2,
    windowMs: 6 * 3_600_000,
    resource: accessKey,
    says: (seen) => ({
      en: `Credentials of ${seen.origin?.instance} were used from ${seen.address?.text ?? ''} and from another public address within hours.`,
      ja: `${seen.origin?.instance} の認証情報が数時間のうちに ${seen.address?.text ?? ''} と別のパブリックアドレスから使用されました。`,
    }),
    examples: {
      fires: { 'from home, then from elsewhere': [from(example.home), from(example.listed, 60)] },
      stays: {
        'from one address': [from(example.home), from(example.home, 60)],
        'within the network': [from('10.0.1.15'), from(example.home, 60)],
        'through an endpoint': [from(example.home), { ...from(example.listed, 60), vpcEndpointId: 'vpce-1' }],
        'a session of somebody': [
          call('s3:ListBuckets', { by: 'role:Web/alice' }),
          call('s3:ListBuckets', { by: 'role:Web/alice', at: 60, from: example.listed }),
        ],
      },
    },
  }),
  onSequence({
    type: 'Custom:IAMUser/InstanceCredentialsBesideUser',
    title: {
      en: 'The credentials of an instance were used from where a user works',
      ja: 'インスタンスの認証情報がユーザーの作業元アドレスから使用されました',
    },
    advice,
    falsePositives: {
      en: 'Users work on machines that leave through the same gateway as the instance.',
      ja: 'ユーザーがインスタンスと同じゲートウェイを経由するマシンで作業している場合。',
    },
    severity: 5,
    technique: 'T1552.005',
    logs: ['cloudtrail-management', 'cloudtrail-s3-data'],
    on: {
      kind: 'api-call',
      who: (who) => (isUser(who) || who.origin?.instance !== undefined) && isForNobody(who),
      from: isPublicIp,
    },
    reads: [],
    windowMs: 3_600_000,
    steps: [
      { when: (seen) => isUser(seen) && byNoEndpoint(seen), key: callerAddress },
      { when: (seen) => seen.origin?.instance !== undefined && byNoEndpoint(seen), key: callerAddress },
    ],
    resource: accessKey,
    counterpart: (seen) => seen.address?.text ?? '',
    says: (seen) => ({
      en: `Credentials of ${seen.origin?.instance ?? ''} were used from ${seen.address?.text ?? ''}, where a user had called from within the hour.`,
      ja: `${seen.origin?.instance ?? ''} の認証情報が ${seen.address?.text ?? ''} から使用されました。同じアドレスから 1 時間以内にユーザーが呼び出しています。`,
    }),
    examples: {
      fires: { 'a user, then the instance': [call('ssm:SendCommand'), from(example.home, 60)] },
      stays: {
        'from another address': [call('ssm:SendCommand'), from(example.listed, 60)],
        'hours later': [call('ssm:SendCommand'), from(example.home, 7_200)],
        'a role session of somebody': [
          call('ssm:SendCommand'),
          call('s3:ListBuckets', { by: 'role:Web/alice', at: 60 }),
        ],
      },
    },
  }),
];

function elsewhere({ name, what, of, before, by }: Kind, inside: boolean): Detector {
  const [away, home, other] = inside
    ? [example.awsOfOther, example.aws, example.home]
    : [example.home, example.aws, '10.0.1.15'];
  return onActivity({
    type: `UnauthorizedAccess:IAMUser/${name}CredentialExfiltration.${inside ? 'InsideAWS' : 'OutsideAWS'}`,
    title: inside
      ? {
          en: `Credentials of ${what.en} were used from another AWS account`,
          ja: `${what.ja}の認証情報が別の AWS アカウントから使用されました`,
        }
      : {
          en: `Credentials of ${what.en} were used outside AWS`,
          ja: `${what.ja}の認証情報が AWS の外から使用されました`,
        },
    advice,
    falsePositives: {
      en: 'Traffic leaves through your own network, or through an account of yours.',
      ja: '通信が自社ネットワークや自社の別アカウントを経由している場合。',
    },
    severity: 8,
    technique: 'T1552.005',
    logs: ['cloudtrail-management', 'cloudtrail-s3-data'],
    needs: [inside ? 'address-owners' : 'aws-ranges'],
    on: { kind: 'api-call', who: (who) => of(who) !== undefined && isForNobody(who), from: isPublicIp },
    reads: [],
    when: (seen, world) =>
      byNoEndpoint(seen) && (inside ? isOfOther(seen, world) : world.facts.isAws(seen.address?.text ?? '') === false),
    resource: accessKey,
    counterpart: (seen) => seen.address?.text ?? '',
    says: (seen) => ({
      en: `Credentials given to ${of(seen) ?? ''} called ${seen.name} from ${seen.address?.text ?? ''}.`,
      ja: `${of(seen) ?? ''} に与えられた認証情報が ${seen.address?.text ?? ''} から ${seen.name} を呼び出しました。`,
    }),
    examples: {
      fires: {
        'from there': [...before, call('s3:ListBuckets', { by, from: away })],
        'refused, it counts too': [...before, call('s3:ListBuckets', { by, from: away, error: 'AccessDenied' })],
      },
      stays: {
        'from its own account': [...before, call('s3:ListBuckets', { by, from: home })],
        'from another place': [...before, call('s3:ListBuckets', { by, from: other })],
        'a service on its behalf': [...before, call('s3:ListBuckets', { by, from: 'athena.amazonaws.com' })],
        'somebody from there': [call('s3:ListBuckets', { by: 'role:Web/alice', from: away })],
      },
    },
  });
}

function isForNobody(who: Who): boolean {
  return who.text('userIdentity.invokedBy') === undefined;
}

function isUser(who: Who): boolean {
  return who.text('userIdentity.type') === 'IAMUser';
}

function byNoEndpoint(seen: Reading<never>): boolean {
  return !seen.has('vpcEndpointId');
}

function isOfOther(seen: Reading<never>, world: World): boolean {
  const owner = world.facts.ownerOf(seen.address?.text ?? '', seen.time);
  return owner !== undefined && isForeign(owner, seen, world);
}

function from(address: string, at = 0): JsonObject {
  return call('s3:ListBuckets', { by: `role:Web/${example.instance}`, from: address, at });
}
