import { describe, expect, test } from 'vitest';
import { readDamaged } from '../../test/fakes/noise.ts';
import { changed, readText } from '../../test/fakes/read-text.ts';
import type { Activity } from '../model/activity.ts';
import { Sources } from './open.ts';

const owner = 'a'.repeat(64);
const samples = {
  'S3 server access log': `${owner} my-data [05/Jan/2026:00:00:38 +0000] 203.0.113.9 arn:aws:iam::111122223333:user/alice 3E57427F3EXAMPLE REST.GET.OBJECT secret%20plans.txt "GET /my-data/secret%20plans.txt HTTP/1.1" 403 AccessDenied 243 - 7 - "-" "curl/8.0 \\"odd\\"" - host= SigV4 TLS_AES_128_GCM_SHA256 AuthHeader my-data.s3.us-west-2.amazonaws.com TLSv1.3 - -`,
  'load balancer log':
    'https 2026-01-05T00:00:38.186641Z app/front/50dc6c495c0c9188 203.0.113.9:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/8.0" ECDHE TLSv1.2 arn:aws:elasticloadbalancing:us-east-2:111122223333:targetgroup/t/73e2d6bc24d8a067 "Root=1" "www.example.com" "arn:x" 1 2026-01-05T00:00:38.000000Z "forward" "-" "-" "-" "-" "-" "-"',
  'CloudFront log':
    '#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status x-edge-request-id\n2026-01-05\t00:00:38\tLAX1\t2390\t203.0.113.9\tGET\td1.cloudfront.net\t/x.html\t404\tSOX4==',
  'auth.log': 'Jan  5 00:00:38 web sshd[4321]: Failed password for invalid user admin from 203.0.113.9 port 50122 ssh2',
  'auth.log of who may log in': "Jan  5 00:00:38 web usermod[77]: add 'bob' to group 'sudo'",
  'auth.log of what sudo refuses':
    'Jan  5 00:00:38 web sudo:      bob : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh',
  'auth.log with years':
    '2026-01-05T00:00:38.000000+00:00 web sshd[4321]: Accepted publickey for ec2-user from 203.0.113.9 port 50122 ssh2: ED25519 SHA256:x',
  journal: `{"__REALTIME_TIMESTAMP":"${Date.UTC(2026, 0, 5, 0, 0, 38)}000","_HOSTNAME":"web","SYSLOG_IDENTIFIER":"sshd","MESSAGE":"Invalid user admin from 203.0.113.9 port 50122"}`,
  'Resolver query log':
    '{"version":"1.100000","account_id":"111122223333","region":"us-west-2","vpc_id":"vpc-1","query_timestamp":"2026-01-05T00:00:38Z","query_name":"Bad.example.","query_type":"A","query_class":"IN","rcode":"NXDOMAIN","answers":[],"srcaddr":"10.0.0.5","srcport":"4567","transport":"UDP","srcids":{"instance":"i-1"}}',
  'WAF log': `{"timestamp":${Date.UTC(2026, 0, 5, 0, 0, 38)},"formatVersion":1,"webaclId":"arn:aws:wafv2:ap-southeast-2:111122223333:regional/webacl/A/1","action":"BLOCK","httpRequest":{"clientIp":"203.0.113.9","uri":"/x","httpMethod":"GET","requestId":"r"}}`,
  'WAF log of a table': `{"timestamp":"2026-01-05T00:00:38.000Z","webaclId":"arn:aws:wafv2:us-east-1:111122223333:regional/webacl/A/1","action":"ALLOW","httpRequest":{"clientIp":"203.0.113.9","uri":"/x","httpMethod":"GET"}}`,
  'S3 server access log of a table': `{"bucketowner":"${owner}","bucket_name":"my-data","requestdatetime":"05/Jan/2026:00:00:38 +0000","remoteip":"203.0.113.9","requester":"arn:aws:iam::111122223333:user/alice","operation":"REST.GET.OBJECT","httpstatus":"403","errorcode":"AccessDenied","useragent":"curl/8.0"}`,
  'S3 server access log with its own names': `{"bucket_owner":"${owner}","bucket":"my-data","time":"2026-01-05 00:00:38.000","remote_ip":"203.0.113.9","operation":"REST.GET.OBJECT","http_status":200,"error_code":"-"}`,
  'load balancer log of a table':
    '{"type":"https","time":"2026-01-05T00:00:38.186641Z","elb":"app/front/50dc6c495c0c9188","client_ip":"203.0.113.9","client_port":2817,"elb_status_code":403,"request_verb":"GET","request_url":"https://www.example.com:443/","request_proto":"HTTP/1.1","target_group_arn":"arn:aws:elasticloadbalancing:us-east-2:111122223333:targetgroup/t/73e2d6bc24d8a067"}',
  'GuardDuty finding':
    '{"schemaVersion":"2.0","accountId":"111122223333","region":"us-west-2","id":"f","type":"Recon:IAMUser/TorIPCaller","resource":{"resourceType":"AccessKey","accessKeyDetails":{"userName":"alice","userType":"IAMUser","principalId":"AIDA1","accessKeyId":"AKIA1"}},"service":{"eventLastSeen":"2026-01-05T00:00:38Z","action":{"actionType":"AWS_API_CALL","awsApiCallAction":{"remoteIpDetails":{"ipAddressV4":"203.0.113.9"}}}},"severity":5,"title":"t"}',
  'GuardDuty finding of an answer':
    '{\n  "Findings": [\n    {"SchemaVersion":"2.0","AccountId":"111122223333","Region":"us-west-2","Id":"f","Type":"Recon:IAMUser/TorIPCaller","Resource":{"AccessKeyDetails":{"UserName":"alice","UserType":"IAMUser"}},"Service":{"EventLastSeen":"2026-01-05T00:00:38Z"},"Severity":5}\n  ]\n}',
  'Security Hub finding in its envelope':
    '{"detail-type":"Security Hub Findings - Imported","detail":{"findings":[{"SchemaVersion":"2018-10-08","ProductArn":"arn:p","Id":"f","AwsAccountId":"111122223333","Region":"us-west-2","Types":["TTPs/Discovery/Recon:IAMUser-TorIPCaller"],"UpdatedAt":"2026-01-05T00:00:38Z","Severity":{"Label":"HIGH"},"Resources":[{"Type":"AwsIamUser","Id":"arn:aws:iam::111122223333:user/alice"}]}]}}',
  'CloudFront record in JSON':
    '{"date":"2026-01-05","time":"00:00:38","x-edge-location":"LAX1","c-ip":"203.0.113.9","cs-method":"GET","cs(User-Agent)":"curl/8.0","sc-status":"404","x-edge-request-id":"SOX4=="}',
  'CloudFront row of a table':
    '{"date":"2026-01-05","time":"00:00:38","x_edge_request_id":"SOX4==","c_ip":"203.0.113.9","cs_method":"GET","cs_user_agent":"curl/8.0","sc_status":404}',
  'CloudFront log of chosen fields': `#Version: 1.0\n#Fields: timestamp(ms) c-ip cs-method sc-status\n${Date.UTC(2026, 0, 5, 0, 0, 38)}\t203.0.113.9\tGET\t404`,
  'S3 server access log of the lifecycle': `${owner} my-data [05/Jan/2026:00:00:38 +0000] - AmazonS3 3E57427F3EXAMPLE S3.EXPIRE.OBJECT x - - - - 7 - - "-" "-" - host= - - - - - - -`,
  'load balancer log of IPv6':
    'https 2026-01-05T00:00:38.186641Z app/front/50dc6c495c0c9188 [2001:db8::9]:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/8.0" ECDHE TLSv1.2 - "Root=1"',
  'journal as journalctl begins it':
    '-- Logs begin at Sun 2026-01-04 09:00:00 UTC. --\n2026-01-05T00:00:38+0000 web sshd[4321]: Invalid user admin from 203.0.113.9 port 50122',
  'auth.log with lines that are the same':
    'Jan  5 00:00:38 web sshd[4321]: message repeated 2 times: [ Failed password for root from 203.0.113.9 port 50122 ssh2]',
  'Macie finding':
    '{"schemaVersion":"1.0","id":"f","accountId":"111122223333","region":"us-west-2","type":"SensitiveData:S3Object/Credentials","updatedAt":"2026-01-05T00:00:38Z","severity":{"score":3,"description":"High"},"classificationDetails":{},"resourcesAffected":{"s3Bucket":{"arn":"arn:aws:s3:::my-data"}}}',
} as const;

const expected: Readonly<Record<keyof typeof samples, Partial<Activity>>> = {
  'S3 server access log': {
    kind: 'http-request',
    name: 'REST.GET.OBJECT',
    error: 'AccessDenied',
    principal: 'arn:aws:iam::111122223333:user/alice',
  },
  'load balancer log': { kind: 'http-request', name: 'GET', error: '', region: 'us-east-2', account: '111122223333' },
  'CloudFront log': { kind: 'http-request', name: 'GET', error: '404' },
  'auth.log': { kind: 'login', name: 'Failed', principal: 'admin', error: 'Failed' },
  'auth.log of who may log in': { kind: 'login', name: 'GroupJoined', principal: 'bob', error: '' },
  'auth.log of what sudo refuses': { kind: 'login', name: 'SudoRefused', principal: 'bob', error: '' },
  'auth.log with years': { kind: 'login', name: 'Accepted', principal: 'ec2-user', error: '' },
  journal: { kind: 'login', name: 'Invalid', principal: 'admin' },
  'Resolver query log': {
    kind: 'dns-query',
    name: 'bad.example',
    error: 'NXDOMAIN',
    account: '111122223333',
    region: 'us-west-2',
  },
  'WAF log': { kind: 'http-request', name: 'GET', error: 'BLOCK', region: 'ap-southeast-2' },
  'WAF log of a table': { kind: 'http-request', name: 'GET', error: '', region: 'us-east-1' },
  'S3 server access log of a table': {
    kind: 'http-request',
    name: 'REST.GET.OBJECT',
    error: 'AccessDenied',
    principal: 'arn:aws:iam::111122223333:user/alice',
  },
  'S3 server access log with its own names': {
    kind: 'http-request',
    name: 'REST.GET.OBJECT',
    error: '',
    principal: '',
  },
  'load balancer log of a table': {
    kind: 'http-request',
    name: 'GET',
    error: '403',
    region: 'us-east-2',
    address: { kind: 'ip', text: '203.0.113.9', public: true },
  },
  'GuardDuty finding': {
    kind: 'foreign-finding',
    name: 'Recon:IAMUser/TorIPCaller',
    principal: 'arn:aws:iam::111122223333:user/alice',
  },
  'GuardDuty finding of an answer': { kind: 'foreign-finding', name: 'Recon:IAMUser/TorIPCaller' },
  'Security Hub finding in its envelope': {
    kind: 'foreign-finding',
    name: 'Recon:IAMUser-TorIPCaller',
    principal: 'arn:aws:iam::111122223333:user/alice',
  },
  'CloudFront record in JSON': { kind: 'http-request', source: 'cloudfront', name: 'GET', error: '404' },
  'CloudFront row of a table': { kind: 'http-request', source: 'cloudfront', name: 'GET', error: '404' },
  'CloudFront log of chosen fields': { kind: 'http-request', source: 'cloudfront', name: 'GET', error: '404' },
  'S3 server access log of the lifecycle': { kind: 'http-request', name: 'S3.EXPIRE.OBJECT', principal: 'AmazonS3' },
  'load balancer log of IPv6': {
    kind: 'http-request',
    name: 'GET',
    address: { kind: 'ip', text: '2001:db8::9', public: true },
  },
  'journal as journalctl begins it': { kind: 'login', name: 'Invalid', principal: 'admin' },
  'auth.log with lines that are the same': { kind: 'login', name: 'Failed', principal: 'root' },
  'Macie finding': { kind: 'foreign-finding', name: 'SensitiveData:S3Object/Credentials' },
};

describe('reads', () => {
  test.each(Object.entries(samples))('%s, told by its content', (name, text) => {
    const { rows, problems } = readText(`${text}\n`);
    expect(problems).toEqual([]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject(expected[name as keyof typeof samples]);
    expect(rows[0]!.time).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 5, 0, 0, 38));
    expect(rows[0]!.time).toBeLessThan(Date.UTC(2026, 0, 5, 0, 0, 39));
  });
});

test('fields are read by the names that AWS gives them', () => {
  const [row] = readText(samples['Resolver query log']).rows;
  expect([row?.text('srcids.instance'), row?.text('query_name')]).toEqual(['i-1', 'Bad.example.']);
  const [access] = readText(samples['S3 server access log']).rows;
  expect([access?.text('bucket'), access?.text('request_uri'), access?.text('user_agent')]).toEqual([
    'my-data',
    'GET /my-data/secret%20plans.txt HTTP/1.1',
    'curl/8.0 \\"odd\\"',
  ]);
  const [table] = readText(samples['S3 server access log of a table']).rows;
  expect([table?.text('bucket'), table?.text('http_status'), table?.text('user_agent')]).toEqual([
    'my-data',
    '403',
    'curl/8.0',
  ]);
  for (const name of ['CloudFront record in JSON', 'CloudFront row of a table'] as const) {
    expect(readText(samples[name]).rows[0]?.text('cs(User-Agent)')).toBe('curl/8.0');
  }
  expect(readText(samples['load balancer log of IPv6']).rows[0]?.text('elb_status_code')).toBe('200');
});

test('what a host says beside logins is counted', () => {
  const line = 'Jan  5 00:00:38 web CRON[1]: pam_unix(cron:session): session opened for user root';
  expect(readText(`${samples['auth.log']}\n${line}\n`).passed).toEqual([['auth-other', 1]]);
});

test('a finding that GuardDuty made as a sample is counted, and is none', () => {
  const sample = samples['GuardDuty finding'].replace('"service":{', '"service":{"additionalInfo":{"sample":true},');
  const { rows, passed, problems } = readText(`${sample}\n`);
  expect([rows, passed, problems]).toEqual([[], [['sample finding', 1]], []]);
});

test('a line without a year is not younger than its file', () => {
  const [row] = readText(samples['auth.log'].replace('Jan  5', 'Dec 31')).rows;
  expect(new Date(row!.time).toISOString()).toBe('2025-12-31T00:00:38.000Z');
});

test('a bad line costs a problem with its place, and no other line', () => {
  const text = samples['load balancer log'];
  const { rows, problems } = readText(`${text}\nhttps nonsense\n${text}\n`);
  expect(rows).toHaveLength(2);
  expect(problems).toMatchObject([{ code: 'alb-line', place: { file: 0, offset: text.length + 1 } }]);
  for (const name of ['load balancer log', 'S3 server access log'] as const) {
    const short = readText(`${samples[name]}\n${samples[name].slice(0, 150)}\n`);
    expect([short.rows.length, short.problems.length]).toEqual([1, 1]);
  }
});

describe('one kind or several, in lines or without, are read:', () => {
  const call =
    '{"eventVersion":"1.08","eventTime":"2026-01-05T00:00:38Z","eventSource":"iam.amazonaws.com","eventName":"ListUsers"}';
  const onBus = (detail: string) => `{"version":"0","detail-type":"x","detail":${detail}}`;
  const [finding, query] = [samples['GuardDuty finding'], samples['Resolver query log']];
  const shapes: Readonly<Record<string, readonly [text: string, kinds: readonly string[]]>> = {
    'a bus, a finding first': [[finding, call].map(onBus).join('\n'), ['foreign-finding', 'api-call']],
    'a bus, a call first': [[call, finding].map(onBus).join('\n'), ['api-call', 'foreign-finding']],
    'a bus that sets nothing between': [[finding, call].map(onBus).join(''), ['foreign-finding', 'api-call']],
    'queries that have nothing between': [query + query, ['dns-query', 'dns-query']],
    'indented queries': [JSON.stringify(JSON.parse(query), null, 2).repeat(2), ['dns-query', 'dns-query']],
    'queries after a line that was cut': [`${query.slice(0, 70)}\n${query}\n`, ['dns-query']],
    'queries after the rest of a cut one': [`${query.slice(70)}\n${query}\n`, ['dns-query']],
    'calls after what is nothing, of a cut file': [`%%% garbage\n${call}\n${call}\n`, ['api-call', 'api-call']],
    'access after a line that was cut': [
      `${samples['S3 server access log'].slice(90)}\n${samples['S3 server access log']}\n`,
      ['http-request'],
    ],
  };
  test.each(Object.entries(shapes))('%s', (_name, [text, kinds]) => {
    for (const cut of [text.length, 40, text.length - 40]) {
      const { rows, problems } = readText(text, cut);
      expect([cut, rows.map(({ kind }) => kind)]).toEqual([cut, kinds]);
      expect(problems).toHaveLength(/cut/.test(_name) ? 1 : 0);
    }
  });
});

test.each([
  ['UTF-16', Buffer.from(`\ufeff${samples['auth.log']}\n`, 'utf16le')],
  ['UTF-16 with the other order', Buffer.from(`\ufeff${samples['auth.log']}\n`, 'utf16le').swap16()],
  ['UTF-16 without a mark', Buffer.from(`${samples['Resolver query log']}\n`, 'utf16le')],
])('%s is read as the text that it is', (_name, bytes) => {
  const reader = new Sources([]).open(0, changed);
  const batches = [reader.read(bytes.subarray(0, 33), false), reader.read(bytes.subarray(33), true)];
  expect(batches.map(({ size, problems }) => [size, problems])).toContainEqual([1, []]);
});

test.each([
  ['file-packed', 'unzip', 'PK\u0003\u0004\u0014\u0000'],
  ['file-packed', 'tar -xf', `${'logs/x.json'.padEnd(257, '\u0000')}ustar\u000000`],
  ['file-unknown', 'Dear diary', 'Dear diary,\nnothing happened.\n'],
  ['file-unknown', 'header of field names', '2 111122223333 eni-1 10.0.0.5 10.0.0.9 1 2 6\n'],
])('a file of no log is one problem: %s that says %s', (code, said, text) => {
  const { rows, problems } = readText(text);
  expect([rows, problems]).toMatchObject([[], [{ code }]]);
  expect(problems[0]?.reason).toContain(said);
});

describe('whatever is written over it, reading does not fail:', () => {
  test.each(Object.entries<string>(samples))('%s', (_name, text) => readDamaged(text, `${text.split('\n')[0]}\n`));
});

test('pieces may end anywhere after what tells the kind', () => {
  const line = samples['Resolver query log'];
  const text = `${line}\n${line.replace(':38Z', ':39Z')}\n`;
  for (const cut of [line.length, line.length + 1, line.length + 50, text.length])
    expect(readText(text, cut).rows).toHaveLength(2);
});
