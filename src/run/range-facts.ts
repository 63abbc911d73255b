import type { Facts } from '../detect/world.ts';
import { bucketOwners } from '../range/indexes.ts';
import { instanceFacts } from '../range/services/ec2/facts.ts';
import { bucketFacts } from '../range/services/s3/facts.ts';
import type { Reader } from '../range/store/port.ts';

/** What one service of the range knows of the state of accounts. */
export type FactSource = (reader: Reader) => Partial<Facts>;

/** A service adds its facts here, by an exported function of its own. What nobody knows is «not known», never «no». */
const sources: readonly FactSource[] = [
  (tx) => ({
    bucket(account, name) {
      const owner = bucketOwners.get(tx, name);
      // Of another account's bucket GuardDuty tells no more than the call does.
      return owner?.account === account ? bucketFacts({ tx, ...owner }, name) : undefined;
    },
  }),
  instanceFacts,
];

/** The state of the range, as detectors may ask for it. The first source that knows answers. */
export function rangeFacts(reader: Reader): Facts {
  const all = sources.map((source) => source(reader));
  const first = <T>(ask: (facts: Partial<Facts>) => T | undefined): T | undefined => {
    for (const facts of all) {
      const answer = ask(facts);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
  return {
    bucket: (account, name) => first((facts) => facts.bucket?.(account, name)),
    instance: (account, region, id) => first((facts) => facts.instance?.(account, region, id)),
    interface: (account, region, id) => first((facts) => facts.interface?.(account, region, id)),
    isAws: (address) => first((facts) => facts.isAws?.(address)),
    ownerOf: (address, time) => first((facts) => facts.ownerOf?.(address, time)),
    isOwn: (account) => first((facts) => facts.isOwn?.(account)),
  };
}
