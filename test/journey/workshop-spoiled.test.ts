import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DrillResult } from '../../src/drill/result.ts';
import { rootPath } from '../../src/root.ts';
import { loadDrill } from '../../src/run/drill/load.ts';
import { openDrillRange } from '../../src/run/drill/run-drill.ts';
import { start } from '../support/range.ts';

type Edit = readonly [file: string, from: string | RegExp, to: string];

const drillFile = 'drills/workshop.yaml';
const attackFile = 'templates/attack.yaml';
const environmentFile = 'templates/environment.yaml';

/** The workshop's drill, played with its files edited: what no longer held, without the virtual seconds. */
async function brokenBy(edits: readonly Edit[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-workshop-'));
  try {
    for (const file of [drillFile, attackFile, environmentFile]) {
      await mkdir(join(folder, file, '..'), { recursive: true });
      await writeFile(join(folder, file), edited(file, await readFile(rootPath(file), 'utf8'), edits));
    }
    const result = await played(join(folder, drillFile));
    return result.expectations.filter(({ held }) => !held).map(({ name }) => name);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function edited(file: string, text: string, edits: readonly Edit[]): string {
  let now = text;
  for (const [of, from, to] of edits) {
    if (of !== file) continue;
    const next = now.replaceAll(from, to);
    if (next === now) throw new Error(`${file} has no ${from}`);
    now = next;
  }
  return now;
}

async function played(file: string): Promise<DrillResult> {
  const failed = (error: unknown) => {
    throw error;
  };
  const options = { seed: 5, from: start, env: process.env, tell: () => {}, doing: () => {}, failed };
  const drill = await openDrillRange(loadDrill(file, '.'), options);
  return drill.play().finally(() => drill.end());
}

test('holds with every name, user, password, network and address replaced', async () => {
  const given =
    '- stack: ../templates/attack.yaml\n    with: { UserName: carol, UserPassword: sunshine9, Guesses: "one two sunshine9 four five six seven", GuessedUsers: "carol eve mallory", VpcCidr: 172.20.0.0/16, ServerCidr: 172.20.8.0/24, ServerAddress: 172.20.8.77, HostCidr: 172.20.9.0/24 }';
  const edits: Edit[] = [
    [drillFile, 'threat-detection-wksp', 'acme-practice'],
    [drillFile, 'admin@example.com', 'ops@example.org'],
    [drillFile, '- stack: ../templates/attack.yaml', given],
  ];
  expect(await brokenBy(edits)).toEqual([]);
});

interface Spoiled {
  readonly by: string;
  readonly edits: readonly Edit[];
  /** Expectations that may fail of it. */
  readonly may: RegExp;
  /** One that must. */
  readonly must: string;
}

const calls = /IAMUser|AttackSequence/;
const rows: readonly Spoiled[] = [
  {
    by: 'a password that is not among the guesses',
    edits: [[attackFile, 'Default: password123', 'Default: Unguessable1']],
    may: calls,
    must: 'finding UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
  },
  {
    by: 'no threat list',
    edits: [[attackFile, '--activate', '--no-activate']],
    may: /MaliciousIPCaller\.Custom|AttackSequence|packet from .* to \d+\.\d+\.\d+\.\d+: REJECT/,
    must: 'finding UnauthorizedAccess:EC2/MaliciousIPCaller.Custom',
  },
  {
    by: "sshd's password authentication left off",
    edits: [[attackFile, 'PasswordAuthentication yes', 'PasswordAuthentication no']],
    may: /IAMUser|AttackSequence|SSHBruteForce|block-address|packet/,
    must: 'finding UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
  },
  {
    by: 'a NACL function that may not write',
    edits: [[environmentFile, 'ec2:CreateNetworkAclEntry, ', '']],
    may: /block-address answers|packet/,
    must: 'packet from',
  },
  {
    by: 'no answer to a brute force',
    edits: [[environmentFile, '["UnauthorizedAccess:EC2/SSHBruteForce"]', '["UnauthorizedAccess:EC2/Nothing"]']],
    may: /block-address answers .*SSHBruteForce|packet from .*:22: REJECT/,
    must: 'block-address answers UnauthorizedAccess:EC2/SSHBruteForce',
  },
  {
    by: 'metadata that asks for a token',
    edits: [[attackFile, 'HttpTokens: optional', 'HttpTokens: required']],
    may: calls,
    must: 'finding UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
  },
];

test.each(rows)('does not hold with $by, and says what is missing', async ({ edits, may, must }) => {
  const broken = await brokenBy(edits);
  expect(broken.filter((name) => !may.test(name))).toEqual([]);
  expect(broken.some((name) => name.startsWith(must))).toBe(true);
});
