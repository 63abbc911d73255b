import { poolAddress } from './outside.ts';

/** The public address at which a service answers in a region, so that a call to it is a flow like any other. */
export function endpointAddress(service: string, region: string): string {
  return poolAddress(region, 1_000_000 + spread(service));
}

/** A number that depends on the text alone (FNV-1a), small enough to stay in one band of the pool. */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash % 500_000;
}
