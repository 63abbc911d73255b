import { type Lists, type ListUse, type Need, unknownWorld, type World } from '../detect/world.ts';
import type { Words } from '../model/words.ts';
import { geography } from './adapters/geography.ts';
import { amazonNetworks, networks } from './adapters/networks.ts';

export interface FileWorld {
  readonly lists: Lists;
  /** The uses that a list was given for. */
  readonly uses: ReadonlySet<ListUse>;
  /** Whose an address is, where the user told. */
  readonly ownerOf?: (address: string) => string | undefined;
}

/** What is known when logs are all there is: the bundled tables of addresses, and what the user gave. */
export function fileWorld({ lists, uses, ownerOf }: FileWorld): World {
  const remoteIp = geography(networks());
  const served = new Set<Need>(['geography', 'aws-ranges', ...uses, ...(ownerOf ? ['address-owners' as const] : [])]);
  return {
    ...unknownWorld,
    facts: {
      ...unknownWorld.facts,
      // By the answer that is remembered: detectors ask about the same few addresses again and again.
      isAws: (address) => amazonNetworks.has(Number(remoteIp(address).asn ?? 0)),
      ownerOf: (address) => ownerOf?.(address),
    },
    lists,
    remoteIp,
    lacks: (need) => (served.has(need) ? undefined : (missing[need] ?? listMissing(need))),
  };
}

const missing: Readonly<Partial<Record<Need, Words>>> = {
  custom: { en: 'no --threat-list', ja: '--threat-list の指定なし' },
  known: { en: 'no --known-list', ja: '--known-list の指定なし' },
  'tor-exit': { en: 'no --tor-list', ja: '--tor-list の指定なし' },
  'address-owners': { en: 'no --address-owners', ja: '--address-owners の指定なし' },
};

function listMissing(use: Need): Words {
  return { en: `no --list ${use}=FILE`, ja: `--list ${use}=FILE の指定なし` };
}
