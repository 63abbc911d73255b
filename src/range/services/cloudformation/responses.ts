import { AwsError } from '../../../aws/error.ts';
import { awsAccount, awsRoot } from '../../aws-account.ts';
import type { Work } from '../../operation.ts';
import { presign } from '../../wire/sigv4/presign.ts';
import { createSigningKeys } from '../../wire/sigv4/signing-key.ts';
import { responseBytesMax, responseUrlSeconds } from './limits.ts';

/** Where a provider outside of CloudFormation puts its answer: an object of S3, by a URL that allows this one upload. */
export interface Responses {
  url(): Promise<string>;
  /** The text of the answer, as soon as there is one; of another resource's by its URL. */
  read(url?: string): Promise<string | undefined>;
}

const principal = 'cloudformation.amazonaws.com';
const roleName = 'CloudFormationCustomResourceResponse';
const roleArn = `arn:aws:iam::${awsAccount}:role/${roleName}`;
const keys = createSigningKeys();

/** Bucket and host are named as CloudFormation names them in the account that it keeps them in. */
export function responsesOf(key: string, work: Work): Responses {
  const { region } = work;
  const Bucket = `cloudformation-custom-resource-response-${region.replaceAll('-', '')}`;
  const own = (service: string, operation: string, input: Readonly<Record<string, unknown>>) =>
    work.invoke({ as: awsRoot, account: awsAccount, region, service, operation, input });
  return {
    async url() {
      if ((await unless('NotFound', own('s3', 'HeadBucket', { Bucket }))) === undefined)
        await setUp(Bucket, region, own);
      const { Credentials } = await work.invoke({
        as: { kind: 'service', service: principal },
        account: awsAccount,
        region,
        service: 'sts',
        operation: 'AssumeRole',
        input: {
          RoleArn: roleArn,
          RoleSessionName: 'response',
          DurationSeconds: responseUrlSeconds,
          Policy: upload(`arn:aws:s3:::${Bucket}/${key}`),
        },
      });
      const issued = Credentials as { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
      return presign(
        {
          method: 'PUT',
          host: `${Bucket}.s3.${region}.amazonaws.com`,
          path: `/${key}`,
          region,
          credentials: {
            accessKeyId: issued.AccessKeyId,
            secretAccessKey: issued.SecretAccessKey,
            sessionToken: issued.SessionToken,
          },
          time: work.now(),
          expiresS: responseUrlSeconds,
        },
        keys,
      );
    },
    async read(at) {
      const Key = at === undefined ? key : decodeURIComponent(new URL(at).pathname.slice(1));
      const found = await unless('NoSuchKey', own('s3', 'GetObject', { Bucket, Key }));
      return found === undefined ? undefined : textOf(found['Body'] as AsyncIterable<Uint8Array>);
    },
  };
}

async function setUp(
  Bucket: string,
  region: string,
  own: (service: string, operation: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>,
): Promise<void> {
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: principal }, Action: 'sts:AssumeRole' }],
  });
  const role = { RoleName: roleName, AssumeRolePolicyDocument, MaxSessionDuration: responseUrlSeconds };
  await unless('EntityAlreadyExists', own('iam', 'CreateRole', role));
  const PolicyDocument = upload('arn:aws:s3:::cloudformation-custom-resource-response-*/*');
  await own('iam', 'PutRolePolicy', { RoleName: roleName, PolicyName: 'upload', PolicyDocument });
  await own('s3', 'CreateBucket', {
    Bucket,
    ...(region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region } }),
  });
}

function upload(Resource: string): string {
  const Statement = [{ Effect: 'Allow', Action: 's3:PutObject', Resource }];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

async function unless<T>(code: string, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof AwsError && (error.code === code || error.code === `NoSuchBucket`)) return undefined;
    throw error;
  }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > responseBytesMax) throw new AwsError('ValidationError', 'Response object is too long.', { status: 400 });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
