import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testRange } from '../test/support/range.ts';

interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly atMost: number;
}

const body = 'x'.repeat(1024);
const calls = 3_000;
const rounds = 5;

/** Put and get of 1 KiB on a lasting store beside a bare node:http server; the client is another process. */
export async function s3(): Promise<readonly Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-s3-'));
  const range = await testRange({ folder });
  const bare = createServer((request, response) => request.resume().on('end', () => response.end(body)));
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
  try {
    const hello = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
    const { accessKeyId: id, secretAccessKey: secret } = range.administrator;
    const sign = (method: string, path: string) => presigned(method, range.endpoint, path, id, secret);
    const made = await fetch(sign('PUT', '/bench-bucket'), { method: 'PUT', body: location });
    if (!made.ok) throw new Error(`the bench got no bucket: ${await made.text()}`);
    const put = sign('PUT', '/bench-bucket/key');
    const get = sign('GET', '/bench-bucket/key');
    const spent = { bare: [] as number[], put: [] as number[], get: [] as number[] };
    for (let round = 0; round <= rounds; round++) {
      const turn = { bare: await turnOf('GET', hello), put: await turnOf('PUT', put), get: await turnOf('GET', get) };
      if (round > 0) for (const name of ['bare', 'put', 'get'] as const) spent[name].push(turn[name]);
    }
    const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
    const times = (values: number[]) => median(values) / median(spent.bare);
    return [
      { name: 's3: put of 1 KiB', value: times(spent.put), unit: 'x node:http', atMost: 6 },
      { name: 's3: get of 1 KiB', value: times(spent.get), unit: 'x node:http', atMost: 5 },
    ];
  } finally {
    bare.close();
    await range.close();
    rmSync(folder, { recursive: true });
  }
}

const location =
  '<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>';

/** Microseconds of this process for each of many calls, eight at a time. */
async function turnOf(method: string, url: string): Promise<number> {
  const start = process.cpuUsage();
  const client = spawn(process.execPath, ['-e', clientText, method, url, String(calls), method === 'PUT' ? body : ''], {
    stdio: 'inherit',
  });
  const code = await new Promise((resolve) => client.on('close', resolve));
  if (code !== 0) throw new Error(`the client of the bench ended with ${code}`);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / calls;
}

const clientText = `
const http = require('node:http');
const [method, url, count, body] = process.argv.slice(1);
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
let left = Number(count);
const one = () => new Promise((resolve, reject) => {
  const request = http.request(url, { method, agent, headers: { 'content-length': body.length } }, (response) => {
    if (response.statusCode !== 200) reject(new Error(String(response.statusCode)));
    response.resume().on('end', resolve);
  });
  request.on('error', reject).end(body);
});
const lane = async () => { while (left-- > 0) await one(); };
Promise.all(Array.from({ length: 8 }, lane)).then(() => process.exit(0));
`;

/** Signed by hand, so that one address serves all calls and the bench does not measure the code with itself. */
function presigned(method: string, endpoint: string, path: string, id: string, secret: string): string {
  const stamp = `${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const scope = `${stamp.slice(0, 8)}/us-west-2/s3/aws4_request`;
  const query = [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Credential=${encodeURIComponent(`${id}/${scope}`)}`,
    `X-Amz-Date=${stamp}`,
    'X-Amz-Expires=3600',
    'X-Amz-SignedHeaders=host',
  ].join('&');
  const canonical = `${method}\n${path}\n${query}\nhost:${new URL(endpoint).host}\n\nhost\nUNSIGNED-PAYLOAD`;
  const toSign = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`;
  let key: string | Buffer = `AWS4${secret}`;
  for (const part of [...scope.split('/'), toSign]) key = createHmac('sha256', key).update(part).digest();
  return `${endpoint}${path}?${query}&X-Amz-Signature=${(key as Buffer).toString('hex')}`;
}
