import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { currentBuild } from './current-build.mjs';
import { ensureDependencies } from './dependencies.mjs';

export const root = resolve(fileURLToPath(new URL('..', import.meta.url)));

/** Dependencies and a build that are those of the sources as they stand. Gives the folder of the build. */
export async function ensure() {
  await ensureDependencies(root);
  return pathToFileURL(`${await currentBuild(root)}/`);
}
