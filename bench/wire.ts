import { createHash, createHmac } from 'node:crypto';
import { createWire } from '../src/range/wire/create.ts';
import { createSigningKeys } from '../src/range/wire/sigv4/signing-key.ts';
import { verify } from '../src/range/wire/sigv4/verify.ts';
import { readModel } from '../src/run/adapters/wire/read-models.ts';

const secret = 'secret';
const token = 'T'.repeat(300);
const body = Buffer.from(
  'TopicArn=arn%3Aaws%3Asns%3Aus-west-2%3A111122223333%3Atopic-1&Action=GetTopicAttributes&Version=2010-03-31',
);
const output = {
  Attributes: {
    Policy: '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"SNS:Publish"}]}',
    Owner: '111122223333',
    TopicArn: 'arn:aws:sns:us-west-2:111122223333:topic-1',
    DisplayName: '',
    SubscriptionsConfirmed: '1',
  },
};

/** A small signed query call through the wire: routed, verified, parsed, checked, rendered; CPU microseconds. */
export async function wire(): Promise<{
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost: number;
}> {
  const spoken = createWire(readModel);
  const raw = { method: 'POST', target: '/', headers: signedHeaders(), body };
  const authority = {
    keys: createSigningKeys(),
    lookup: () => ({ secret, sessionToken: token }),
    now: Date.UTC(2026, 0, 5),
  };
  const call = async () => {
    const routed = await spoken.route(raw);
    if (routed.kind !== 'routed') throw routed.refusal;
    const verified = verify(routed, authority);
    if (verified.kind !== 'signed') throw new Error('the bench expected its signature to be good');
    spoken.check(routed.plan, spoken.parse(routed, verified.signed));
    return spoken.render(routed, output, '11111111-2222-4333-8444-555555555555');
  };
  const turn = async (count: number) => {
    const start = process.cpuUsage();
    for (let at = 0; at < count; at++) await call();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / count;
  };
  await turn(10_000);
  const turns: number[] = [];
  for (let at = 0; at < 5; at++) turns.push(await turn(20_000));
  return { name: 'a call through the wire', value: turns.sort((a, b) => a - b)[2]!, unit: 'us', atMost: 40 };
}

/** Signs by hand, so that the bench does not measure the code with itself. */
function signedHeaders(): Record<string, string> {
  const signed: Record<string, string> = {
    'amz-sdk-invocation-id': '11111111-2222-4333-8444-555555555555',
    'amz-sdk-request': 'attempt=1; max=3',
    'content-length': String(body.length),
    'content-type': 'application/x-www-form-urlencoded',
    host: '127.0.0.1:4566',
    'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
    'x-amz-date': '20260105T000000Z',
    'x-amz-security-token': token,
    'x-amz-user-agent': 'aws-sdk-js/3.1169.0',
  };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${signed['x-amz-content-sha256']}`;
  const scope = '20260105/us-west-2/sns/aws4_request';
  const toSign = `AWS4-HMAC-SHA256\n20260105T000000Z\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`;
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of [...scope.split('/'), toSign]) key = createHmac('sha256', key).update(part).digest();
  const authorization = `AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/${scope}, SignedHeaders=${names}, Signature=${(key as Buffer).toString('hex')}`;
  return { ...signed, authorization, 'user-agent': 'aws-sdk-js/3.1169.0 api/sns#3.1169.0', connection: 'keep-alive' };
}
