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
    lacks: (need) => missing[need],
  };
  return { world, lists };
}

const noFeed: Words = { en: 'the range has no such feed', ja: 'レンジにはこのデータがありません' };

const missing: Readonly<Record<Need, Words | undefined>> = {
  'custom-threat-list': undefined,
  'known-threat-list': noFeed,
  'tor-list': noFeed,
  'address-lists': noFeed,
  'domain-list': noFeed,
  'aws-ranges': noFeed,
  'address-owners': noFeed,
  geography: noFeed,
  reputation: noFeed,
};
