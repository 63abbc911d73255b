import { type Figure, figureOf } from './figure.ts';
import { requestBytes, sendMany, sendOne } from './light-client.ts';
import { type Served, startServer } from './servers.ts';
import { type BenchKeys, region } from './sign.ts';

const topics = 1_000;
const sessions = 1_000;
const rounds = 11;
const roundsWithClient = 7;
const callsARound = 3_000;
/** Until V8 has compiled what is called: a range lives for hours. */
const warmingRounds = 3;

// Why the limits stand where they do: docs/decisions/0004-call-cost.md.
interface Traffic {
  readonly name: string;
  readonly atMost: number;
  readonly aim: number;
  readonly requests: readonly Buffer[];
}

/**
 * CPU of a call, signed, authorised and recorded on the durable store, in units of a bare node:http hello that gets the
 * same requests: first of the server alone, then with the client in the process of each.
 */
export async function calls(): Promise<readonly Figure[]> {
  const [hello, range] = await Promise.all([startServer('hello'), startServer('range')]);
  try {
    const traffic = await trafficOn(range);
    const alone = await ratios(traffic, warmingRounds + rounds, async (requests) => {
      return (await spent(range, requests)) / (await spent(hello, requests));
    });
    const withClient = await ratios(traffic, warmingRounds + roundsWithClient, async (requests) => {
      const call = await range.cpuWithClient(requests, callsARound);
      return call / (await hello.cpuWithClient(requests, callsARound));
    });
    return traffic.flatMap(({ name, atMost, aim }) => [
      figureOf(name, alone.get(name)!, {
        unit: 'x',
        atMost,
        beside: `the server's CPU; a bare node:http hello, same requests; aimed at ${aim}x`,
      }),
      figureOf(`${name}, client in it`, withClient.get(name)!, {
        unit: 'x',
        beside: "CPU of the server's process with the client in it; a hello so, too",
      }),
    ]);
  } finally {
    await Promise.all([hello.end(), range.end()]);
  }
}

async function ratios(
  traffic: readonly Traffic[],
  all: number,
  measure: (requests: readonly Buffer[]) => Promise<number>,
): Promise<ReadonlyMap<string, number[]>> {
  const found = new Map(traffic.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < all; round++) {
    for (const { name, requests } of traffic) {
      const ratio = await measure(requests);
      if (round >= warmingRounds) found.get(name)!.push(ratio);
    }
  }
  return found;
}

const nothing = Buffer.alloc(0);

async function spent(server: Served, requests: readonly Buffer[]): Promise<number> {
  const before = await server.cpu();
  await sendMany(server.port, requests, callsARound);
  return (await server.cpu()) - before;
}

/** 1,000 topics, 1,000 sessions of a role with three policies, each with a condition; one object of 1 KiB. */
async function trafficOn(range: Served): Promise<readonly Traffic[]> {
  const arn = `arn:aws:iam::${range.account}:role/bench`;
  await prepareRole(range, arn);
  const names = Array.from({ length: topics }, (_, at) => `topic-${at}`);
  await sendMany(
    range.port,
    names.map((Name) => query(range, 'sns', { Action: 'CreateTopic', Name })),
    topics,
  );
  const keys: BenchKeys[] = [];
  for (let at = 0; at < sessions; at++) {
    const input = { Action: 'AssumeRole', RoleArn: arn, RoleSessionName: `session-${at}` };
    keys.push(keysIn(await sendOne(range.port, query(range, 'sts', input))));
  }
  return [
    {
      name: 'sns:GetTopicAttributes',
      atMost: 5.5,
      aim: 4,
      requests: keys.map((session, at) => {
        const TopicArn = `arn:aws:sns:${region}:${range.account}:topic-${(at * 7) % topics}`;
        return query(range, 'sns', { Action: 'GetTopicAttributes', TopicArn }, session);
      }),
    },
    {
      name: 'sts:GetCallerIdentity',
      atMost: 4,
      aim: 4,
      requests: keys.map((session) => query(range, 'sts', { Action: 'GetCallerIdentity' }, session)),
    },
    ...(await objectTraffic(range)),
  ];
}

export async function prepareRole(range: Served, arn: string): Promise<void> {
  const RoleName = arn.slice(arn.lastIndexOf('/') + 1);
  const trust = statement({ Principal: { AWS: range.account }, Action: 'sts:AssumeRole' });
  await sendOne(range.port, query(range, 'iam', { Action: 'CreateRole', RoleName, AssumeRolePolicyDocument: trust }));
  const conditions = [
    { Bool: { 'aws:SecureTransport': 'false' } },
    { DateLessThan: { 'aws:TokenIssueTime': '2020-01-05T00:00:00Z' } },
    { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } },
  ];
  for (const [at, Condition] of conditions.entries()) {
    const PolicyDocument = statement({ Action: 'sns:*', Resource: 'arn:aws:sns:*:*:topic-*', Condition });
    const input = { Action: 'PutRolePolicy', RoleName, PolicyName: `policy-${at}`, PolicyDocument };
    await sendOne(range.port, query(range, 'iam', input));
  }
}

function statement(more: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
}

async function objectTraffic(range: Served): Promise<readonly Traffic[]> {
  const s3 = (method: string, path: string, body: Uint8Array) =>
    requestBytes({ method, path, host: hostOf(range), service: 's3', body }, range.keys);
  const place = Buffer.from(
    `<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`,
  );
  const made = await sendOne(range.port, s3('PUT', '/bench-bucket', place)).catch((error: Error) => error);
  if (made instanceof Error && made.message.includes(' 501 ')) return [];
  if (made instanceof Error) throw made;
  const body = Buffer.alloc(1_024, 'x');
  const paths = Array.from({ length: 100 }, (_, at) => `/bench-bucket/object-${at}`);
  return [
    { name: 's3:PutObject of 1 KiB', atMost: 6, aim: 6, requests: paths.map((path) => s3('PUT', path, body)) },
    { name: 's3:GetObject of 1 KiB', atMost: 5, aim: 5, requests: paths.map((path) => s3('GET', path, nothing)) },
  ];
}

const versions: Readonly<Record<string, string>> = { sns: '2010-03-31', sts: '2011-06-15', iam: '2010-05-08' };

export function query(
  range: Served,
  service: string,
  input: Readonly<Record<string, string>>,
  keys: BenchKeys = range.keys,
): Buffer {
  const body = Buffer.from(new URLSearchParams({ ...input, Version: versions[service] ?? '' }).toString());
  const contentType = 'application/x-www-form-urlencoded';
  return requestBytes({ method: 'POST', path: '/', host: hostOf(range), service, contentType, body }, keys);
}

export function keysIn(xml: string): BenchKeys {
  const member = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1] ?? '';
  return {
    accessKeyId: member('AccessKeyId'),
    secretAccessKey: member('SecretAccessKey'),
    sessionToken: member('SessionToken'),
  };
}

function hostOf({ port }: Served): string {
  return `127.0.0.1:${port}`;
}
