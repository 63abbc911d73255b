import { storedZip } from '../../src/range/services/cloudformation/stored-zip.ts';

/** The code of a function of a test. */
export function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  return storedZip(Object.entries(files).map(([path, source]) => ({ path, source })));
}
