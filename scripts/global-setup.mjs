import { ensure } from './ensure.mjs';

/** Vitest's, for the project `whole`: workers and children start from the build, also in tests. */
export async function setup() {
  await ensure();
}
