import { type Finding, levelOf, levels } from '../model/finding.ts';
import { limits } from './limits.ts';
import type { FindingStore } from './store.ts';

/**
 * Findings of one run over logs. When there are too many, one of the least grave that changed longest ago goes, so that
 * a flood of low ones cannot push out what matters; it is handed over as it was at last.
 */
export function boundedStore(
  forgotten: (finding: Finding) => void,
  most: number = limits.findingsHeld,
): FindingStore & { everything(): Iterable<Finding> } {
  // Each in the order of the last change.
  const byLevel = levels.map(() => new Map<string, Finding>());
  const keyOf = (account: string, region: string, id: string) => `${account}/${region}/${id}`;
  const ofLevel = ({ severity }: Finding) => byLevel[levels.indexOf(levelOf(severity))]!;
  const get = (key: string) => byLevel.find((findings) => findings.has(key))?.get(key);
  const held = () => byLevel.reduce((sum, { size }) => sum + size, 0);
  return {
    get: (account, region, id) => get(keyOf(account, region, id)),
    put(finding) {
      const key = keyOf(finding.account, finding.region, finding.id);
      for (const findings of byLevel) findings.delete(key);
      ofLevel(finding).set(key, finding);
      if (held() <= most) return;
      const findings = byLevel.find(({ size }) => size > 0)!;
      const [oldest, gone] = findings.entries().next().value!;
      findings.delete(oldest);
      forgotten(gone);
    },
    *all(account, region) {
      const start = keyOf(account, region, '');
      const keys = byLevel.flatMap((findings) => [...findings.keys()]).filter((key) => key.startsWith(start));
      for (const key of keys.sort()) yield get(key)!;
    },
    // Nothing is archived while logs are read.
    episode: () => 0,
    setEpisode() {
      throw new Error('findings of a run over logs are not archived');
    },
    *everything() {
      for (const findings of byLevel) yield* findings.values();
    },
  };
}
