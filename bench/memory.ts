import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { call, flow } from '../src/detect/examples.ts';
import type { JsonObject } from '../src/model/json.ts';
import { rootPath } from '../src/root.ts';
import { defaultFields } from '../src/sources/vpc-flow/format.ts';
import { type Figure, figureOf } from './figure.ts';

const atMost = 400;
const many = 1_000_000;

/** What `yagura detect` holds at most, in a process of its own, over files that are made to fill it. */
export async function memory(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yagura-memory-'));
  try {
    const figures: Figure[] = [];
    for (const [name, [pieces, options]] of Object.entries(cases)) {
      const file = join(folder, 'made.log.gz');
      await pipeline(Readable.from(pieces()), createGzip({ level: 1 }), createWriteStream(file));
      const peak = await peakOf(['detect', file, '--json', ...options], folder);
      figures.push(figureOf(`memory: ${name}`, [peak], { unit: 'MB', atMost, beside: 'peak of the process' }));
    }
    return figures;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const cases: Readonly<Record<string, readonly [pieces: () => Generator<string>, options: readonly string[]]>> = {
  'a million principals, addresses, agents, one line': [() => strangers(), ['--summary']],
  'a million flows between as many addresses': [() => flows(), []],
  'one text of two gigabytes': [() => repeated('{"Records":[{"eventName":"', 'x'.repeat(1 << 20), 2_048), []],
  'blanks of two gigabytes': [() => repeated('{"Records":[', ' '.repeat(1 << 20), 2_048), []],
  'lists of two gigabytes': [
    () => repeated('{"Records":[{"requestParameters":[', '{"a":[1,2]},'.repeat(1 << 16), 2_730),
    [],
  ],
};

const names = [
  's3:GetObject',
  'iam:CreateUser',
  'ec2:RunInstances',
  'sts:AssumeRole',
  'secretsmanager:GetSecretValue',
  'ssm:GetParameter',
];

/** One line; everything that can differ does. */
export function* strangers(count = many): Generator<string> {
  yield '{"Records":[';
  for (let index = 0; index < count; index++) yield (index === 0 ? '' : ',') + JSON.stringify(stranger(index));
  yield ']}';
}

function stranger(index: number): JsonObject {
  const hex = index.toString(16).padStart(12, '0');
  const own = {
    eventID: `00000000-0000-4000-8000-${hex}`,
    requestID: hex.repeat(3),
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROA${hex.toUpperCase()}:s-${hex}`,
      arn: `arn:aws:sts::111122223333:assumed-role/r-${hex}/s-${hex}`,
      accountId: '111122223333',
      accessKeyId: `ASIA${hex.toUpperCase()}`,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: `AROA${hex.toUpperCase()}`,
          arn: `arn:aws:iam::111122223333:role/r-${hex}`,
          accountId: '111122223333',
          userName: `r-${hex}`,
        },
        attributes: { creationDate: '2026-01-05T00:00:00Z', mfaAuthenticated: 'false' },
      },
    },
  };
  return call(names[index % names.length]!, {
    at: Math.floor(index / 50),
    from: `${11 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}.7`,
    agent: `agent/${hex} (${'x'.repeat(60)})`,
    request: {
      bucketName: `b-${hex}`,
      key: hex.repeat(8),
      userName: `u-${hex}`,
      secretId: hex,
      name: hex,
      roleArn: `arn:aws:iam::111122223333:role/t-${hex}`,
    },
    response: { credentials: { accessKeyId: `ASIB${hex.toUpperCase()}`, expiration: 'Jan 5, 2026, 1:00:00 AM' } },
    more: own,
  });
}

export function* flows(count = 2 * many): Generator<string> {
  yield `${defaultFields.join(' ')}\n`;
  for (let index = 0; index < count; index++) {
    const record = flow({
      at: Math.floor(index / 500),
      interface: `eni-${(index % 50_000).toString(16).padStart(17, '0')}`,
      from: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
      to: `${11 + (index >> 17)}.${(index >> 9) & 255}.${(index >> 1) & 255}.7`,
      fromPort: 40_000,
      toPort: index % 3 === 0 ? 22 : 1 + (index % 30_000),
      packets: 1 + (index % 3),
      bytes: 60,
    });
    yield `${defaultFields.map((field) => record[field]).join(' ')}\n`;
  }
}

function* repeated(head: string, piece: string, count: number): Generator<string> {
  yield head;
  for (let index = 0; index < count; index++) yield piece;
}

/** The process writes down its own peak as it ends. */
async function peakOf(args: readonly string[], folder: string): Promise<number> {
  const peak = join(folder, 'peak');
  const hook = `import fs from 'node:fs';process.on('exit',()=>fs.writeFileSync(${JSON.stringify(peak)},String(process.resourceUsage().maxRSS)))`;
  const child = spawn(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(hook)}`, rootPath('bin', 'yagura.mjs'), ...args],
    {
      stdio: ['ignore', 'ignore', 'ignore'],
    },
  );
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code === null || code > 2) throw new Error(`yagura ended with ${code}`);
  return Number(readFileSync(peak, 'utf8')) / 1_024;
}
