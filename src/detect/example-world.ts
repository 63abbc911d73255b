import { example } from './examples.ts';
import { type ListMatch, unknownWorld, type World } from './world.ts';

/** The world that examples stand in: every need is served, by the few addresses and names of `example`. */
export const exampleWorld: World = {
  ...unknownWorld,
  lacks: () => undefined,
  lists: {
    match: (list, value): ListMatch | undefined =>
      value === example.listed || value === example.listedName
        ? { list: `example ${list} list`, entry: value }
        : undefined,
    names: (_list, value) => value === example.listed || value === example.listedName,
  },
  facts: {
    ...unknownWorld.facts,
    isAws: (address) => address === example.aws || address === example.awsOfOther,
    isOwn: (account) => account === example.account || account === example.sisterAccount,
    ownerOf: (address) =>
      address === example.aws ? example.account : address === example.awsOfOther ? example.otherAccount : undefined,
  },
  remoteIp: (address) => ({
    ipAddressV4: address,
    ...(address.startsWith('192.0.2.')
      ? { country: 'Japan', asn: '64500', asnOrg: 'Example Home' }
      : { country: 'France', asn: '64501', asnOrg: 'Example Hosting' }),
  }),
};
