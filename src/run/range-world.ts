import type { Need, World } from '../detect/world.ts';
import type { RemoteIp } from '../model/finding.ts';
import type { Words } from '../model/words.ts';
import type { ReadScope } from '../range/operation.ts';
import { rangeFacts } from './range-facts.ts';
import { type RangeLists, rangeLists } from './range-lists.ts';

/** What one detector of the range knows: the range's state, and the lists of its own account and region. */
export function rangeWorld(scope: ReadScope): { readonly world: World; readonly lists: RangeLists } {
  const lists = rangeLists(scope);
  const world: World = {
    facts: rangeFacts(scope.tx),
    lists: {
      match: (use, value, { time }) => (use === 'custom' ? lists.match('threat', value, time) : undefined),
    },
    remoteIp: (address): RemoteIp => ({ ipAddressV4: address }),
    lacks: (need) => (known.has(need) ? undefined : noFeed),
  };
  return { world, lists };
}

/** The range knows its own lists, and whose its addresses are. */
const known: ReadonlySet<Need> = new Set<Need>(['custom', 'aws-ranges', 'address-owners']);

const noFeed: Words = { en: 'the range has no such feed', ja: 'レンジにはこのデータがありません' };
