import { equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDoor, type Serve } from '../../src/run/adapters/http/door.ts';
import { openLmdbStore } from '../../src/run/adapters/store/lmdb.ts';
import { killAgainAndAgain } from '../crash/kills.ts';

const clients = 16;
const callsEach = 1_500;

/** A call's signature, three policies, state, record and notice in one commit; kills; a full disk. */
export async function store(kills: number): Promise<void> {
  for (const round of [1, 2, 3]) {
    console.log(`round ${round}, ${clients} clients, CPU microseconds of server and clients a call`);
    await measured('hello', false, async (_request, response) => void response.end('hello'));
    await onStore('chain and store', false);
    await onStore('chain and store, --sync', true);
  }
  const report = await killAgainAndAgain({ kills, seed: 'experiment' });
  console.log(`${report.kills} kills, ${report.answered} answers, ${report.faults.length} lost or torn`);
  equal(report.faults.length, 0, report.faults[0]);
  await fullDisk();
}

async function onStore(name: string, sync: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-experiment-'));
  const opened = openLmdbStore({ folder, sync });
  let count = 0;
  const serve: Serve = async (_request, response) => {
    verify(String(count));
    if (!policies.every(allows)) throw new Error('refused');
    const answer = await opened.commit((tx) => {
      const id = String(++count).padStart(9, '0');
      tx.put('state', `111122223333/us-west-2/sns/topic/${count % 1_000}`, { id, count });
      tx.put('trail', `111122223333/us-west-2/${id}`, { id, pad: 'x'.repeat(1_150) });
      tx.put('outbox', `work/${id}`, { id });
      return id;
    });
    response.end(answer);
  };
  await measured(name, sync, serve);
  equal(opened.get<{ id: string }>('trail', `111122223333/us-west-2/${String(count).padStart(9, '0')}`)?.id.length, 9);
  await opened.close();
  await rm(folder, { recursive: true });
}

const policies = ['sns:*', 'sns:GetTopicAttributes', '*'].map((Action) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
}));

function allows(policy: (typeof policies)[number]): boolean {
  return policy.Statement.some(
    ({ Action }) => Action === '*' || 'sns:GetTopicAttributes'.startsWith(Action.replace('*', '')),
  );
}

/** The cost of a signature with its key cached: two hashes and one HMAC. */
function verify(body: string): string {
  const canonical = `POST\n/\n\nhost:localhost\n\nhost\n${createHash('sha256').update(body).digest('hex')}`;
  return createHmac('sha256', 'key').update(createHash('sha256').update(canonical).digest('hex')).digest('hex');
}

async function measured(name: string, slow: boolean, serve: Serve): Promise<void> {
  const failed = (error: unknown) => {
    throw error;
  };
  const door = await openDoor({ identity: { sourceIp: '203.0.113.1', time: 'wall' }, serve, failed });
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const each = slow ? callsEach / 10 : callsEach;
  const cpu = process.cpuUsage();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let n = 0; n < each; n++) await call(door.url, agent);
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const calls = clients * each;
  agent.destroy();
  await door.close();
  console.log(`  ${name}: ${((user + system) / calls).toFixed(0)} us, ${(calls / seconds).toFixed(0)} calls/s`);
}

function call(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, method: 'POST' }, (answer) => {
      answer.resume().on('end', resolve);
    });
    asked.on('error', reject).end('x');
  });
}

/** Eight megabytes that fill: what was answered stays, and the range stops at the first commit that fails. */
async function fullDisk(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'yagura-full-'));
  const copy = `${folder}-copy`;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    console.log('full disk: not tried, since this user may not mount a small one');
    await rm(folder, { recursive: true });
    return;
  }
  try {
    const options = { folder: join(folder, 'range'), freeBytesMin: 0 };
    const opened = openLmdbStore(options);
    let answered = 0;
    const codes = new Set<string>();
    for (let n = 1; codes.size === 0; n++) {
      const commits = Array.from({ length: 8 }, (_, k) =>
        opened.commit((tx) => tx.put('trail', `${n}/${k}`, 'x'.repeat(4_000))),
      );
      for (const result of await Promise.allSettled(commits)) {
        if (result.status === 'fulfilled') answered++;
        else codes.add(String((result.reason as { code?: string }).code));
      }
    }
    await opened.close();
    equal([...codes].join(), 'STORE_COMMIT_FAILED');
    // As a new process finds it: the owner's row, which a full disk cannot take back, is of the other file.
    await cp(options.folder, copy, { recursive: true });
    const again = openLmdbStore({ folder: copy });
    const kept = [...again.range('trail', { prefix: '' })].length;
    await again.close();
    console.log(`full disk: ${answered} answered, ${kept} there after opening it again; then ${[...codes].join()}`);
    equal(kept >= answered, true, 'an answered commit is lost');
  } finally {
    execFileSync('umount', [folder]);
    for (const left of [folder, copy]) await rm(left, { recursive: true, force: true });
  }
}
