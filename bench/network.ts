import { decide } from '../src/range/network/decide.ts';
import { tcp, twoSubnets } from '../test/experiments/network-world.ts';
import { cpuOf, type Figure, figureOf } from './figure.ts';

const rounds = 5;
const packets = 50_000;

/** A decided packet, in a world with 20 ACL entries, 60 group rules and 50 routes: at most 10 microseconds. */
export async function network(): Promise<readonly Figure[]> {
  const world = twoSubnets();
  const subnet = world.subnets.get('subnet-a')!;
  const acl = Array.from({ length: 18 }, (_, i) => ({
    RuleNumber: i + 1,
    RuleAction: 'deny' as const,
    Egress: i % 2 === 0,
    Protocol: '6',
    CidrBlock: `192.0.2.${i}/32`,
  }));
  world.subnets.set('subnet-a', { ...subnet, acl: [...acl, ...subnet.acl] });
  const routes = Array.from({ length: 47 }, (_, i) => ({ destination: `172.16.${i}.0/24`, target: 'local' }));
  world.subnets.set('subnet-b', { ...world.subnets.get('subnet-b')!, routes: [...routes, ...subnet.routes] });
  const rules = Array.from({ length: 59 }, (_, i) => tcp(1000 + i, '10.0.0.0/16'));
  world.groups.set('sg-server', { id: 'sg-server', ingress: [...rules, tcp(22, '10.0.0.0/16')], egress: [] });
  const packet = { from: 'eni-stranger', src: '10.0.1.20', dst: '10.0.0.15', protocol: 6, sport: 40000, dport: 22 };
  const memory = { remembers: () => false };
  const values: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const seconds = await cpuOf(() => {
      for (let at = 0; at < packets; at++) {
        if (decide(world, memory, packet).fate !== 'delivered') throw new Error('the bench measures a refused packet');
      }
    });
    // The first round warms up.
    if (round > 0) values.push((seconds * 1e6) / packets);
  }
  const beside = 'CPU; 20 ACL entries, 60 rules, 50 routes';
  return [figureOf('network: a decided packet', values, { unit: 'us', atMost: 10, beside })];
}
