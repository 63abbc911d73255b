import { isPublic } from '../aws/address.ts';
import type { Reading } from './detector.ts';
import type { World } from './world.ts';

export interface End {
  readonly address: string;
  readonly port: number;
}

/** A flow record as its interface sees it. */
export interface Ends {
  readonly local: End;
  readonly remote: End;
  /** Whether this record's packets come in or go out. */
  readonly packets: 'in' | 'out';
}

/**
 * A record names two addresses, not which one is the interface's. Its direction field or the interface's known
 * addresses say it, or the interface's other flows; else a private address facing a public one is local; else the
 * destination is taken for local.
 */
export function endsOf(seen: Reading<never>, world: World): Ends {
  const source = { address: seen.text('srcaddr') ?? '', port: seen.number('srcport') ?? 0 };
  const destination = { address: seen.text('dstaddr') ?? '', port: seen.number('dstport') ?? 0 };
  return goesOut(seen, source.address, destination.address, world)
    ? { local: source, remote: destination, packets: 'out' }
    : { local: destination, remote: source, packets: 'in' };
}

/** Who opened the connection: the side whose port is not the service's. Undefined where both ports look alike. */
export function openedBy(ends: Ends): 'local' | 'remote' | undefined {
  const { local, remote } = ends;
  if (local.port === remote.port) return undefined;
  return local.port < remote.port ? 'remote' : 'local';
}

function goesOut(seen: Reading<never>, source: string, destination: string, world: World): boolean {
  const direction = seen.text('flow-direction');
  if (direction !== undefined) return direction === 'egress';
  const id = seen.text('interface-id') ?? '';
  const known = world.facts.interface(seen.account, seen.region, id)?.networkInterfaces;
  const own = known?.find((each) => each.networkInterfaceId === id);
  if (own !== undefined) return own.privateIpAddress === source || own.publicIp === source;
  const [isFromPublic, isToPublic] = [isPublic(source), isPublic(destination)];
  const { flow } = seen;
  if (flow !== undefined && !isFromPublic && !isToPublic) {
    const learned = world.facts.addressOf?.(flow.owner, seen.time) ?? -1;
    if (learned >= 0) return learned === flow.srcaddr;
  }
  return !isFromPublic && isToPublic;
}
