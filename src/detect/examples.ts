import type { JsonObject } from '../model/json.ts';

/**
 * Log records for examples, one line each: everything that a case does not name has a quiet default.
 * Users of the examples see records as AWS writes them, so they go through the same sources as real logs.
 */
export interface CallExample {
  /** Seconds after the example's start. */
  readonly at?: number;
  /** An IAM user's name, `role:Name/session`, `pipeline:Name`, `pod:Name`, `root`, or a service such as `events.amazonaws.com`. Default `alice`. */
  readonly by?: string;
  /** sourceIPAddress: default `example.home`. */
  readonly from?: string;
  readonly account?: string;
  readonly region?: string;
  readonly request?: JsonObject;
  readonly response?: JsonObject;
  readonly error?: string;
  readonly agent?: string;
  /** Further members of the record, replacing what the defaults say. */
  readonly more?: JsonObject;
}

/** What examples stand on; `example-world.ts` knows the same. Addresses of 192.0.2.0/24 are in one country, others in another. */
export const example = {
  account: '111122223333',
  otherAccount: '444455556666',
  /** The logs are of this one too. */
  sisterAccount: '222233334444',
  region: 'us-west-2',
  start: Date.UTC(2026, 0, 5),
  /** An address of the internet that nobody lists. */
  home: '192.0.2.10',
  /** On every list of addresses. */
  listed: '198.51.100.66',
  /** On every list of names. */
  listedName: 'listed.example',
  /** Addresses that AWS announces: the account's own, and one of the other account. */
  aws: '203.0.113.5',
  awsOfOther: '203.0.113.6',
  interface: 'eni-0123456789abcdef0',
  instance: 'i-0123456789abcdef0',
  /** The interface's own address. */
  local: '10.0.1.15',
} as const;

/** `call('s3:DeleteBucket', { by: 'root', error: 'AccessDenied' })` */
export function call(name: string, given: CallExample = {}): JsonObject {
  const [service = '', operation = ''] = name.split(':');
  const { at = 0, by = 'alice', from, account = example.account, region = example.region, error } = given;
  const isService = by.endsWith('.amazonaws.com');
  return {
    eventVersion: '1.11',
    userIdentity: identity(by, account),
    eventTime: new Date(example.start + at * 1000).toISOString().replace('.000', ''),
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    awsRegion: region,
    sourceIPAddress: from ?? (isService ? by : example.home),
    userAgent: given.agent ?? (isService ? by : 'aws-cli/2.31.0'),
    ...(error === undefined ? {} : { errorCode: error, errorMessage: `${error} in an example` }),
    requestParameters: given.request ?? null,
    responseElements: given.response ?? null,
    eventID: `${service}-${operation}-${at}-${by}-${from ?? ''}`,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...given.more,
  };
}

/** The same call so many times, `everyS` seconds apart. `vary` changes one of them. */
export function times(
  count: number,
  make: (index: number, at: number) => JsonObject,
  everyS = 1,
): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => make(index, index * everyS));
}

export interface FlowExample {
  readonly at?: number;
  readonly from?: string;
  readonly to?: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  /** Default 6, TCP. */
  readonly protocol?: number;
  readonly packets?: number;
  readonly bytes?: number;
  /** Default ACCEPT. */
  readonly action?: 'ACCEPT' | 'REJECT';
  readonly interface?: string;
  readonly more?: JsonObject;
}

/** One flow record of the example's interface: default somebody's TCP connection to its port 443. */
export function flow(given: FlowExample = {}): JsonObject {
  const { at = 0, from = example.home, to = example.local, fromPort = 50_000, toPort = 443 } = given;
  const start = example.start / 1000 + at;
  return {
    version: '2',
    'account-id': example.account,
    'interface-id': given.interface ?? example.interface,
    srcaddr: from,
    dstaddr: to,
    srcport: String(fromPort),
    dstport: String(toPort),
    protocol: String(given.protocol ?? 6),
    packets: String(given.packets ?? 10),
    bytes: String(given.bytes ?? 1_000),
    start: String(start),
    end: String(start + 60),
    action: given.action ?? 'ACCEPT',
    'log-status': 'OK',
    ...given.more,
  };
}

export interface QueryExample {
  readonly at?: number;
  readonly type?: string;
  readonly answer?: string;
  readonly code?: string;
}

/** One name that the example's instance asks for. */
export function query(name: string, given: QueryExample = {}): JsonObject {
  const { at = 0, type = 'A', answer, code = 'NOERROR' } = given;
  return {
    version: '1.100000',
    account_id: example.account,
    region: example.region,
    vpc_id: 'vpc-1',
    query_timestamp: new Date(example.start + at * 1000).toISOString().replace('.000', ''),
    query_name: `${name}.`,
    query_type: type,
    query_class: 'IN',
    rcode: code,
    answers: answer === undefined ? [] : [{ Rdata: answer, Type: type, Class: 'IN' }],
    srcaddr: example.local,
    srcport: '40000',
    transport: 'UDP',
    srcids: { instance: example.instance },
  };
}

function identity(by: string, account: string): JsonObject {
  if (by.endsWith('.amazonaws.com')) return { type: 'AWSService', invokedBy: by };
  if (by === 'root') {
    const arn = `arn:aws:iam::${account}:root`;
    return { type: 'Root', principalId: account, arn, accountId: account, accessKeyId: '' };
  }
  const federated = /^(pipeline|pod):(.+)$/.exec(by);
  if (federated !== null) return bearing(federated[1] === 'pod', federated[2] ?? '', account);
  const role = /^role:([^/]+)\/?(.*)$/.exec(by);
  if (role !== null) return session(role[1] ?? '', role[2] || 'session', account);
  return {
    type: 'IAMUser',
    principalId: `AIDA${padded(by)}`,
    arn: `arn:aws:iam::${account}:user/${by}`,
    accountId: account,
    accessKeyId: `AKIA${padded(by)}`,
    userName: by,
  };
}

/** A session that was given for a token. */
function bearing(isPod: boolean, role: string, account: string): JsonObject {
  const of = session(role, 'run', account);
  const host = isPod ? 'oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF' : 'builds.example';
  const webIdFederationData = {
    federatedProvider: `arn:aws:iam::${account}:oidc-provider/${host}`,
    attributes: {},
  };
  return { ...of, sessionContext: { ...(of['sessionContext'] as JsonObject), webIdFederationData } };
}

function session(role: string, name: string, account: string): JsonObject {
  const roleId = `AROA${padded(role)}`;
  const roleArn = `arn:aws:iam::${account}:role/${role}`;
  return {
    type: 'AssumedRole',
    principalId: `${roleId}:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${name}`,
    accountId: account,
    accessKeyId: `ASIA${padded(name)}`,
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: roleId, arn: roleArn, accountId: account, userName: role },
      attributes: { creationDate: '2026-01-04T23:00:00Z', mfaAuthenticated: 'false' },
    },
  };
}

function padded(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .padEnd(16, 'X')
    .slice(0, 16);
}

export interface RequestExample {
  readonly at?: number;
  readonly from?: string;
  readonly method?: string;
  readonly status?: number;
  readonly bytes?: number;
}

/** One request to the example's load balancer, as a table over its log has it. */
export function request(path: string, given: RequestExample = {}): JsonObject {
  const { at = 0, from = example.listed, method = 'GET', status = 200, bytes = 1_000 } = given;
  return {
    type: 'https',
    time: new Date(example.start + at * 1000).toISOString(),
    elb: 'app/front/0123456789abcdef',
    client_ip: from,
    client_port: 50_000,
    elb_status_code: status,
    sent_bytes: bytes,
    request_verb: method,
    request_url: `https://www.example.com:443${path}`,
    request_proto: 'HTTP/1.1',
    target_group_arn: `arn:aws:elasticloadbalancing:${example.region}:${example.account}:targetgroup/t/1`,
  };
}

export interface StoredExample {
  readonly at?: number;
  readonly from?: string;
  /** Nobody by default: the request was not signed. */
  readonly by?: string;
  readonly status?: number;
  readonly key?: string;
  /** Signed in the address. */
  readonly isLink?: boolean;
}

/** One request to the example's bucket, as a table over its server access log has it. */
export function stored(operation: string, given: StoredExample = {}): JsonObject {
  const { at = 0, from = example.listed, by = '-', status = 200, key = 'a.txt', isLink = false } = given;
  return {
    bucket_owner: 'a'.repeat(64),
    bucket: 'letters',
    time: new Date(example.start + at * 1000).toISOString(),
    remote_ip: from,
    requester: by,
    operation,
    key,
    http_status: status,
    error_code: status === 403 ? 'AccessDenied' : status === 404 ? 'NoSuchKey' : '-',
    request_id: `${operation}-${at}-${key}`,
    authentication_type: by === '-' ? '-' : isLink ? 'QueryString' : 'AuthHeader',
  };
}
