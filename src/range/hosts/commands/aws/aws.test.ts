import { describe, expect, it } from 'vitest';
import { type Answers, laboratory } from '../../../../../test/hosts/laboratory.ts';
import { AwsError } from '../../../../aws/error.ts';

const keys = 'export AWS_ACCESS_KEY_ID=AKIDEXAMPLE AWS_SECRET_ACCESS_KEY=s AWS_DEFAULT_REGION=us-west-2; ';

const running: Answers = {
  'ec2:DescribeInstances': (() => {
    let asked = 0;
    return () => ({ Reservations: [{ Instances: [{ State: { Name: ++asked < 3 ? 'pending' : 'running' } }] }] });
  })(),
  's3:HeadBucket': () => {
    throw new AwsError('404', 'Not Found');
  },
  'logs:FilterLogEvents': () => ({
    events: [{ eventId: '1', logStreamName: 's', timestamp: Date.UTC(2026, 0, 5), message: 'hello' }],
  }),
  's3:CreateMultipartUpload': () => ({ UploadId: 'u' }),
  's3:UploadPart': ({ PartNumber }) => ({ ETag: `"${PartNumber}"` }),
};

const objects = [
  { Key: 'a/one.txt', Size: 3, LastModified: new Date(Date.UTC(2026, 0, 1)) },
  { Key: 'a/two.csv', Size: 5, LastModified: new Date(Date.UTC(2026, 0, 2)) },
];
const answers = (): Answers => ({
  ...running,
  's3:ListBuckets': () => ({
    Buckets: [{ Name: 'b', CreationDate: new Date(Date.UTC(2026, 0, 1)) }],
    Owner: { ID: 'x' },
  }),
  's3:DeleteBucket': () => {
    throw new AwsError('AccessDenied', 'Access Denied');
  },
  's3:ListObjectsV2': () => ({ Contents: objects }),
  's3:GetObject': () => ({ Body: Buffer.from('hello\n'), ContentLength: 6 }),
  's3:HeadObject': ({ Key }) => {
    if (Key === 'none') throw new AwsError('404', 'Not Found');
    return {};
  },
  'guardduty:ListDetectors': () => ({ DetectorIds: ['d1'] }),
  'cloudtrail:DescribeTrails': () => ({ trailList: [] }),
  'iam:ListUsers': ({ Marker }) =>
    Marker === undefined
      ? { Users: [{ UserName: 'a', Path: '/' }], IsTruncated: true, Marker: 'm' }
      : { Users: [{ UserName: 'b', Path: '/' }], IsTruncated: false },
});

const usage = `
usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help

`;

const outcomes: [string, string, string][] = [
  ['a waiter waits in virtual time', 'aws ec2 wait instance-running --instance-ids i-1; echo $SECONDS', '0|30\n|'],
  [
    'a waiter that waits for what is refused',
    'aws s3api wait bucket-not-exists --bucket b && echo gone; aws s3api wait bucket-exists --bucket b',
    '255|gone\n|\nWaiter BucketExists failed: Max attempts exceeded\n',
  ],
  [
    'a waiter that is not there',
    'aws guardduty wait x',
    '255||\naws: guardduty wait is not built on the hosts of this range\n',
  ],
  [
    'a signed address is made without a call',
    'aws s3 presign s3://b/a\\ c --expires-in 60',
    expect.stringMatching(
      /^0\|https:\/\/b\.s3\.us-west-2\.amazonaws\.com\/a%20c\?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F\d{8}%2Fus-west-2%2Fs3%2Faws4_request&X-Amz-Date=\d{8}T\d{6}Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=[0-9a-f]{64}\n\|$/,
    ),
  ],
  [
    'the settings are listed',
    'aws configure list | tr -s " "',
    '0| Name Value Type Location\n ---- ----- ---- --------\n profile <not set> None None\naccess_key ****************MPLE env \nsecret_key ****************s env \n region us-west-2 env \n|',
  ],
  ['logs are tailed', 'aws logs tail /group --since 1d --format short', '0|2026-01-05T00:00:00 hello\n|'],
  [
    "an endpoint that is none of AWS's",
    'aws --endpoint-url http://127.0.0.1:4566 s3 ls; aws --endpoint-url https://sts.us-west-2.amazonaws.com guardduty list-detectors --query x',
    "0|null\n|\naws: --endpoint-url http://127.0.0.1:4566, which is none of AWS's own addresses, is not built on the hosts of this range\n",
  ],
  ['json is the default', 'aws guardduty list-detectors', '0|{\n    "DetectorIds": [\n        "d1"\n    ]\n}\n|'],
  ['a query with text', "aws guardduty list-detectors --query 'DetectorIds[0]' --output text", '0|d1\n|'],
  ['text gives a line for each structure', 'aws iam list-users --output text', '0|USERS\t/\ta\nUSERS\t/\tb\n|'],
  ['a query whose function needs the answer', "aws guardduty list-detectors --query 'length(DetectorIds)'", '0|1\n|'],
  ['nothing found is None', "aws guardduty list-detectors --query 'Other' --output text", '0|None\n|'],
  ['an empty answer prints nothing', 'aws iam delete-account-password-policy', '0||'],
  [
    'a refusal by AWS',
    'aws s3api delete-bucket --bucket b',
    '254||\nAn error occurred (AccessDenied) when calling the DeleteBucket operation: Access Denied\n',
  ],
  [
    'a missing argument',
    'aws s3api get-object --bucket b',
    `252||${usage}aws: error: the following arguments are required: --key, outfile\n\n`,
  ],
  ['an unknown option', 'aws s3api list-objects --bucket b --foo bar', `252||${usage}Unknown options: --foo, bar\n\n`],
  [
    'shorthand that is none',
    'aws s3api put-bucket-acl --bucket b --access-control-policy a',
    "252||\nError parsing parameter '--access-control-policy': Expected: '=', received: 'EOF' for input:\na\n ^\n",
  ],
  [
    'an unknown member',
    'aws s3api create-bucket --bucket b --create-bucket-configuration Foo=1',
    '252||\nParameter validation failed:\nUnknown parameter in CreateBucketConfiguration: "Foo", must be one of: LocationConstraint, Location, Bucket, Tags\n',
  ],
  [
    'a file that is not there',
    'aws iam create-policy --policy-name x --policy-document file://nope',
    "252||\nError parsing parameter '--policy-document': Unable to load paramfile file://nope: [Errno 2] No such file or directory: 'nope'\n",
  ],
  [
    'a number that is none',
    'aws ec2 describe-instances --max-results x',
    "255||\ninvalid literal for int() with base 10: 'x'\n",
  ],
  [
    'no credentials',
    'unset AWS_ACCESS_KEY_ID; aws s3api list-buckets',
    '253||\nUnable to locate credentials. You can configure credentials by running "aws configure".\n',
  ],
  ['an unknown profile', 'aws --profile x s3 ls', '255||\nThe config profile (x) could not be found\n'],
  ['buckets are listed', 'aws s3 ls', '0|2026-01-01 00:00:00 b\n|'],
  [
    'objects are listed',
    'aws s3 ls s3://b/a/',
    '0|2026-01-01 00:00:00          3 one.txt\n2026-01-02 00:00:00          5 two.csv\n|',
  ],
  ['an upload', 'cd /tmp; echo hi > x.txt; aws s3 cp x.txt s3://b/', '0|upload: ./x.txt to s3://b/x.txt\n|'],
  ['a download', 'cd /tmp; aws s3 cp s3://b/k y; cat y', '0|download: s3://b/k to ./y\nhello\n|'],
  ['a download to standard output', 'aws s3 cp s3://b/k -', '0|hello\n|'],
  [
    'an object that is not there',
    'aws s3 cp s3://b/none /tmp/y',
    '1||fatal error: An error occurred (404) when calling the HeadObject operation: Key "none" does not exist\n',
  ],
  [
    'a folder',
    'aws s3 sync s3://b/a /tmp/d --exclude "*.csv"; ls /tmp/d',
    '0|download: s3://b/a/one.txt to ../tmp/d/one.txt\none.txt\n|',
  ],
  ['all of a prefix', 'aws s3 rm s3://b/a --recursive', '0|delete: s3://b/a/one.txt\ndelete: s3://b/a/two.csv\n|'],
  ['an object to a file', 'cd /tmp; aws s3api get-object --bucket b --key k o >/dev/null; cat o', '0|hello\n|'],
  [
    'a bucket that cannot be removed',
    'aws s3 rb s3://b',
    '1||remove_bucket failed: s3://b An error occurred (AccessDenied) when calling the DeleteBucket operation: Access Denied\n',
  ],
  [
    'a table',
    'aws guardduty list-detectors --output table',
    '0|---------------\n|ListDetectors|\n+-------------+\n||DetectorIds||\n|+-----------+|\n||  d1       ||\n|+-----------+|\n|',
  ],
  [
    'a table of structures',
    'aws iam list-users --output table',
    '0|------------------------\n|       ListUsers      |\n+----------------------+\n||        Users       ||\n|+-------+------------+|\n|| Path  | UserName   ||\n|+-------+------------+|\n||  /    |  a         ||\n||  /    |  b         ||\n|+-------+------------+|\n|',
  ],
  [
    'settings are kept in files',
    'aws configure set region eu-west-1 --profile p; cat ~/.aws/config; aws configure get region --profile p',
    '0|[profile p]\nregion = eu-west-1\neu-west-1\n|',
  ],
];

const inputs: [string, string, Record<string, unknown>][] = [
  [
    'lists of structures in shorthand',
    "aws ec2 describe-instances --filters Name=tag:a,Values=x,y 'Name=vpc-id,Values=v' --no-dry-run",
    {
      Filters: [
        { Name: 'tag:a', Values: ['x', 'y'] },
        { Name: 'vpc-id', Values: ['v'] },
      ],
      DryRun: false,
    },
  ],
  [
    'brackets and braces',
    "aws s3api put-bucket-ownership-controls --bucket b --ownership-controls 'Rules=[{ObjectOwnership=BucketOwnerPreferred}]'",
    { Bucket: 'b', OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } },
  ],
  [
    'JSON with a time',
    `aws logs put-log-events --log-group-name g --log-stream-name s --log-events '[{"timestamp":1,"message":"m"}]'`,
    { logGroupName: 'g', logStreamName: 's', logEvents: [{ timestamp: 1, message: 'm' }] },
  ],
  [
    'a whole input from a file, options win',
    `echo '{"UserName":"a","Path":"/p/"}' > /tmp/i; aws iam create-user --cli-input-json file:///tmp/i --user-name b`,
    { UserName: 'b', Path: '/p/' },
  ],
  ['many values of one option', 'aws ec2 terminate-instances --instance-ids i-1 i-2', { InstanceIds: ['i-1', 'i-2'] }],
  [
    'a rule by its four options',
    'aws ec2 authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22 --cidr 10.0.0.0/8',
    {
      GroupId: 'sg-1',
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }],
    },
  ],
];

async function host(script: string) {
  const lab = laboratory(answers());
  const server = lab.host('server');
  server.boot();
  await lab.pass(30_000);
  return { lab, said: await lab.run(server, keys + script) };
}

describe('aws', () => {
  it.each(outcomes)('%s', async (_name, script, expected) => {
    expect((await host(script)).said).toEqual(expected);
  });

  it.each(inputs)('reads %s', async (_name, script, expected) => {
    const { lab, said } = await host(script);
    expect(said).toMatch(/^0\|/);
    expect(lab.calls.at(-1)?.input).toEqual(expected);
  });
});

describe('a large file', () => {
  const file = 'dd if=/dev/zero of=/f bs=1M count=17 2>/dev/null; aws s3 cp /f s3://b/f';

  it('goes in parts', async () => {
    const { lab, said } = await host(file);
    expect(said).toBe('0|upload: ../f to s3://b/f\n|');
    expect(lab.calls.map(({ operation, input }) => [operation, input['PartNumber'], input['ContentLength']])).toEqual([
      ['CreateMultipartUpload', undefined, undefined],
      ['UploadPart', 1, 8_388_608],
      ['UploadPart', 2, 8_388_608],
      ['UploadPart', 3, 1_048_576],
      ['CompleteMultipartUpload', undefined, undefined],
    ]);
  });
});

describe('who calls', () => {
  const role = {
    roleName: 'r',
    instanceProfileArn: 'arn:aws:iam::111122223333:instance-profile/r',
    instanceProfileId: 'AIPA',
    accessKeyId: 'ASIAROLE',
    secretAccessKey: 'rolesecret',
    sessionToken: 'roletoken',
    issuedAt: 0,
    expiresAt: 1,
  };
  const rows: [string, string, string, string][] = [
    ['the role, by a token', 'aws iam list-users', 'ASIAROLE', 'us-east-1'],
    ['the region of the place', 'aws guardduty list-detectors', 'ASIAROLE', 'us-west-2'],
    ['keys in variables first', `${keys}aws guardduty list-detectors --region eu-west-1`, 'AKIDEXAMPLE', 'eu-west-1'],
    [
      'the profile that is asked for',
      'aws configure set aws_access_key_id AKIDP --profile p; aws configure set aws_secret_access_key s --profile p; aws s3 ls --profile p',
      'AKIDP',
      'us-west-2',
    ],
  ];
  it.each(rows)('%s', async (_name, script, key, region) => {
    const lab = laboratory(answers());
    const server = lab.host('server', { metadata: { credentials: () => role } });
    server.boot();
    await lab.pass(30_000);
    await lab.run(server, script);
    expect(lab.calls.at(-1)).toMatchObject({ region, credentials: { accessKeyId: key } });
    expect(lab.calls.at(-1)?.userAgent).toMatch(/^aws-cli\/2\./);
  });
});
