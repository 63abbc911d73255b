import './virtual-globals.ts';
import { existsSync, readFileSync } from 'node:fs';
import type { JsonObject } from '../../src/model/json.ts';
import { createClock } from '../../src/range/clock/token-clock.ts';
import type { Clock } from '../../src/range/clock.ts';
import { createHost, type Host, type HostSpec } from '../../src/range/hosts/host.ts';
import type { AwsDoor, DiskStore, HostNet, HostPorts, MetadataSource } from '../../src/range/hosts/ports.ts';
import { endpointAddress } from '../../src/range/network/endpoints.ts';
import { createNetwork, type Network } from '../../src/range/network/network.ts';
import { createOutside } from '../../src/range/network/outside.ts';
import { createWire } from '../../src/range/wire/create.ts';
import { assetPath } from '../../src/root.ts';
import { twoSubnets } from '../experiments/network-world.ts';
import type { MemoryWorld } from '../fakes/memory-world.ts';

/** Hosts on a network without a gateway: the door to AWS is a list of what was called. */
export interface Laboratory {
  readonly clock: Clock;
  readonly world: MemoryWorld;
  readonly network: Network;
  readonly flows: JsonObject[];
  readonly calls: Parameters<AwsDoor['call']>[0][];
  host(
    name: string,
    more?: Partial<HostSpec> & { userData?: string; metadata?: Partial<MetadataSource>; disk?: DiskStore },
  ): Host;
  /** Runs a script to its end and gives `status|stdout|stderr`. */
  run(host: Host, script: string, options?: { uid?: number; forMs?: number }): Promise<string>;
  pass(ms: number): Promise<void>;
}

export const beginning = Date.UTC(2026, 0, 5);

/** What AWS answers, by `service:Operation`; the rest gives an empty answer. */
export type Answers = Readonly<
  Record<
    string,
    (input: Readonly<Record<string, unknown>>) => Record<string, unknown> | Promise<Record<string, unknown>>
  >
>;

const wire = createWire((service) => {
  const path = assetPath('range', 'wire', 'models', `${service}.json`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
});

export function laboratory(answers: Answers = {}, seed = '1'): Laboratory {
  const clock = createClock({ start: beginning, seed, wall: realWall });
  const world = twoSubnets();
  const flows: JsonObject[] = [];
  const feed = {
    record: (_account: string, _region: string, _stream: string, record: JsonObject) => void flows.push(record),
  };
  const network = createNetwork(clock, world, feed, { of: () => [], deliver: () => {} });
  const calls: Laboratory['calls'] = [];
  const hosts = new Map<string, Host>();
  const outside = createOutside(
    [
      {
        name: 'www.example.com',
        addresses: ['198.51.100.80'],
        country: 'NL',
        asn: 64500,
        organisation: 'Example',
        ports: [80],
        pages: { '/': 'hello\n' },
      },
    ],
    '203.0.113.10',
  );
  const aws: AwsDoor = {
    call: async (request) => {
      calls.push(request);
      return answers[`${request.service}:${request.operation}`]?.(request.input) ?? {};
    },
    fetch: () => undefined,
    address: endpointAddress,
    describe: (service) => wire.service(service),
  };
  const pass = (ms: number) => clock.advance(clock.now() + ms);
  return {
    clock,
    world,
    network,
    flows,
    calls,
    pass,
    host(name, { userData, metadata, disk = noDisk, ...spec } = {}) {
      const eni = world.interfaces.get(`eni-${name}`)!;
      const net: HostNet = {
        interface: () => world.interfaces.get(eni.id)!,
        exchange: (flow) => network.exchange({ ...flow, from: eni.id, src: eni.address }),
        resolve: (asked) => outside.byName(asked)?.addresses[0],
        hostAt: (id) => hosts.get(id),
        outside,
      };
      const source: MetadataSource = {
        options: () => ({ enabled: true, tokens: 'required', hopLimit: 2 }),
        values: () => ({ 'instance-id': `i-${name}`, 'placement/region': 'us-west-2' }),
        userData: () => (userData === undefined ? undefined : Buffer.from(userData)),
        credentials: () => undefined,
        identityDocument: () => ({ region: 'us-west-2' }),
        ...metadata,
      };
      const ports: HostPorts = { clock, net, aws, metadata: source, disk };
      const hostname = `ip-${eni.address.replaceAll('.', '-')}.us-west-2.compute.internal`;
      const host = createHost({ id: `i-${name}`, hostname, vintage: 'now', bootMs: 20_000, ...spec }, ports);
      hosts.set(eni.id, host);
      return host;
    },
    async run(host, script, { uid = 0, forMs = 3_600_000 } = {}) {
      const job = host.start(script, { uid, why: 'test' });
      if (job === undefined) return 'not started';
      await pass(forMs);
      if (job.status === undefined) return 'still running';
      const { status, stdout, stderr } = await job.done;
      return `${status}|${stdout}|${stderr}`;
    },
  };
}

const noDisk: DiskStore = { load: () => undefined, save: () => {} };

const realWall = {
  now: () => performance.now(),
  soon: (turn: () => void) => queueMicrotask(turn),
  turn: (turn: () => void) => void setImmediate(turn),
  later: (ms: number, fire: () => void) => {
    const timer = setTimeout(fire, ms);
    return () => clearTimeout(timer);
  },
};
