import { deepEqual, equal, ok } from 'node:assert/strict';
import type { JsonObject } from '../../src/model/json.ts';
import type { Clock } from '../../src/range/clock.ts';
import { createNetwork } from '../../src/range/network/network.ts';
import { createOutside } from '../../src/range/network/outside.ts';
import { type FlowCase, flowCases, type Scene } from './network-flows.ts';
import { twoSubnets } from './network-world.ts';

/** Twenty flows, each with its fate, the records on both sides and the address that CloudTrail and aws:SourceIp get. */
export async function network(): Promise<void> {
  for (const [index, one] of flowCases.entries()) {
    await play(one);
    console.log(`ok ${index + 1} - ${one.name}`);
  }
  ok(flowCases.length >= 20, 'expected twenty flows or more');
}

async function play(one: FlowCase): Promise<void> {
  const records: JsonObject[] = [];
  const clock = handClock();
  const world = twoSubnets();
  const feed = {
    record: (_account: string, _region: string, _stream: string, record: JsonObject) => records.push(record),
  };
  const net = createNetwork(clock, world, feed, { of: () => [], deliver: () => {} });
  const scene: Scene = {
    world,
    network: net,
    outside: createOutside([], '203.0.113.10'),
    pass: (ms) => clock.advance(clock.now() + ms),
  };
  await one.act?.(scene);
  net.ledger.close();
  records.length = 0;
  if (one.flow === undefined) {
    const address = typeof one.address === 'function' ? one.address(scene) : one.address;
    ok(address !== undefined && !address.startsWith('127.') && !address.startsWith('10.'), `${one.name}: ${address}`);
    return;
  }
  const { there, back } = net.exchange(one.flow);
  equal(`${there.fate}, ${back?.fate ?? '-'}`, one.fate, `${one.name}: ${there.reason}; ${back?.reason}`);
  if (typeof one.address === 'string') equal(there.src, one.address, one.name);
  net.ledger.close();
  if (one.records !== undefined) deepEqual(records.map(line), one.records, one.name);
}

function line(record: JsonObject): string {
  const name = String(record['interface-id']).replace('eni-', '');
  return `${name} ${record['action']} ${record['srcaddr']}>${record['dstaddr']}:${record['dstport']}`;
}

/** The experiment moves time by hand and needs no tasks. */
function handClock(): Clock {
  let now = Date.UTC(2026, 0, 5);
  let queue: { time: number; fire: () => void }[] = [];
  const unused = () => {
    throw new Error('the network starts no tasks');
  };
  return {
    now: () => now,
    at(time, fire) {
      const entry = { time, fire };
      queue.push(entry);
      return () => {
        queue = queue.filter((other) => other !== entry);
      };
    },
    async advance(until) {
      for (;;) {
        const next = queue.filter(({ time }) => time <= until).sort((a, b) => a.time - b.time)[0];
        if (next === undefined) break;
        queue = queue.filter((other) => other !== next);
        now = Math.max(now, next.time);
        next.fire();
      }
      now = until;
    },
    spawn: unused,
    enter: unused,
    pace: unused,
    holders: () => [],
    stop: () => {},
  };
}
