import type { Clock } from '../range/clock.ts';
import type { Feed } from '../range/feed.ts';
import type { InodeJson } from '../range/hosts/disk/json.ts';
import { createHost, type Host } from '../range/hosts/host.ts';
import type { DiskStore, HostNet, HostPorts } from '../range/hosts/ports.ts';
import type { Ids } from '../range/ids.ts';
import { accounts } from '../range/indexes.ts';
import { createNetwork, type Network } from '../range/network/network.ts';
import { createOutside } from '../range/network/outside.ts';
import type { ReadScope } from '../range/operation.ts';
import type { Range } from '../range/range.ts';
import { flowLogsOf } from '../range/services/ec2/flow-logs.ts';
import { type InstanceRow, instances } from '../range/services/ec2/instances.ts';
import { keyPairs } from '../range/services/ec2/key-pairs.ts';
import { bootMs } from '../range/services/ec2/limits.ts';
import type { MachineId, Machines } from '../range/services/ec2/machines.ts';
import { all } from '../range/services/ec2/resource.ts';
import { ec2World } from '../range/services/ec2/world.ts';
import type { Store } from '../range/store/port.ts';
import { table } from '../range/table.ts';
import type { Wire } from '../range/wire/wire.ts';
import { createAwsDoor } from './aws-door.ts';
import { createAgents } from './machine-agent.ts';
import { metadataOf } from './machine-metadata.ts';

export interface MachinesParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly wire: Wire;
  readonly feed: Feed;
  readonly range: Pick<Range, 'gateway' | 'scope'>;
  /** The public address of callers from this machine. */
  readonly loopbackCaller: string;
  failed(error: unknown): void;
}

export interface RunningMachines extends Machines {
  readonly network: Network;
  host(machine: MachineId): Host | undefined;
  /** Powers on what was running when the range ended, as after a power loss. */
  resume(): void;
  stop(): void;
}

/** By instance: its disk, like a volume. */
const disks = table<InodeJson>('ec2', 'disk');

/** The hosts behind the instances, on the one network. */
export function createMachines(parts: MachinesParts): RunningMachines {
  const { store } = parts;
  const hosts = new Map<string, Host>();
  const byInterface = new Map<string, Host>();
  const network = networkOver(parts);
  const outside = createOutside([], parts.loopbackCaller);
  const door = createAwsDoor(parts);
  const machines: RunningMachines = {
    network,
    host: (machine) => hosts.get(keyOf(machine)),
    ...createAgents({ ...parts, host: (machine) => hosts.get(keyOf(machine)) }),
    on(machine) {
      const instance = instances.rows.get({ tx: store, ...machine }, machine.instance);
      if (instance === undefined) return;
      const host = hostOf(machine, instance, parts, { network, outside, door, hostAt: (id) => byInterface.get(id) });
      hosts.set(keyOf(machine), host);
      byInterface.set(instance.interface, host);
      host.boot();
    },
    off(machine) {
      const host = hosts.get(keyOf(machine));
      host?.stop();
      hosts.delete(keyOf(machine));
      for (const [id, each] of byInterface) if (each === host) byInterface.delete(id);
    },
    destroy(machine) {
      machines.off(machine);
      const { account, region } = machine;
      store.commit((tx) => disks.remove({ tx, account, region }, machine.instance)).catch(parts.failed);
    },
    consoleOutput: (machine) => {
      const host = hosts.get(keyOf(machine));
      return host?.disk.text('/var/log/cloud-init-output.log') ?? '';
    },
    resume() {
      for (const machine of runningInstances(store)) machines.on(machine);
    },
    stop() {
      network.ledger.close();
      for (const host of hosts.values()) host.stop();
      hosts.clear();
    },
  };
  return machines;
}

function networkOver({ store, clock, feed, range, failed }: MachinesParts): Network {
  return createNetwork(clock, ec2World(store), feed, {
    of: (at) => flowLogsOf({ tx: store, account: at.account, region: at.region }, at),
    deliver: (log, at, lines, due) => {
      const payload = { flowLog: log.id, interfaceId: at.id, lines };
      store.commit((tx) => range.scope(tx, at.account, at.region).later('ec2.flow-lines', payload, due)).catch(failed);
    },
  });
}

function hostOf(machine: MachineId, instance: InstanceRow, parts: MachinesParts, around: Around): Host {
  const scope: ReadScope = { tx: parts.store, ...machine };
  const ports: HostPorts = {
    clock: parts.clock,
    net: netOf(instance, { ...around, scope, feed: parts.feed, clock: parts.clock }),
    aws: around.door,
    metadata: metadataOf(machine, parts),
    disk: diskOf(machine, parts),
  };
  const publicKey = [...all(keyPairs, scope)].find(({ name }) => name === instance.keyName)?.publicKey;
  const address = around.network.world.interface(instance.interface)?.address ?? '0.0.0.0';
  const spec = {
    id: instance.id,
    hostname: `ip-${address.replaceAll('.', '-')}.${machine.region}.compute.internal`,
    vintage: instance.vintage,
    bootMs,
    ...(publicKey === undefined ? {} : { publicKey }),
  };
  return createHost(spec, ports);
}

function keyOf({ account, region, instance }: MachineId): string {
  return `${account}/${region}/${instance}`;
}

function* runningInstances(store: Store): Iterable<MachineId> {
  for (const [account] of accounts.list(store)) {
    for (const [key, row] of store.range<InstanceRow>('state', { prefix: `${account}/` })) {
      const [, region = '', service, kind] = key.split('/', 4);
      if (service === 'ec2' && kind === 'instance' && row.state === 'running')
        yield { account, region: decodeURIComponent(region), instance: row.id };
    }
  }
}

function diskOf({ account, region, instance }: MachineId, { store, failed }: MachinesParts): DiskStore {
  return {
    load: () => disks.get({ tx: store, account, region }, instance),
    save: (json) => void store.commit((tx) => disks.put({ tx, account, region }, instance, json)).catch(failed),
  };
}

interface Around {
  readonly network: Network;
  readonly outside: HostNet['outside'];
  readonly hostAt: HostNet['hostAt'];
  readonly door: HostPorts['aws'];
}

interface NetParts extends Around {
  readonly scope: ReadScope;
  readonly feed: Feed;
  readonly clock: Clock;
}

function netOf(instance: InstanceRow, { network, outside, hostAt, door, scope, feed, clock }: NetParts): HostNet {
  const nic = () => {
    const found = network.world.interface(instance.interface);
    if (found === undefined) throw new Error(`${instance.id} has lost its network interface`);
    return found;
  };
  return {
    interface: nic,
    exchange: (flow) => network.exchange({ ...flow, from: instance.interface, src: nic().address }),
    hostAt,
    outside,
    resolve(name) {
      const address = resolved(name, scope.region, outside, door);
      feed.record(scope.account, scope.region, 'dns', {
        version: '1.100000',
        account_id: scope.account,
        region: scope.region,
        vpc_id: instance.vpc,
        query_timestamp: new Date(clock.now()).toISOString(),
        query_name: name.endsWith('.') ? name : `${name}.`,
        query_type: 'A',
        query_class: 'IN',
        rcode: address === undefined ? 'NXDOMAIN' : 'NOERROR',
        answers: address === undefined ? [] : [{ Rdata: address, Type: 'A', Class: 'IN' }],
        srcaddr: nic().address,
        srcport: '53',
        transport: 'UDP',
        srcids: { instance: instance.id },
      });
      return address;
    },
  };
}

/** `ip-10-0-0-15.us-west-2.compute.internal`, a host outside, or one of AWS's names. */
function resolved(
  name: string,
  region: string,
  outside: HostNet['outside'],
  door: HostPorts['aws'],
): string | undefined {
  const plain = name.replace(/\.$/, '').toLowerCase();
  const own = /^ip-(\d+)-(\d+)-(\d+)-(\d+)(\.|$)/.exec(plain);
  if (own !== null) return own.slice(1, 5).join('.');
  const known = outside.byName(plain)?.addresses[0];
  if (known !== undefined) return known;
  const service = awsService(plain);
  return service === undefined ? undefined : door.address(service.name, service.region ?? region);
}

/** `s3.us-west-2.amazonaws.com`, `bucket.s3.amazonaws.com`, `sts.amazonaws.com`. */
export function awsService(host: string): { readonly name: string; readonly region?: string } | undefined {
  const [, name, region] = /(?:^|\.)([a-z0-9-]+?)(?:\.([a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com$/.exec(host) ?? [];
  if (name === undefined) return undefined;
  return { name, ...(region === undefined ? {} : { region }) };
}
