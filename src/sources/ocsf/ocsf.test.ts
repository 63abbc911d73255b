import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { readDamaged } from '../../../test/fakes/noise.ts';
import { activityIn, readText } from '../../../test/fakes/read-text.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Row } from '../batch.ts';
import { Sources } from '../open.ts';
import { parquetBatches } from '../parquet.ts';

const time = Date.UTC(2026, 0, 5, 0, 0, 38);

const call: JsonObject = {
  eventVersion: '1.11',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROA1:s',
    arn: 'arn:aws:sts::111122223333:assumed-role/Ops/s',
    accountId: '111122223333',
    accessKeyId: 'ASIA1',
    sessionContext: {
      attributes: { mfaAuthenticated: 'false', creationDate: '2026-01-05T00:00:00Z' },
      sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/Ops', userName: 'Ops' },
    },
  },
  eventTime: '2026-01-05T00:00:38Z',
  eventSource: 'iam.amazonaws.com',
  eventName: 'CreateUser',
  awsRegion: 'us-east-1',
  sourceIPAddress: '203.0.113.10',
  userAgent: 'aws-cli/2',
  errorCode: 'AccessDenied',
  requestParameters: { userName: 'new' },
  eventID: 'e-1',
  eventType: 'AwsApiCall',
  eventCategory: 'Management',
  readOnly: false,
  recipientAccountId: '111122223333',
};

const api = {
  operation: 'CreateUser',
  service: { name: 'iam.amazonaws.com' },
  request: { data: '{"userName":"new"}', uid: '' },
  response: { error: 'AccessDenied', data: '' },
};
const unmapped = {
  readOnly: 'false',
  'userIdentity.sessionContext.sessionIssuer.userName': 'Ops',
  'userIdentity.sessionContext.sessionIssuer.type': 'Role',
  sharedEventID: '',
};
const cloudTrail = (user: JsonObject, session: JsonObject, cloud: JsonObject): JsonObject => ({
  class_uid: 6003,
  metadata: {
    uid: 'e-1',
    event_code: 'AwsApiCall',
    product: { name: 'CloudTrail', vendor_name: 'AWS', version: '1.11', feature: { name: 'Management' } },
  },
  time,
  actor: { user: { type: 'AssumedRole', credential_uid: 'ASIA1', ...user }, session, invoked_by: '' },
  api,
  cloud: { provider: 'AWS', region: 'us-east-1', ...cloud },
  src_endpoint: { ip: '203.0.113.10', uid: '' },
  http_request: { user_agent: 'aws-cli/2' },
  unmapped,
});

const arn = 'arn:aws:sts::111122223333:assumed-role/Ops/s';
const issuer = 'arn:aws:iam::111122223333:role/Ops';
const created = Date.UTC(2026, 0, 5);
const calls = {
  'version 1 of the source': cloudTrail(
    { uid: 'AROA1:s', uuid: arn, account_uid: '111122223333' },
    { issuer, mfa: false, created_time: created },
    { account_uid: '111122223333' },
  ),
  'version 2 of the source': cloudTrail(
    { uid: arn, uid_alt: 'AROA1:s', account: { uid: '111122223333' } },
    { issuer, is_mfa: false, created_time_dt: '2026-01-04T19:00:00.000-05:00' },
    { account: { uid: '111122223333' } },
  ),
};

/** As Security Lake writes it: what nests as groups, `unmapped` as a map. */
async function ofParquet(record: JsonObject): Promise<{ readonly rows: Row[]; readonly codes: string[] }> {
  const entries = Object.entries(record);
  const schema: SchemaElement[] = [{ name: 'root', num_children: entries.length }];
  for (const [name, value] of entries) schema.push(...elementsOf(name, value));
  const columnData = entries.map(([name, value]) => ({ name, data: [wide(value)] }));
  const [rows, codes]: [Row[], string[]] = [[], []];
  for await (const batch of parquetBatches(parquetWriteBuffer({ columnData, schema }), 0, new Sources([]).flows)) {
    for (let index = 0; index < batch.size; index++) rows.push(batch.at(index));
    codes.push(...batch.problems.map(({ code }) => code));
  }
  return { rows, codes };
}

type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number];
const optional = { repetition_type: 'OPTIONAL' } as const;
const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', ...optional } as const;

function elementsOf(name: string, value: Json): SchemaElement[] {
  if (typeof value === 'string') return [{ name, ...text }];
  if (typeof value === 'boolean') return [{ name, type: 'BOOLEAN', ...optional }];
  if (typeof value === 'number') return [{ name, type: value > 1e6 ? 'INT64' : 'INT32', ...optional }];
  if (Array.isArray(value)) {
    const list = { name, converted_type: 'LIST', num_children: 1, ...optional } as const;
    return [list, { name: 'list', num_children: 1, repetition_type: 'REPEATED' }, { name: 'element', ...text }];
  }
  const inner = Object.entries(value as JsonObject);
  if (name === 'unmapped') {
    const map = { name, converted_type: 'MAP', num_children: 1, ...optional } as const;
    const pairs = { name: 'key_value', num_children: 2, repetition_type: 'REPEATED' } as const;
    return [map, pairs, { name: 'key', ...text, repetition_type: 'REQUIRED' }, { name: 'value', ...text }];
  }
  return [{ name, num_children: inner.length, ...optional }, ...inner.flatMap(([key, each]) => elementsOf(key, each))];
}

/** Times have 64 bits. */
function wide(value: Json): unknown {
  if (typeof value === 'number') return value > 1e6 ? BigInt(value) : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, wide(each)]));
}

describe('CloudTrail of Security Lake is the activity that its record is:', () => {
  test.each(Object.entries(calls))('%s', async (_name, record) => {
    const expected = activityIn(call);
    const { rows, codes } = await ofParquet(record);
    const pairs = Object.entries(unmapped).map(([key, value]) => ({ key, value }));
    const [asJson, ofPairs] = [unmapped, { key_value: pairs }].map(
      (each) => readText(`${JSON.stringify({ ...record, unmapped: each })}\n`).rows[0],
    );
    expect([rows.length, codes]).toEqual([1, []]);
    for (const row of [rows[0]!, asJson!, ofPairs!]) {
      const { id, principal, account, region, error, address, source, name } = expected;
      expect(row).toMatchObject({ id, time, principal, account, region, error, address, source, name });
      for (const path of ['userIdentity', 'requestParameters', 'readOnly', 'eventType', 'eventCategory', 'userAgent']) {
        expect([path, row.json(path)]).toEqual([path, expected.json(path)]);
      }
    }
  });
});

test('what a record calls its members reaches no other object', () => {
  const unmapped = {
    '__proto__.reached': 'x',
    'constructor.prototype.reached': 'x',
    'userIdentity.__proto__.reached': 'x',
  };
  readText(`${JSON.stringify({ ...Object.values(calls)[0], unmapped })}\n`);
  expect(({} as { reached?: string }).reached).toBeUndefined();
});

test('a time that no calendar reaches costs its record a problem', () => {
  for (const time of [1e30, '9'.repeat(30), -1e30]) {
    const records = [...Object.values(calls), network].map((record) => ({
      ...record,
      time,
      time_dt: time,
      start_time: time,
    }));
    const { rows, problems } = readText(`${records.map((record) => JSON.stringify(record)).join('\n')}\n`);
    expect([rows.length, problems.length], `${time}`).toEqual([0, records.length]);
  }
});

test('whatever is written over one, reading does not fail', () => {
  for (const record of [...Object.values(calls), network]) readDamaged(JSON.stringify(record), '');
});

test('a login says whether there was a second factor, and by which name', () => {
  const login = {
    ...calls['version 2 of the source'],
    class_uid: 3002,
    is_mfa: true,
    actor: { user: { type: 'IAMUser', name: 'u', uid: 'arn:aws:iam::111122223333:user/u' } },
    api: {
      operation: 'ConsoleLogin',
      service: { name: 'signin.amazonaws.com' },
      response: { data: '{"ConsoleLogin":"Success"}' },
    },
    unmapped: { 'additionalEventData.MobileVersion': 'No' },
  };
  const [row] = readText(`${JSON.stringify(login)}\n`).rows;
  expect([row?.principal, row?.json('additionalEventData'), row?.text('responseElements.ConsoleLogin')]).toEqual([
    'arn:aws:iam::111122223333:user/u',
    { MobileVersion: 'No', MFAUsed: 'Yes' },
    'Success',
  ]);
});

const network: JsonObject = {
  class_uid: 4001,
  metadata: { product: { name: 'Amazon VPC', version: '5', feature: { name: 'Flowlogs' } } },
  cloud: { account_uid: '111122223333', region: 'us-east-1' },
  src_endpoint: { ip: '203.0.113.9', port: 40_000, svc_name: '-' },
  dst_endpoint: { ip: '10.0.0.5', port: 22, interface_uid: 'eni-1', vpc_uid: 'vpc-1', instance_uid: 'i-1' },
  connection_info: { protocol_num: 6, tcp_flags: 2, direction: 'Inbound' },
  traffic: { packets: 12, bytes: 2_400 },
  time,
  start_time: time,
  end_time: time + 60_000,
  activity_name: 'Refuse',
  disposition: 'Blocked',
  status_code: 'OK',
};
const flowLine =
  'account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status flow-direction\n' +
  '111122223333 eni-1 203.0.113.9 10.0.0.5 40000 22 6 12 2400 1767571238 1767571298 REJECT OK ingress\n';

test('flows of Security Lake are the activities that their lines are', async () => {
  const [line] = readText(flowLine).rows;
  const { rows, codes } = await ofParquet(network);
  expect([rows.map(({ id, name }) => [id, name]), codes]).toEqual([[[line?.id, 'REJECT']], []]);
  expect([rows[0]?.text('instance-id'), rows[0]?.flow?.direction]).toEqual(['i-1', 'ingress']);
  const accepted = await ofParquet({ ...network, activity_name: 'Traffic', disposition: 'Allowed' });
  expect(accepted.rows.map(({ name }) => name)).toEqual(['ACCEPT']);
  const behind = { ...network, src_endpoint: { ip: '198.51.100.7', intermediate_ips: ['203.0.113.9'], port: 40_000 } };
  const [row] = (await ofParquet(behind)).rows;
  expect([row?.text('srcaddr'), row?.text('pkt-srcaddr'), row?.id]).toEqual(['203.0.113.9', '198.51.100.7', line?.id]);
  const none = readText(`${JSON.stringify({ ...network, status_code: 'NODATA' })}\n`);
  expect(none).toMatchObject({ rows: [], passed: [['NODATA', 1]], problems: [] });
});

test('queries of Security Lake are the activities that their lines are', async () => {
  const line = {
    query_timestamp: '2026-01-05T00:00:38Z',
    query_name: 'bad.example.',
    query_type: 'A',
    rcode: 'NXDOMAIN',
    vpc_id: 'vpc-1',
    srcaddr: '10.0.0.5',
    srcport: '4567',
    account_id: '111122223333',
    region: 'us-east-1',
  };
  const { rows } = await ofParquet({
    class_uid: 4003,
    metadata: { product: { name: 'Route 53', feature: { name: 'Resolver Query Logs' } } },
    cloud: { account: { uid: '111122223333' }, region: 'us-east-1' },
    src_endpoint: { ip: '10.0.0.5', port: 4_567, vpc_uid: 'vpc-1', instance_uid: 'i-1' },
    query: { hostname: 'bad.example.', type: 'A' },
    rcode: 'NXDomain',
    answers: [],
    time,
  });
  const { id, name, error, account, region, address } = activityIn(line);
  expect(rows).toMatchObject([{ id, time, name, error, account, region, address }]);
  expect(rows[0]?.text('srcids.instance')).toBe('i-1');
});

test('other classes are a problem that names them', async () => {
  const finding = { class_uid: 2004, metadata: { product: { name: 'GuardDuty' } }, time };
  const { rows, codes } = await ofParquet(finding);
  expect([rows, codes]).toEqual([[], ['ocsf-unknown']]);
  expect(readText(`${JSON.stringify(finding)}\n`).problems[0]?.reason).toContain('GuardDuty, class 2004');
});
