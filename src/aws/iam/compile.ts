import type { Policy } from './policy.ts';

/** Never throws: what cannot be understood becomes a statement that cannot be evaluated, and says so in every decision. */
export function compile(document: unknown): Policy {
  throw new Error(`policy evaluation is not built yet: ${typeof document}`);
}
