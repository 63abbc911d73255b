import { describe, expect, test } from 'vitest';
import { root } from '../../src/root.ts';
import { exportsUnused } from './exports.ts';
import { functionsUnlisted, scriptsImporting, unlisted } from './listed.ts';
import { mentionsBroken } from './mentions.ts';
import { namesForbidden } from './names.ts';
import { shapesBroken } from './shape.ts';
import { readTree, type Tree, type Violation } from './tree.ts';
import { wallsBroken } from './walls.ts';
import { codesUnworded } from './worded.ts';

const checks = {
  wallsBroken,
  namesForbidden,
  shapesBroken,
  unlisted,
  functionsUnlisted,
  scriptsImporting,
  mentionsBroken,
  exportsUnused,
  codesUnworded,
};
const tree = readTree(root);

describe('the house is tidy', () => {
  // A check that sees nothing finds nothing.
  test('it saw the whole house', () => {
    expect(tree.size).toBeGreaterThan(60);
    for (const path of ['src/cli/main.ts', 'src/model/finding.ts', 'bin/yagura.mjs', 'package.json'])
      expect(tree.has(path)).toBe(true);
  });

  for (const [name, check] of Object.entries(checks)) {
    // It reads the whole house, which takes its time on a machine that is busy with other things.
    test(name, () => expect(check(tree).map(show)).toEqual([]), 60_000);
  }
});

function show({ path, line, remedy }: Violation): string {
  return `${path}:${line}: ${remedy}`;
}

interface Case {
  readonly check: (tree: Tree) => readonly Violation[];
  readonly path: string;
  readonly text: string;
  /** Part of the remedy; '' when nothing may be found. */
  readonly says: string;
}

const caught: Record<string, Case> = {
  'a detector that imports the range': {
    check: wallsBroken,
    path: 'src/detect/engine.ts',
    text: "import { gateway } from '../range/gateway.ts';",
    says: 'detect/ may import only model, aws, not range/',
  },
  'a core that opens files': {
    check: wallsBroken,
    path: 'src/sources/cloudtrail.ts',
    text: "import { readFileSync } from 'node:fs';",
    says: 'define a port here and serve it from src/run/adapters',
  },
  'a wiring that asks the command line': {
    check: wallsBroken,
    path: 'src/run/local.ts',
    text: "import { terminal } from '../cli/terminal.ts';",
    says: 'cli/ stands on run/',
  },
  'a lazy import across a wall': {
    check: wallsBroken,
    path: 'src/aws/arn.ts',
    text: "export const later = () => import('../findings/hub.ts');",
    says: 'aws/ may import only model',
  },
  'a type taken across a wall': {
    check: wallsBroken,
    path: 'src/model/run.ts',
    text: "export type A = import('../aws/arn.ts').Arn;",
    says: 'model/ may import only itself',
  },
  'a computed import': {
    check: wallsBroken,
    path: 'src/range/wire/load.ts',
    text: 'export const load = (name: string) => import(name);',
    says: 'a table of loaders',
  },
  'more of node:crypto than a hash': {
    check: wallsBroken,
    path: 'src/aws/id.ts',
    text: "import { createHash, randomUUID } from 'node:crypto';",
    says: 'may take only createHash of node:crypto',
  },
  'an SDK client outside playbooks and channels': {
    check: wallsBroken,
    path: 'src/respond/bus.ts',
    text: "import { SNSClient } from '@aws-sdk/client-sns';",
    says: 'not @aws-sdk/client-sns',
  },
  'values of findings in a face': {
    check: wallsBroken,
    path: 'src/range/services/guardduty/findings.ts',
    text: "import { hub } from '../../../findings/hub.ts';",
    says: 'types of findings',
  },
  'a folder that nobody planned': {
    check: wallsBroken,
    path: 'src/extras/thing.ts',
    text: '',
    says: 'no wall is defined',
  },
  'the wall clock in the range': {
    check: namesForbidden,
    path: 'src/range/clock.ts',
    text: 'export const now = () => Date.now();',
    says: 'time is virtual',
  },
  'a new Date() without a time': {
    check: namesForbidden,
    path: 'src/respond/playbooks/revoke.ts',
    text: 'export const now = new Date();',
    says: 'new Date() is not for this folder',
  },
  'luck in the core': {
    check: namesForbidden,
    path: 'src/findings/id.ts',
    text: 'export const id = Math.random();',
    says: 'reproducible to the byte',
  },
  'the environment in a playbook': {
    check: namesForbidden,
    path: 'src/respond/wrapper.ts',
    text: "export const mode = process.env['YAGURA_MODE'];",
    says: 'only src/run and src/cli',
  },
  'a path from import.meta': {
    check: namesForbidden,
    path: 'src/run/local.ts',
    text: 'export const here = import.meta.url;',
    says: 'builtPath of src/root.ts',
  },
  'a worker outside run': {
    check: namesForbidden,
    path: 'src/cli/commands/detect.ts',
    text: "export const worker = new Worker('x');",
    says: 'workers are started in src/run',
  },
  'a file too long': {
    check: shapesBroken,
    path: 'src/model/long.ts',
    text: '// A thing.\n'.repeat(302),
    says: 'at most 300',
  },
  'a function too long': {
    check: shapesBroken,
    path: 'src/model/long.ts',
    text: `export function long() {\n${'  long();\n'.repeat(70)}}\n`,
    says: 'name its parts',
  },
  'a name that is not kebab-case': { check: shapesBroken, path: 'src/model/aFile.ts', text: '', says: 'kebab-case' },
  'a drawer': { check: shapesBroken, path: 'src/range/utils/x.ts', text: '', says: 'drawer' },
  'a note left in the code': {
    check: shapesBroken,
    path: 'src/model/x.ts',
    text: `// ${'TO' + 'DO'}: later`,
    says: 'file an issue',
  },
  'a path of one machine': {
    check: shapesBroken,
    path: 'test/x.test.ts',
    text: `read('${'/wo' + 'rk/x'}')`,
    says: 'a path of one machine',
  },
  'a default export': {
    check: shapesBroken,
    path: 'src/model/x.ts',
    text: 'export default 1;',
    says: 'no default exports',
  },
  'a type named Event': {
    check: shapesBroken,
    path: 'src/model/x.ts',
    text: 'export type Event = 1;',
    says: 'global of Node',
  },
  'a vague name': {
    check: shapesBroken,
    path: 'src/model/x.ts',
    text: 'export class BusManager {}',
    says: 'says nothing',
  },
  'a detector that nobody listed': {
    check: unlisted,
    path: 'src/detect/detectors/impact/x.ts',
    text: 'export const x = 1;',
    says: 'add its export to src/detect/detectors/index.ts',
  },
  'a function without a zip file': {
    check: functionsUnlisted,
    path: 'src/run/functions/x.ts',
    text: 'export const handler = 1;',
    says: 'add a row to functions in scripts/entries.mjs',
  },
  'a page that names a file that is not there': {
    check: mentionsBroken,
    path: 'docs/x.md',
    text: 'The walls are in `src/walls.ts`.',
    says: 'there is no src/walls.ts',
  },
  'a comment that does': {
    check: mentionsBroken,
    path: 'src/model/x.ts',
    text: '/** As in `test/walls.ts`. */',
    says: 'there is no test/walls.ts',
  },
  'a link to a page that is not there': {
    check: mentionsBroken,
    path: 'docs/x.md',
    text: 'See [the road](way.md).',
    says: 'there is no docs/way.md',
  },
  'a problem without words': {
    check: codesUnworded,
    path: 'src/sources/x.ts',
    text: "return { place, code: 'x-odd', reason };",
    says: 'x-odd has no words',
  },
  'an export that nobody takes': {
    check: exportsUnused,
    path: 'src/model/x.ts',
    text: 'export const alone = 1;',
    says: 'drop `export`',
  },
  'a script that needs what is not installed': {
    check: scriptsImporting,
    path: 'scripts/x.mjs',
    text: "import { build } from 'esbuild';",
    says: 'after ensure()',
  },
};

const allowed: Record<string, Case> = {
  'types of findings in a face': {
    check: wallsBroken,
    path: 'src/range/services/guardduty/findings.ts',
    text: "import type { Hub } from '../../../findings/hub.ts';",
    says: '',
  },
  'a hash in the core': {
    check: wallsBroken,
    path: 'src/aws/id.ts',
    text: "import { createHash } from 'node:crypto';",
    says: '',
  },
  'a test that meets both sides': {
    check: wallsBroken,
    path: 'src/detect/x.test.ts',
    text: "import { gateway } from '../range/gateway.ts';",
    says: '',
  },
  'a link to the page itself, and one to elsewhere': {
    check: mentionsBroken,
    path: 'docs/x.md',
    text: 'See [here](x.md#here), [there](https://example.com/) and `src/<name>.ts`.',
    says: '',
  },
  'a date of a given time': {
    check: namesForbidden,
    path: 'src/range/x.ts',
    text: 'export const f = (ms: number) => new Date(ms).toISOString();',
    says: '',
  },
  'a property of that name': {
    check: namesForbidden,
    path: 'src/range/x.ts',
    text: 'export const f = { process: 1 };',
    says: '',
  },
  'a banned name in a comment or a string': {
    check: namesForbidden,
    path: 'src/range/x.ts',
    text: "// Date.now() lies.\nexport const f = 'Math.random()';",
    says: '',
  },
};

describe('what is broken is caught', () => {
  for (const [name, { check, path, text, says }] of Object.entries({ ...caught, ...allowed })) {
    test(name, () => {
      const found = check(new Map([[path, text]])).map(show);
      if (says === '') expect(found).toEqual([]);
      else expect(found.join('\n')).toContain(says);
    });
  }
});
