import { fetchFrom } from '../../net/http.ts';
import type { AwsCredentials } from '../../ports.ts';
import type { Seat } from '../../seat.ts';

const base = 'http://169.254.169.254/latest';

/** A leaf of the host's metadata as a client reads it: with a token where one is given, without where none is. */
export async function fetchMetadata(seat: Seat, path: string): Promise<string | undefined> {
  const token = await text(seat, 'PUT', `${base}/api/token`, { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' });
  const headers: Record<string, string> = token === undefined ? {} : { 'x-aws-ec2-metadata-token': token };
  return text(seat, 'GET', `${base}/meta-data/${path}`, headers);
}

export async function roleFromMetadata(seat: Seat): Promise<AwsCredentials | undefined> {
  const role = await fetchMetadata(seat, 'iam/security-credentials/');
  const name = role?.split('\n')[0];
  if (name === undefined || name === '') return undefined;
  const body = await fetchMetadata(seat, `iam/security-credentials/${name}`);
  if (body === undefined) return undefined;
  const read = JSON.parse(body) as Readonly<Record<string, string>>;
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken } = read;
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken };
}

async function text(seat: Seat, method: string, url: string, headers: Record<string, string>) {
  const got = await fetchFrom(seat, { method, url, headers }, 1000);
  return got.kind === 'answer' && got.answer.status === 200 ? Buffer.from(got.answer.body).toString('utf8') : undefined;
}
