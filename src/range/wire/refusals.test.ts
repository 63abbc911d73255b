import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AwsError } from '../../aws/error.ts';
import { createWire } from './create.ts';
import { limits } from './limits.ts';
import type { RawRequest, Rendered } from './message.ts';

const wire = createWire((name) => readFileSync(`src/range/wire/models/${name}.json`, 'utf8'));
const scope = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKID/20260105/us-west-2/${service}/aws4_request, SignedHeaders=host, Signature=0`;

function json(service: string, target: string, body: string, version = '1.1'): RawRequest {
  const headers = {
    authorization: scope(service),
    'x-amz-target': target,
    'content-type': `application/x-amz-json-${version}`,
  };
  return { method: 'POST', target: '/', headers, body: Buffer.from(body) };
}

function form(service: string, body: string): RawRequest {
  const headers = { authorization: scope(service), 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  return { method: 'POST', target: '/', headers, body: Buffer.from(body) };
}

function rest(
  service: string,
  method: string,
  target: string,
  body = '',
  more: Record<string, string> = {},
): RawRequest {
  return { method, target, headers: { authorization: scope(service), ...more }, body: Buffer.from(body) };
}

/** What the client gets for a call whose handler answers nothing. */
async function answer(raw: RawRequest, thrown?: AwsError): Promise<Rendered> {
  const routed = await wire.route(raw);
  if (routed.kind === 'misrouted') return wire.renderError(routed, routed.refusal, 'ID');
  try {
    const input = wire.parse(routed);
    wire.check(routed.plan, input);
    if (thrown) throw thrown;
    return wire.render(routed, {}, 'ID');
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return wire.renderError(routed, error, 'ID');
  }
}

const malformedXml =
  '<Message>The XML you provided was not well-formed or did not validate against our published schema</Message>';
const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
const publicAccess = '/bkt?publicAccessBlock';

const rows: Readonly<Record<string, readonly [raw: RawRequest, status: number, ...texts: string[]]>> = {
  'an action that STS does not have': [
    form('sts', 'Action=Nope&Version=2011-06-15'),
    400,
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>Could not find operation Nope for version 2011-06-15</Message></Error><RequestId>ID</RequestId></ErrorResponse>',
  ],
  'an action that EC2 does not have': [
    form('ec2', 'Action=Nope&Version=2016-11-15'),
    400,
    '<Response><Errors><Error><Code>InvalidAction</Code><Message>The action Nope is not valid for this web service.</Message></Error></Errors><RequestID>ID</RequestID></Response>',
  ],
  'a property of every object is no action': [form('sts', 'Action=constructor'), 400, '<Code>InvalidAction</Code>'],
  'no action': [form('iam', 'Version=2010-05-08'), 400, '<Code>MissingAction</Code>'],
  'a form that is not encoded': [form('iam', 'Action=GetUser&UserName=%zz'), 400, '<Code>MalformedQueryString</Code>'],
  'a form with too many parameters': [
    form('iam', `Action=GetUser${'&a=b'.repeat(limits.parameters)}`),
    400,
    '<Code>MalformedQueryString</Code>',
  ],
  'a form nested too deeply': [
    form('iam', `Action=GetUser&${'a.'.repeat(200)}=b`),
    400,
    '<Code>MalformedQueryString</Code>',
  ],
  'a number that is none, in a form': [form('iam', 'Action=ListUsers&MaxItems=many'), 400, 'maxItems'],
  'a target that CloudTrail does not have': [
    json('cloudtrail', 'CloudTrail_20131101.Nope', '{}'),
    400,
    '{"__type":"UnknownOperationException"}',
  ],
  'JSON that breaks off': [
    json('logs', 'Logs_20140328.CreateLogGroup', '{"logGroupName":'),
    400,
    '"__type":"SerializationException"',
  ],
  'JSON that is no UTF-8': [
    { ...json('logs', 'Logs_20140328.CreateLogGroup', ''), body: Uint8Array.of(0x22, 0xff, 0x22) },
    400,
    '"__type":"SerializationException"',
  ],
  'JSON that is a list': [json('logs', 'Logs_20140328.CreateLogGroup', '[]'), 400, 'SerializationException'],
  'a number for a string': [
    json('logs', 'Logs_20140328.CreateLogGroup', '{"logGroupName":1}'),
    400,
    'NUMBER_VALUE cannot be converted to String',
  ],
  'a fraction for an integer': [
    json('logs', 'Logs_20140328.DescribeLogGroups', '{"limit":1.5}'),
    400,
    'NUMBER_VALUE cannot be converted to Integer',
  ],
  'a missing member, json': [
    json('kms', 'TrentService.DescribeKey', '{}'),
    400,
    '{"__type":"ValidationException","message":"1 validation error detected: Value null at \'keyId\' failed to satisfy constraint: Member must not be null"}',
  ],
  'a missing member of CloudWatch Logs': [
    json('logs', 'Logs_20140328.CreateLogGroup', '{}'),
    400,
    'InvalidParameterException',
  ],
  'two broken members, query': [
    form('iam', 'Action=CreateUser&UserName=a%20b&Path=x'),
    400,
    '<Code>ValidationError</Code><Message>2 validation errors detected: Value ',
    "'a b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
  ],
  'a missing parameter of EC2': [
    form('ec2', 'Action=DeleteVolume&Version=2016-11-15'),
    400,
    '<Code>MissingParameter</Code><Message>The request must contain the parameter volumeId</Message>',
  ],
  'a missing parameter of SNS': [
    form('sns', 'Action=GetTopicAttributes'),
    400,
    '<Code>InvalidParameter</Code><Message>Invalid parameter: TopicArn Reason: no value for required parameter</Message>',
  ],
  'an enum value that is none': [
    json('kms', 'TrentService.CreateKey', '{"KeyUsage":"X"}'),
    400,
    "Value 'X' at 'keyUsage' failed to satisfy constraint: Member must satisfy enum value set: [",
  ],
  'XML that breaks off': [
    rest('s3', 'PUT', publicAccess, '<PublicAccessBlockConfiguration><Block'),
    400,
    '<Code>MalformedXML</Code>',
    malformedXml,
  ],
  'XML that is none': [rest('s3', 'PUT', publicAccess, 'hello'), 400, malformedXml],
  'XML with an entity of its own': [
    rest(
      's3',
      'PUT',
      publicAccess,
      '<!DOCTYPE a [<!ENTITY b "c">]><PublicAccessBlockConfiguration>&b;</PublicAccessBlockConfiguration>',
    ),
    400,
    malformedXml,
  ],
  'XML nested too deeply': [rest('s3', 'PUT', publicAccess, nested('<a>', '</a>', 500)), 400, malformedXml],
  'XML with another value than the schema has': [
    rest(
      's3',
      'PUT',
      publicAccess,
      '<PublicAccessBlockConfiguration><BlockPublicAcls>maybe</BlockPublicAcls></PublicAccessBlockConfiguration>',
    ),
    400,
    malformedXml,
  ],
  'a method that S3 does not take': [
    rest('s3', 'PATCH', '/bkt'),
    405,
    '<Code>MethodNotAllowed</Code>',
    '<Resource>/bkt</Resource>',
  ],
  'a path that Lambda does not have': [rest('lambda', 'GET', '/nope'), 404],
  'a service that nobody knows': [rest('nope', 'GET', '/'), 501, "The service 'nope' is not known here"],
  'an id that GuardDuty refuses': [
    rest('guardduty', 'GET', `/detector/${'x'.repeat(301)}`),
    400,
    '{"message":"The request is rejected because the parameter detectorId has an invalid value."}',
  ],
};

test.each(Object.entries(rows))('%s', async (_, [raw, status, ...texts]) => {
  const rendered = await answer(raw);
  const text = Buffer.from(rendered.body as Uint8Array).toString();
  for (const part of texts) expect(text).toContain(part);
  expect(rendered.status).toBe(status);
});

test('a body larger than the limit is refused before it is kept', async () => {
  let read = 0;
  async function* endless() {
    for (;;) {
      read += 1 << 20;
      yield new Uint8Array(1 << 20);
    }
  }
  const rendered = await answer({ ...form('iam', ''), body: endless() });
  expect(rendered.status).toBe(413);
  expect(read).toBeLessThanOrEqual(limits.bodyBytes + (1 << 20));
});

const thrown: Readonly<Record<string, readonly [RawRequest, AwsError, status: number, headers: object, body: string]>> =
  {
    'json-1.0 names the whole shape, and the old code in a header': [
      json('sqs', 'AmazonSQS.GetQueueUrl', '{"QueueName":"q"}', '1.0'),
      new AwsError('QueueDoesNotExist', 'none'),
      400,
      {
        'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender',
        'content-type': 'application/x-amz-json-1.0',
      },
      '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"none"}',
    ],
    'the same in query': [
      form('sqs', 'Action=GetQueueUrl&QueueName=q&Version=2012-11-05'),
      new AwsError('QueueDoesNotExist', 'none'),
      400,
      { 'content-type': 'text/xml' },
      '<ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/"><Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code><Message>none</Message></Error><RequestId>ID</RequestId></ErrorResponse>',
    ],
    'rest-json names the error in a header': [
      rest('lambda', 'GET', '/2015-03-31/functions/f'),
      new AwsError('ResourceNotFoundException', 'Function not found', { members: { Type: 'User' } }),
      404,
      { 'x-amzn-errortype': 'ResourceNotFoundException', 'x-amzn-requestid': 'ID' },
      '{"Message":"Function not found","Type":"User"}',
    ],
    'a shape under its wire code and status': [
      form('iam', 'Action=GetUser&UserName=alice'),
      new AwsError('NoSuchEntityException', 'none'),
      404,
      {},
      '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>none</Message></Error><RequestId>ID</RequestId></ErrorResponse>',
    ],
    'a HEAD of S3 has no body': [
      rest('s3', 'HEAD', '/bkt'),
      new AwsError('NoSuchBucket', 'none'),
      404,
      { 'x-amz-request-id': 'ID' },
      '',
    ],
  };

test.each(Object.entries(thrown))('%s', async (_, [raw, error, status, headers, body]) => {
  const rendered = await answer(raw, error);
  expect(Buffer.from(rendered.body as Uint8Array).toString()).toBe(body);
  expect(rendered).toMatchObject({ status, headers });
});

test.each([
  ['GET', '/2015-03-31/functions/', undefined, 'lambda ListFunctions'],
  ['GET', '/detector', undefined, 'guardduty ListDetectors'],
  ['POST', '/detector/12abc34d567e8fa901bc2d34e56789f0/findings', 'application/json', 'guardduty ListFindings'],
  ['GET', '/findings/a.json', undefined, 's3 GetObject'],
  ['GET', '/detectors', undefined, 's3 ListObjects'],
  ['PUT', '/members/a.json', 'application/json', 's3 PutObject'],
  ['GET', '/2015-03-31/of/none/such', undefined, 's3 GetObject'],
])('unsigned %s %s (%s) is %s', async (method, target, type, expected) => {
  const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
  const routed = await wire.route({ method, target, headers, body: Buffer.from('') });
  expect(routed.kind === 'routed' && `${routed.service} ${routed.operation}`).toBe(expected);
});
