import { posix } from 'node:path';
import { type Import, importsOf } from './imports.ts';
import { isTest, type Tree, type Violation } from './tree.ts';

interface Wall {
  /** Below `src`; the first row whose path fits is the one that holds. */
  readonly at: string;
  readonly from: readonly string[];
  /** Folders of which only types may be imported. */
  readonly types?: readonly string[];
  /** Packages and `node:` modules; `name(a, b)` allows only these names of it; a trailing `*` is a prefix. */
  readonly packages: readonly string[];
}

const pure = ['ip-address', 're2js', 'node:crypto(createHash)', 'mmdb-lib'];
const readers = ['fzstd', 'hyparquet', 'hyparquet-compressors'];
const core = ['model', 'aws'];
// What computes and touches nothing outside: no file, no socket, no process.
const nodePure = [
  'node:crypto',
  'node:zlib',
  'node:async_hooks',
  'node:buffer',
  'node:util',
  'node:stream',
  'node:string_decoder',
  'node:path/posix',
];
const range = ['saxes', 'yaml', 'croner', 'just-bash', 'jmespath', 'ip-address', 're2js', ...nodePure];
const faces = ['guardduty', 'macie2', 'inspector2', 'inspector', 'securityhub', 'config'];

/** The import table of the design. Everything that is not here is forbidden. */
const walls: readonly Wall[] = [
  { at: 'model', from: [], packages: [] },
  { at: 'aws', from: ['model'], packages: ['ip-address', 're2js', 'node:crypto(createHash)'] },
  { at: 'sources', from: core, packages: [...pure, ...readers] },
  { at: 'inspect/readers', from: core, packages: [...pure, ...readers] },
  ...['lineage', 'detect', 'correlate', 'inspect', 'posture', 'findings'].map((at) => ({
    at,
    from: core,
    packages: pure,
  })),
  { at: 'investigate', from: [...core, 'findings'], packages: [] },
  { at: 'respond/playbooks', from: core, types: ['findings'], packages: ['@aws-sdk/*', 'node:crypto(createHash)'] },
  { at: 'respond/channels', from: core, types: ['findings'], packages: ['@aws-sdk/*', 'node:crypto(createHash)'] },
  { at: 'respond', from: core, types: ['findings'], packages: ['node:crypto(createHash)'] },
  ...faces.map((face) => ({ at: `range/services/${face}`, from: core, types: ['findings'], packages: range })),
  { at: 'range', from: core, packages: range },
  { at: 'attacks', from: ['model'], packages: ['@aws-sdk/*'] },
  // What detection is measured with must not know how detection works.
  { at: 'measure', from: ['model'], packages: [] },
  { at: 'drill', from: core, packages: ['yaml', 'zod'] },
  { at: 'api', from: ['model', 'findings', 'respond', 'detect', 'investigate'], packages: ['hono', 'hono/*'] },
  { at: 'root.ts', from: [], packages: ['node:fs', 'node:path', 'node:url'] },
];

/** May import everything, but `run` nothing of `cli`: they are the wiring. */
const wiring = ['run', 'cli'];

export function wallsBroken(tree: Tree): readonly Violation[] {
  const broken: Violation[] = [];
  for (const [path, content] of tree) {
    if (!path.startsWith('src/') || !path.endsWith('.ts') || isTest(path)) continue;
    const below = path.slice('src/'.length);
    if (below.startsWith('run/')) broken.push(...commandLineAsked(path, content));
    if (wiring.some((folder) => below.startsWith(`${folder}/`))) continue;
    const wall = walls.find(({ at }) => below === at || below.startsWith(`${at}/`));
    if (!wall) {
      broken.push({
        path,
        line: 1,
        remedy: `no wall is defined for this folder: put the file into one of the design's folders, or add a row to test/tidy/walls.ts`,
      });
      continue;
    }
    for (const each of importsOf(path, content)) {
      const remedy = remedyFor(wall, below, each);
      if (remedy) broken.push({ path, line: each.line, remedy });
    }
  }
  return broken;
}

function commandLineAsked(path: string, content: string): readonly Violation[] {
  return importsOf(path, content)
    .filter(({ from }) => from !== undefined && posix.join(posix.dirname(path), from).startsWith('src/cli/'))
    .map(({ line }) => ({
      path,
      line,
      remedy: 'cli/ stands on run/, not run/ on cli/: take it as an argument, or move what both need down to run/',
    }));
}

function remedyFor(wall: Wall, below: string, { from, typeOnly, names }: Import): string | undefined {
  if (from === undefined) return 'a computed import() hides what it loads: write the paths out in a table of loaders';
  if (!from.startsWith('.')) return packageRemedy(wall, from, names);
  const target = posix.join(posix.dirname(below), from);
  const folder = target.split('/')[0] ?? '';
  if (folder === below.split('/')[0] || wall.from.includes(folder)) return undefined;
  if (typeOnly && wall.types?.includes(folder)) return undefined;
  const may = [...wall.from, ...(wall.types ?? []).map((each) => `types of ${each}`)];
  return `${wall.at}/ may import only ${may.join(', ') || 'itself'}, not ${folder}/: take it as an argument, give it from src/run, or move what both need down to model/ or aws/`;
}

function packageRemedy(wall: Wall, from: string, names: readonly string[] | undefined): string | undefined {
  for (const allowed of wall.packages) {
    const [name, only] = allowed.replace(')', '').split('(');
    if (name?.endsWith('*') ? !from.startsWith(name.slice(0, -1)) : from !== name) continue;
    if (!only || names?.every((each) => only.split(', ').includes(each))) return undefined;
    return `${wall.at}/ may take only ${only} of ${name}: what needs more belongs into src/run, or comes in as an argument`;
  }
  const allowed = wall.packages.join(', ') || 'no package';
  return `${wall.at}/ may import only ${allowed}, not ${from}: define a port here and serve it from src/run/adapters`;
}
