import { createWire } from '../src/range/wire/create.ts';
import { createSigningKeys } from '../src/range/wire/sigv4/signing-key.ts';
import { verify } from '../src/range/wire/sigv4/verify.ts';
import { readModel } from '../src/run/adapters/wire/read-models.ts';
import { cpuOf, type Figure, figureOf } from './figure.ts';
import { signedHeaders } from './sign.ts';

const rounds = 5;
const calls = 20_000;
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
export async function wire(): Promise<readonly Figure[]> {
  const spoken = createWire(readModel);
  const raw = { method: 'POST', target: '/', headers: headers(), body };
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
  const values: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const seconds = await cpuOf(async () => {
      for (let at = 0; at < calls; at++) await call();
    });
    // The first round warms up.
    if (round > 0) values.push((seconds * 1e6) / calls);
  }
  const beside = 'CPU; routed, verified, parsed, checked, rendered';
  return [figureOf('wire: a small signed query call', values, { unit: 'us', atMost: 40, beside })];
}

function headers(): Record<string, string> {
  const plain = { method: 'POST', path: '/', host: '127.0.0.1:4566', service: 'sns', body };
  const contentType = 'application/x-www-form-urlencoded';
  const keys = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: secret, sessionToken: token };
  return { ...signedHeaders({ ...plain, contentType }, keys, '20260105T000000Z'), connection: 'keep-alive' };
}
