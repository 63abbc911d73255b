import { equal } from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { EventBridgeClient, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { keysIn, prepareRole, query } from '../../bench/calls.ts';
import { sendMany, sendOne } from '../../bench/light-client.ts';
import { type Served, startServer } from '../../bench/servers.ts';
import { region } from '../../bench/sign.ts';
import { fillDisk } from '../crash/full-disk.ts';
import { killAgainAndAgain } from '../crash/kills.ts';

const topics = 1_000;
const sessions = 16;
const calls = 3_000;

/** A signed call that three conditioned policies judge: state, record and notice in one commit; kills; a full disk. */
export async function store(kills: number): Promise<void> {
  await costs();
  const progress = (kill: number) => process.stderr.write(`\r${kill} of ${kills} kills`);
  const report = await killAgainAndAgain({ kills, seed: 'experiment', progress });
  console.log(`\n${report.kills} kills, ${report.answered} answers, ${report.faults.length} lost or torn`);
  equal(report.faults.length, 0, report.faults[0]);
  const full = await fillDisk();
  console.log(`full disk: ${full.answered} answers, ${full.faults.length} lost or torn`);
  equal(full.faults.length, 0, full.faults[0]);
}

async function costs(): Promise<void> {
  const [hello, range, synced] = await Promise.all([startServer('hello'), startServer('range'), startServer('synced')]);
  try {
    const asked = await requestsOn(range);
    const rows = [
      { name: 'hello', server: hello, requests: asked },
      { name: 'chain and store', server: range, requests: asked },
      { name: 'chain and store, --sync', server: synced, requests: await requestsOn(synced) },
    ];
    for (const round of ['to warm up', '1', '2', '3']) {
      console.log(`round ${round}, ${sessions} clients, CPU microseconds of the server a call`);
      for (const row of rows) await measured(row);
    }
  } finally {
    await Promise.all([hello.end(), range.end(), synced.end()]);
  }
}

/** Each changes a topic's state, is recorded, and makes an event for a rule. */
async function requestsOn(range: Served): Promise<readonly Buffer[]> {
  const role = `arn:aws:iam::${range.account}:role/bench`;
  await prepareRole(range, role);
  const names = Array.from({ length: topics }, (_, at) => `topic-${at}`);
  const made = names.map((Name) => query(range, 'sns', { Action: 'CreateTopic', Name }));
  await sendMany(range.port, made, topics);
  const { accessKeyId, secretAccessKey } = range.keys;
  const credentials = { accessKeyId, secretAccessKey };
  const events = new EventBridgeClient({ region, endpoint: `http://127.0.0.1:${range.port}`, credentials });
  const pattern = { 'detail-type': ['AWS API Call via CloudTrail'], source: ['aws.sns'] };
  await events.send(new PutRuleCommand({ Name: 'calls', EventPattern: JSON.stringify(pattern) }));
  const requests: Buffer[] = [];
  for (let at = 0; at < sessions; at++) {
    const assume = { Action: 'AssumeRole', RoleArn: role, RoleSessionName: `session-${at}` };
    const keys = keysIn(await sendOne(range.port, query(range, 'sts', assume)));
    for (const Name of names.filter((_, index) => index % sessions === at)) {
      const change = { TopicArn: `arn:aws:sns:${region}:${range.account}:${Name}`, AttributeName: 'DisplayName' };
      requests.push(query(range, 'sns', { Action: 'SetTopicAttributes', ...change, AttributeValue: Name }, keys));
    }
  }
  return requests;
}

async function measured(row: { readonly name: string; readonly server: Served; readonly requests: readonly Buffer[] }) {
  const { name, server, requests } = row;
  const before = await server.cpu();
  const began = performance.now();
  await sendMany(server.port, requests, calls);
  const seconds = (performance.now() - began) / 1_000;
  const spent = ((await settledCpu(server)) - before) / calls;
  console.log(`  ${name}: ${(spent * 1e6).toFixed(0)} us, ${(calls / seconds).toFixed(0)} calls/s`);
}

/** Notices are delivered after the answers, and are part of the cost. */
async function settledCpu(server: Served): Promise<number> {
  for (let last = await server.cpu(); ; ) {
    await setTimeout(1_000);
    const now = await server.cpu();
    if (now - last < 0.005) return now;
    last = now;
  }
}
