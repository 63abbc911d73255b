import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import { isTest, type Tree, type Violation } from './tree.ts';

/** Folders whose files exist only if their index lists them. */
const packs = [
  'src/detect/detectors',
  'src/respond/playbooks',
  'src/respond/channels',
  'src/attacks',
  'src/inspect/identifiers',
  'src/posture/controls',
  'src/cli/commands',
];

/** A file of a pack that cannot be reached from the pack's index would be silently missing from the product. */
export function unlisted(tree: Tree): readonly Violation[] {
  return packs.flatMap((pack) => {
    const index = `${pack}/index.ts`;
    const files = [...tree.keys()].filter(
      (path) => path.startsWith(`${pack}/`) && path.endsWith('.ts') && !isTest(path),
    );
    if (files.length === 0) return [];
    const reached = reachable(tree, index);
    const missing = files.filter((path) => path !== index && !reached.has(path));
    return missing.map((path) => ({ path, line: 1, remedy: `it is listed nowhere: add its export to ${index}` }));
  });
}

/** A function that the build does not know has no zip file. */
export function functionsUnlisted(tree: Tree): readonly Violation[] {
  const entries = tree.get('scripts/entries.mjs') ?? '';
  const files = [...tree.keys()].filter(
    (path) => /^src\/run\/functions\/[^/]+\.ts$/.test(path) && !path.endsWith('/entry.ts'),
  );
  const missing = files.filter((path) => !isTest(path) && !entries.includes(`'${path}'`));
  return missing.map((path) => ({
    path,
    line: 1,
    remedy: 'it gets no zip file: add a row to functions in scripts/entries.mjs',
  }));
}

function reachable(tree: Tree, start: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const content = tree.get(path);
    if (content === undefined || reached.has(path)) continue;
    reached.add(path);
    for (const { from } of importsOf(path, content))
      if (from?.startsWith('.')) open.push(posix.join(posix.dirname(path), from));
  }
  return reached;
}

/** Scripts run before anything is installed. */
export function scriptsImporting(tree: Tree): readonly Violation[] {
  const broken: Violation[] = [];
  for (const [path, content] of tree) {
    if (!/^(scripts|bin)\/[^/]+\.mjs$/.test(path)) continue;
    for (const { from, line, names } of importsOf(path, content)) {
      const early = from !== undefined && !from.startsWith('.') && !from.startsWith('node:');
      if (early && names !== undefined)
        broken.push({ path, line, remedy: `${from} may not be installed yet: await import('${from}') after ensure()` });
    }
  }
  return broken;
}
