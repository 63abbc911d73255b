import { UserError } from '../errors.ts';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What was said about where a playbook acts, and as whom. */
export interface Said {
  /** Of the finding. */
  readonly about: { readonly account: string; readonly partition: string; readonly region: string };
  /** `--account`: a real one, by its id. */
  readonly account: string | undefined;
  readonly endpoint: string | undefined;
  readonly keys: Keys | undefined;
}

/** Where a playbook acts: nothing of it was looked up. */
export interface AwsPlace {
  readonly account: string;
  readonly region: string;
  readonly keys: Keys;
  readonly endpoints: Readonly<Record<'iam' | 'ec2' | 'sts' | 'events', string>>;
  /** IAM's signatures name this region. */
  readonly globalRegion: string;
  readonly loopback: boolean;
}

/**
 * The interlock, before any call: this machine, or the account that is named; keys that were given; a finding of that
 * very account, because a role or subnet of the same name may live in another one.
 */
export function placeOf({ about, account, endpoint, keys }: Said): AwsPlace {
  const loopback = endpoint !== undefined && isLoopback(endpoint);
  if (!loopback && account === undefined) throw accountNotNamed(endpoint);
  if (account !== undefined && account !== about.account) throw otherAccount(about.account, `--account ${account}`);
  if (endpoint !== undefined && !loopback && !endpoint.startsWith('https://')) throw notEncrypted(endpoint);
  // It becomes part of a host's name, and whoever wrote the finding must not choose the host.
  if (!/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(about.region)) throw noRegion(about.region);
  if (keys === undefined) throw noKeys();
  return {
    account: about.account,
    region: about.region,
    keys,
    endpoints:
      endpoint === undefined
        ? endpointsOf(about.partition, about.region)
        : { iam: endpoint, ec2: endpoint, sts: endpoint, events: endpoint },
    globalRegion: globalRegions[about.partition] ?? about.region,
    loopback,
  };
}

/** An address, not a name: what a name stands for is decided elsewhere. `localhost` is this machine by RFC 6761. */
export function isLoopback(endpoint: string): boolean {
  const host = URL.canParse(endpoint) ? new URL(endpoint).hostname : '';
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Where the partitions' global services are. https://docs.aws.amazon.com/general/latest/gr/iam-service.html */
const globalRegions: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};
const iamHosts: Readonly<Record<string, string>> = {
  aws: 'iam.amazonaws.com',
  'aws-cn': 'iam.cn-north-1.amazonaws.com.cn',
  'aws-us-gov': 'iam.us-gov.amazonaws.com',
};

/** AWS's own, written out, because a client without an endpoint asks the environment and profiles for one. */
function endpointsOf(partition: string, region: string): AwsPlace['endpoints'] {
  const iam = iamHosts[partition];
  if (iam === undefined) throw unknownPartition(partition);
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const regional = (service: string) => `https://${service}.${region}.${suffix}`;
  return { iam: `https://${iam}`, ec2: regional('ec2'), sts: regional('sts'), events: regional('events') };
}

function accountNotNamed(endpoint: string | undefined): UserError {
  const where = endpoint ?? 'AWS';
  return new UserError({
    code: 'RESPOND_ACCOUNT_NOT_NAMED',
    message: {
      en: `${where} is not this machine, and no account is named`,
      ja: `${where} はこのマシンではなく、アカウントも指定されていません`,
    },
    expected: {
      en: 'a range on this machine, or --account with the id of the real account that is meant',
      ja: 'このマシンのレンジ、または対象の実アカウントの ID を示す --account',
    },
    hint: '--account 111122223333 --credentials keys.json',
  });
}

/** Before any call when `--account` says so, after the first when the keys do. */
export function otherAccount(finding: string, said: string): UserError {
  return new UserError({
    code: 'RESPOND_OTHER_ACCOUNT',
    message: {
      en: `the finding is about account ${finding}; ${said} is another one`,
      ja: `検出結果はアカウント ${finding} のものですが、${said} は別のアカウントです`,
    },
    expected: {
      en: `credentials of account ${finding}, and the same id in --account`,
      ja: `アカウント ${finding} の認証情報と、同じ ID の --account`,
    },
    hint: `--account ${finding}`,
  });
}

function noRegion(region: string): UserError {
  return new UserError({
    code: 'RESPOND_NO_REGION',
    message: {
      en: `the finding's region is "${region}"`,
      ja: `検出結果のリージョンが "${region}" です`,
    },
    expected: { en: 'the name of a region, such as us-west-2', ja: 'us-west-2 のようなリージョン名' },
  });
}

function notEncrypted(endpoint: string): UserError {
  return new UserError({
    code: 'RESPOND_NOT_ENCRYPTED',
    message: { en: `${endpoint} would be spoken to in the clear`, ja: `${endpoint} との通信が暗号化されません` },
    expected: { en: 'https:// for everything but this machine', ja: 'このマシン以外では https://' },
    hint: endpoint.replace(/^\w+:/, 'https:'),
  });
}

function noKeys(): UserError {
  return new UserError({
    code: 'RESPOND_NO_CREDENTIALS',
    message: {
      en: 'no credentials were given; profiles, AWS_* variables and metadata services are never asked',
      ja: '認証情報が指定されていません。プロファイル、AWS_* 変数、メタデータサービスは参照しません',
    },
    expected: {
      en: '--credentials with a file, or - for standard input',
      ja: 'ファイルまたは - (標準入力) を示す --credentials',
    },
    hint: 'aws configure export-credentials --profile responder | yagura respond <id> --credentials - ...',
  });
}

function unknownPartition(partition: string): UserError {
  return new UserError({
    code: 'RESPOND_PARTITION_UNKNOWN',
    message: {
      en: `the endpoints of partition "${partition}" are not known here`,
      ja: `パーティション "${partition}" のエンドポイントは登録されていません`,
    },
    expected: `${Object.keys(iamHosts).join(', ')}`,
    hint: '--endpoint https://...',
  });
}
