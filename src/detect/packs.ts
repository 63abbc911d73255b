import type { Detector } from './detector.ts';
import { pack } from './detectors/index.ts';

/**
 * What watches an account from the moment it is switched on: AWS's own types and ours, without what would still be
 * learning, and without custom detection rules, which on AWS too are for those who write them.
 */
export const standingPack: readonly Detector[] = pack.filter(
  ({ about, learns }) => about.signal === undefined && learns !== true,
);
