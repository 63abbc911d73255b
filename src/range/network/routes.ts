import { cidrHolds, ipv4Bits, isIpv6, prefixLength } from '../../aws/network/cidr.ts';
import type { Route, World } from './world.ts';

/** The most specific route to an address. https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html */
export function routeTo(world: World, routes: readonly Route[], address: string): Route | undefined {
  const { plain, others } = readTable(routes);
  let best: Route | undefined;
  let longest = -1;
  if (!isIpv6(address)) {
    const bits = ipv4Bits(address);
    for (const { route, length, size, network } of plain) {
      if (length <= longest || Math.floor(bits / size) !== network) continue;
      best = route;
      longest = length;
    }
  }
  for (const route of others) {
    const blocks = route.destination.startsWith('pl-') ? world.prefixList(route.destination) : [route.destination];
    for (const block of blocks) {
      const length = prefixLength(block);
      if (length <= longest || !cidrHolds(block, address)) continue;
      best = route;
      longest = length;
    }
  }
  return best;
}

interface Table {
  readonly plain: readonly { route: Route; length: number; size: number; network: number }[];
  /** Of IPv6, and those that name a prefix list. */
  readonly others: readonly Route[];
}

// A table of 50 routes is met by every packet and changes rarely: its blocks are read once for each array of routes.
const tables = new WeakMap<readonly Route[], Table>();

function readTable(routes: readonly Route[]): Table {
  const known = tables.get(routes);
  if (known !== undefined) return known;
  const isPlain = ({ destination }: Route) => !destination.startsWith('pl-') && !isIpv6(destination);
  const plain = routes.filter(isPlain).map((route) => {
    const length = prefixLength(route.destination);
    const size = 2 ** (32 - length);
    return { route, length, size, network: Math.floor(ipv4Bits(route.destination.split('/')[0] ?? '') / size) };
  });
  const table = { plain, others: routes.filter((route) => !isPlain(route)) };
  tables.set(routes, table);
  return table;
}
