import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// The only file that may read `import.meta.url`: bundling moves code, so every other path would lie after a build.
const here = dirname(fileURLToPath(import.meta.url));

/** The folder of our package.json: the checkout, or the installed package. */
export const root = upwards('package.json') ?? here;

/** A file that we ship: `rootPath('templates', 'environment.yaml')`. */
export function rootPath(...parts: readonly string[]): string {
  return join(root, ...parts);
}

/**
 * A file of the build, for what must be started from a file of its own: `builtPath('runner.js')` for a worker or a child.
 * From the sources (vitest) it is the build that was last made sure of, since Node 20 cannot start a `.ts` worker.
 */
export function builtPath(name: string): string {
  const folder = upwards('.done') ?? join(root, '.build', readFileSync(join(root, '.build', 'current'), 'utf8').trim());
  return join(folder, name);
}

/** A file below `src` that is read at run time and listed under `assets` in scripts/entries.mjs. */
export function assetPath(...parts: readonly string[]): string {
  return join(upwards('.done') ?? join(root, 'src'), ...parts);
}

/** A file of a package that is not bundled: beside ours in a checkout, above it where we are installed. */
export function dependencyPath(...parts: readonly string[]): string {
  const found = upwards(join('node_modules', ...parts));
  if (found !== undefined) return join(found, 'node_modules', ...parts);
  throw new Error(`the package ${parts.slice(0, -1).join('/')} is not installed: run npm ci`);
}

/** Read when asked for, so that nobody pays for it at start. */
export function version(): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
}

function upwards(name: string): string | undefined {
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
