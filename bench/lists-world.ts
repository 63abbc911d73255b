import { ipv4Text } from '../src/aws/network/cidr.ts';
import { exampleWorld } from '../src/detect/example-world.ts';
import { NamedList } from '../src/detect/lists/named-list.ts';
import type { World } from '../src/detect/world.ts';

/** Everything is known, and every list holds a million addresses and ranges, none of which the made logs have. */
export function listsWorld(): World {
  const list = new NamedList('a million');
  for (let index = 0; index < 1_000_000; index++) {
    const address = ipv4Text(0x60000000 + (Math.imul(index, 0x9e3779b1) >>> 3));
    list.add(index % 10 === 0 ? `${address}/28` : address);
  }
  return {
    ...exampleWorld,
    lists: {
      match: (_use, value) => list.match(value),
      names: (_use, value) => list.match(value) !== undefined,
      holds: (address) => list.holds(address),
    },
  };
}
