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

/** The workshop's drill, played with its files edited: what no longer held, without the virtual seconds. */
async function brokenBy(edits: readonly Edit[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-workshop-'));
  try {
    for (const file of [drillFile, attackFile, 'templates/environment.yaml']) {
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

test.each([
  [
    'a password that is not among the guesses',
    [[attackFile, 'Default: password123', 'Default: Unguessable1']],
    /^(finding|revoke-sessions answers|rotate-instance-credentials answers|no playbook answers) .*(IAMUser|AttackSequence)/,
    'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
  ],
  [
    'no threat list',
    [[attackFile, '--activate', '--no-activate']],
    /MaliciousIPCaller\.Custom|AttackSequence|packet from .* to \d+\.\d+\.\d+\.\d+: REJECT/,
    'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom',
  ],
  [
    "sshd's password authentication left off",
    [[attackFile, 'PasswordAuthentication yes', 'PasswordAuthentication no']],
    /IAMUser|AttackSequence|SSHBruteForce|block-address|packet/,
    'UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom',
  ],
] as const satisfies readonly (readonly [string, readonly Edit[], RegExp, string])[])(
  'does not hold with %s, and says what is missing',
  async (_, edits, allowed, missing) => {
    const broken = await brokenBy(edits);
    expect(broken.filter((name) => !allowed.test(name))).toEqual([]);
    expect(broken.some((name) => name.includes(`finding ${missing}`))).toBe(true);
  },
);
