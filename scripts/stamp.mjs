import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Changes whenever a build would: path, size and time of everything that goes into one. Reads no file, so it costs milliseconds. */
export function stampOf(root) {
  const hash = createHash('sha256').update(process.platform);
  for (const path of inputs(root)) {
    const { size, mtimeMs } = statSync(join(root, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

function inputs(root) {
  const scripts = readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.mjs'));
  const paths = ['package.json', 'package-lock.json', ...scripts.map((name) => join('scripts', name))];
  walk(root, 'src', paths);
  return paths.sort();
}

function walk(root, folder, into) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(root, path, into);
    else if (!entry.name.endsWith('.test.ts')) into.push(path);
  }
}
