import type { FindingStore } from '../../../findings/store.ts';
import type { ReadScope, Scope } from '../../operation.ts';
import type { Tx } from '../../store/port.ts';
import { episodes, findings } from './tables.ts';

/** Findings as state of the range: what a commit writes of them stands or falls with it. */
export function findingStore(tx: Tx): FindingStore {
  const at = (account: string, region: string): Scope => ({ tx, account, region });
  return {
    get: (account, region, id) => findings.get(at(account, region), id),
    put: (finding) => findings.put(at(finding.account, finding.region), finding.id, finding),
    all: (account, region) => all(at(account, region)),
    episode: (account, region, identity) => episodes.get(at(account, region), identity)?.episode ?? 0,
    setEpisode: (account, region, identity, episode) => episodes.put(at(account, region), identity, { episode }),
  };
}

/** Only what GuardDuty itself could have found: the API knows nothing of our own types. */
export function awsFindings(tx: Tx): FindingStore {
  const store = findingStore(tx);
  return {
    ...store,
    get(account, region, id) {
      const finding = store.get(account, region, id);
      return finding === undefined || isOurs(finding) ? undefined : finding;
    },
    *all(account, region) {
      for (const finding of store.all(account, region)) if (!isOurs(finding)) yield finding;
    },
  };
}

function isOurs({ type }: { readonly type: string }): boolean {
  return type.startsWith('Custom:');
}

function* all(scope: ReadScope) {
  for (const [, finding] of findings.list(scope)) yield finding;
}
