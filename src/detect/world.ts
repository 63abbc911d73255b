import type { BucketDetails, InstanceDetails, RemoteIp } from '../model/finding.ts';
import type { Words } from '../model/words.ts';

/**
 * What detectors may know beyond the activity. Given by the wiring and asked in passing: the range answers from its
 * state, files from what the user supplied. An answer of `undefined` means «not known», never «no».
 */
export interface World {
  readonly facts: Facts;
  readonly lists: Lists;
  /** Country and network of a public address. */
  remoteIp(address: string): RemoteIp;
  /** Why a need is not served, or undefined when it is. Detectors whose need is not served are idle, and said to be. */
  lacks(need: Need): Words | undefined;
}

/** A list for a use, or one of the tables about addresses. */
export type Need = ListUse | 'aws-ranges' | 'address-owners' | 'geography';

/** The state of accounts, where somebody knows it. */
export interface Facts {
  bucket(account: string, name: string): BucketDetails | undefined;
  instance(account: string, region: string, id: string): InstanceDetails | undefined;
  /** The instance that a network interface belongs to. */
  interface(account: string, region: string, id: string): InstanceDetails | undefined;
  /** The interface's own address, as 32 bits, where its flows so far have told it; -1 where they have not. */
  addressOf?(owner: number, time: number): number;
  /** Whether AWS announces this address; needs `aws-ranges`. */
  isAws(address: string): boolean | undefined;
  /** The AWS account that an address belongs to; needs `address-owners`. */
  ownerOf(address: string, time: number): string | undefined;
  /** True where the logs are of this account too. */
  isOwn(account: string): boolean | undefined;
}

/** Threat lists by use. `at` matters: a list counts only for its account and from its activation on. */
export interface Lists {
  match(list: ListUse, value: string, at: { account: string; region: string; time: number }): ListMatch | undefined;
  /** Whether any list holds these 32 bits of IPv4, as a whole number with a sign; absent where lists come and go. */
  holds?(address: number): boolean;
  /** Whether the value is on a list at all, now and later; absent where lists come and go. */
  names?(list: ListUse, value: string): boolean;
}

export const listUses = [
  'custom',
  'known',
  'tor-exit',
  'tor-node',
  'command-and-control',
  'mining',
  'sinkhole',
  'drop-point',
  'drive-by',
  'phishing',
  'generated-domain',
  'scanner',
  'reputation-abused',
  'reputation-coins',
  'reputation-bad',
  'reputation-suspicious',
] as const;
export type ListUse = (typeof listUses)[number];

export interface ListMatch {
  /** The name under which the list was given; goes into the finding. */
  readonly list: string;
  readonly entry: string;
}

/** A world in which nothing is known: what a run over files has until the user supplies more. */
export const unknownWorld: World = {
  facts: {
    bucket: () => undefined,
    instance: () => undefined,
    interface: () => undefined,
    isAws: () => undefined,
    ownerOf: () => undefined,
    isOwn: () => undefined,
  },
  lists: { match: () => undefined },
  remoteIp: (address) => ({ ipAddressV4: address }),
  lacks: () => ({ en: 'no such data was given', ja: 'このデータが与えられていません' }),
};
