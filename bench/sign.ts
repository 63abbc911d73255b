import { createHash, createHmac } from 'node:crypto';

export interface BenchKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Plain {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly service: string;
  readonly contentType?: string;
  readonly body: Uint8Array;
}

export const region = 'us-west-2';

/** Signed by hand, so that the bench does not measure the range's code with itself, and as few bytes as an SDK sends. */
export function signedHeaders(plain: Plain, keys: BenchKeys, date: string): Record<string, string> {
  const hash = sha256(plain.body);
  const signed: Record<string, string> = {
    'amz-sdk-invocation-id': '11111111-2222-4333-8444-555555555555',
    'amz-sdk-request': 'attempt=1; max=3',
    ...(plain.contentType === undefined ? {} : { 'content-type': plain.contentType }),
    host: plain.host,
    'x-amz-content-sha256': hash,
    'x-amz-date': date,
    ...(keys.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken }),
    'x-amz-user-agent': 'aws-sdk-js/3.1169.0',
  };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `${plain.method}\n${plain.path}\n\n${lines.join('')}\n${names}\n${hash}`;
  const scope = `${date.slice(0, 8)}/${region}/${plain.service}/aws4_request`;
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`;
  let key: string | Buffer = `AWS4${keys.secretAccessKey}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  const signature = createHmac('sha256', key).update(toSign).digest('hex');
  return {
    ...signed,
    authorization: `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
    'content-length': String(plain.body.length),
    'user-agent': 'aws-sdk-js/3.1169.0 ua/2.1 os/linux lang/js api/sns#3.1169.0',
  };
}

/** `20260105T000000Z`. */
export function amzDate(time: number): string {
  return `${new Date(time)
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
    .slice(0, 15)}Z`;
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
