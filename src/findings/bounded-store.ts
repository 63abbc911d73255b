import type { Evidence } from '../model/activity.ts';
import { type Finding, levelOf, levels } from '../model/finding.ts';
import { weightOf } from '../model/weight.ts';
import { limits } from './limits.ts';
import type { FindingStore } from './store.ts';

/**
 * Findings of one run over logs. When there are too many, one of the least grave that changed longest ago goes, so that
 * a flood of low ones cannot push out what matters; it is handed over as it was at last.
 */
export function boundedStore(
  forgotten: (finding: Finding) => void,
  { findingsHeld, bytesHeld }: Bounds = limits,
): FindingStore & { everything(): Iterable<Finding> } {
  // Each in the order of the last change.
  const byLevel = levels.map(() => new Map<string, Held>());
  const keyOf = (account: string, region: string, id: string) => `${account}/${region}/${id}`;
  const ofLevel = ({ severity }: Finding) => byLevel[levels.indexOf(levelOf(severity))]!;
  const heldAt = (key: string) => byLevel.find((findings) => findings.has(key))?.get(key);
  const count = () => byLevel.reduce((sum, { size }) => sum + size, 0);
  let bytes = 0;
  return {
    get: (account, region, id) => heldAt(keyOf(account, region, id))?.finding,
    put(finding) {
      const key = keyOf(finding.account, finding.region, finding.id);
      bytes -= heldAt(key)?.bytes ?? 0;
      for (const findings of byLevel) findings.delete(key);
      const held = { finding, bytes: bytesOf(finding) };
      ofLevel(finding).set(key, held);
      bytes += held.bytes;
      while (count() > findingsHeld || (bytes > bytesHeld && count() > 1)) {
        const findings = byLevel.find(({ size }) => size > 0)!;
        const [oldest, gone] = findings.entries().next().value!;
        findings.delete(oldest);
        bytes -= gone.bytes;
        forgotten(gone.finding);
      }
    },
    *all(account, region) {
      const start = keyOf(account, region, '');
      const keys = byLevel.flatMap((findings) => [...findings.keys()]).filter((key) => key.startsWith(start));
      for (const key of keys.sort()) yield heldAt(key)!.finding;
    },
    // Nothing is archived while logs are read.
    episode: () => 0,
    setEpisode() {
      throw new Error('findings of a run over logs are not archived');
    },
    *everything() {
      for (const findings of byLevel) for (const { finding } of findings.values()) yield finding;
    },
  };
}

export interface Bounds {
  readonly findingsHeld: number;
  readonly bytesHeld: number;
}

interface Held {
  readonly finding: Finding;
  readonly bytes: number;
}

/** As `weightOf` has it, but for titles, which are the detectors' own. It is asked for with each change. */
export function bytesOf(finding: Finding): number {
  let bytes = 32;
  for (const name in finding) {
    if (name === 'title') continue;
    bytes += 8 + (name === 'evidence' ? bytesOfAll(finding.evidence) : weightOf(finding[name as keyof Finding]));
  }
  return bytes;
}

function bytesOfAll(evidence: readonly Evidence[]): number {
  let bytes = 32;
  for (const { id, kind, source, name, principal, address, error, origin, place } of evidence) {
    const letters =
      id.length + kind.length + source.length + name.length + principal.length + address.length + error.length;
    // Itself, its seven texts, and its time.
    bytes += 8 + 32 + letters + 7 * (8 + 24) + 8 + 16 + 8 + weightOf(place);
    if (origin !== undefined) bytes += 8 + weightOf(origin);
  }
  return bytes;
}
