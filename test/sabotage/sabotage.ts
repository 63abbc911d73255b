import type { Playing } from '../support/drill.ts';
import type { World } from './world.ts';

/** One way to spoil a story. */
export interface Sabotage {
  readonly drill: 'stolen-keys' | 'workshop';
  readonly name: string;
  /** Whether the suite plays it; the others are played by command. */
  readonly inSuite: boolean;
  spoil(world: World): Playing | undefined | Promise<Playing | undefined>;
  /** What the names of the expectations that must break contain: all these and no others. None: the drill must hold. */
  readonly breaks: readonly (string | RegExp)[];
}
