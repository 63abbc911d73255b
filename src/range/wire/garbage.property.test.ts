import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../aws/error.ts';
import { createWire } from './create.ts';
import type { RawRequest } from './message.ts';
import { createSigningKeys } from './sigv4/signing-key.ts';
import { verify } from './sigv4/verify.ts';
import { escapeXml } from './write-xml.ts';
import { parseXml } from './xml-tree.ts';

const wire = createWire((name) => readFileSync(`src/range/wire/models/${name}.json`, 'utf8'));
const authority = { keys: createSigningKeys(), lookup: () => ({ secret: 's' }), now: 0 };

/** Whatever comes, the client gets an answer: nothing but AwsError leaves the wire. */
async function survives(raw: RawRequest): Promise<void> {
  const routed = await wire.route(raw);
  verify(routed, authority);
  let error = routed.kind === 'misrouted' ? routed.refusal : new AwsError('InternalFailure', 'x');
  if (routed.kind === 'routed') {
    try {
      wire.check(routed.plan, wire.parse(routed));
      wire.render(routed, {}, 'ID');
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      error = thrown;
    }
  }
  expect(wire.renderError(routed, error, 'ID').status).toBeGreaterThanOrEqual(400);
}

const service = fc.constantFrom(...wire.services, 'nope', '', '__proto__');
const credential = service.map(
  (name) => `AWS4-HMAC-SHA256 Credential=A/20260105/us-west-2/${name}/aws4_request, SignedHeaders=host, Signature=0`,
);
const headers = fc.record(
  {
    authorization: fc.oneof(credential, fc.string()),
    'content-type': fc.constantFrom(
      'application/x-www-form-urlencoded',
      'application/x-amz-json-1.0',
      'application/xml',
    ),
    'x-amz-target': fc.constantFrom('Logs_20140328.PutLogEvents', 'TrentService.__proto__', '', '.', 'a.b.c'),
    'x-amz-date': fc.oneof(fc.constant('20260105T000000Z'), fc.string()),
    'x-amz-content-sha256': fc.constantFrom('UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', '0'.repeat(64)),
    host: fc.constantFrom('bkt.localhost', '127.0.0.1:4566', 'sqs.us-west-2.amazonaws.com', '[::1]', ''),
  },
  { requiredKeys: [] },
);
const json = fc.json();
const form = fc
  .array(
    fc.tuple(fc.constantFrom('Action', 'Version', 'Tags.member.1.Key', 'Tags', 'a.__proto__.b', '%zz'), fc.string()),
  )
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));
const xml = fc.string().map((text) => `<Tagging><TagSet>${text}</TagSet></Tagging>`);
const body = fc.oneof(json, form, xml, fc.string()).map((text) => Buffer.from(text));
const target = fc.oneof(
  fc.constantFrom(
    '/',
    '/bkt',
    '/bkt?tagging',
    '/bkt/%zz',
    '/?X-Amz-Credential=a/b/c/s3',
    '/detector/%2F',
    '//',
    '*',
    '',
  ),
  fc.string().map((text) => `/${text}`),
);

test('no request makes the wire throw', async () => {
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH');
  const raw = fc.record({ method, target, headers, body }) as fc.Arbitrary<RawRequest>;
  await fc.assert(fc.asyncProperty(raw, survives), { numRuns: 2000 });
});

test('no JSON makes an operation throw', async () => {
  const operations = [
    'events.PutTargets',
    'logs.PutLogEvents',
    'dynamodb.PutItem',
    'ssm.SendCommand',
    'kms.CreateKey',
  ] as const;
  const shaped = fc.constantFrom(...operations).chain((name) => {
    const plan = wire.operation(name.split('.')[0]!, name.split('.')[1]!)!;
    const members = plan.input!.shape.members.map(({ wireName }) => [wireName, fc.jsonValue({ maxDepth: 3 })] as const);
    return fc.record(Object.fromEntries(members), { requiredKeys: [] }).map((input) => ({ plan, input }));
  });
  await fc.assert(
    fc.asyncProperty(shaped, async ({ plan, input }) => {
      const headers = {
        'x-amz-target': `${plan.service.targetPrefix}.${plan.name}`,
        'content-type': 'application/x-amz-json-1.1',
      };
      await survives({ method: 'POST', target: '/', headers, body: Buffer.from(JSON.stringify(input)) });
    }),
    { numRuns: 500 },
  );
});

test('text survives XML', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', '<', '&', '"', '\r', '\n', '\t', ' ', ']', '>', '\u3042', '\u{1f600}', '\u0085'),
  });
  fc.assert(
    fc.property(text, (one) => {
      expect(parseXml(`<a>${escapeXml(one)}</a>`).text).toBe(one);
    }),
  );
});
