import type { Finding } from '../model/finding.ts';

/** Where findings live: a map over files, the range's transaction in the range. Synchronous: one step is one transaction. */
export interface FindingStore {
  get(account: string, region: string, id: string): Finding | undefined;
  put(finding: Finding): void;
  /** In order of id. */
  all(account: string, region: string): Iterable<Finding>;
  /** How often this identity was archived by hand. */
  episode(account: string, region: string, identity: string): number;
  setEpisode(account: string, region: string, identity: string, episode: number): void;
}

export function memoryStore(): FindingStore & { everything(): Iterable<Finding> } {
  const findings = new Map<string, Finding>();
  const episodes = new Map<string, number>();
  const keyOf = (account: string, region: string, id: string) => `${account}/${region}/${id}`;
  return {
    get: (account, region, id) => findings.get(keyOf(account, region, id)),
    put: (finding) => void findings.set(keyOf(finding.account, finding.region, finding.id), finding),
    *all(account, region) {
      const start = keyOf(account, region, '');
      for (const key of [...findings.keys()].sort()) if (key.startsWith(start)) yield findings.get(key)!;
    },
    episode: (account, region, identity) => episodes.get(keyOf(account, region, identity)) ?? 0,
    setEpisode: (account, region, identity, episode) => void episodes.set(keyOf(account, region, identity), episode),
    everything: () => findings.values(),
  };
}
