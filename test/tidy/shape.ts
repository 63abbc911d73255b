import ts from 'typescript';
import { everyNode, isTest, lineAt, sourceOf, type Tree, type Violation } from './tree.ts';

const fileLinesMax = 300;
const functionLinesMax = 70;

/** Sizes, file and type names, what may not be left lying about. */
export function shapesBroken(tree: Tree): readonly Violation[] {
  const broken: Violation[] = [];
  for (const [path, content] of tree) {
    broken.push(...pathShape(path), ...textShape(path, content));
    if (path.endsWith('.ts')) broken.push(...codeShape(path, content));
  }
  return broken;
}

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;
const drawers = new Set(['utils', 'util', 'helpers', 'common', 'lib', 'shared', 'misc']);

function pathShape(path: string): readonly Violation[] {
  if (!path.includes('/') || path.includes('/models/')) return [];
  const parts = path.split('/');
  const drawer = parts.find((part) => drawers.has(part));
  if (drawer)
    return [
      {
        path,
        line: 1,
        remedy: `${drawer}/ becomes a drawer: put the file beside its only user, or name it after what it is`,
      },
    ];
  if (parts.every((part) => kebab.test(part) || /^README(\.ja)?\.md$/.test(part))) return [];
  return [{ path, line: 1, remedy: 'file and folder names are kebab-case: rename it' }];
}

// Written in two halves, so that this file does not find itself.
const leftOver = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X'].join('|')})\\b`);
const machine = new RegExp(['(?<![\\w.])/wo' + 'rk/', '\\.\\./sha' + 'red\\b', '/tmp/tre' + 'es'].join('|'));

function textShape(path: string, content: string): readonly Violation[] {
  const broken: Violation[] = [];
  const lines = content.split('\n');
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    if (leftOver.test(text))
      broken.push({ path, line, remedy: 'finish it, or file an issue: nothing is left as a note in the code' });
    if (machine.test(text))
      broken.push({ path, line, remedy: 'a path of one machine: use a path inside the checkout or a parameter' });
  }
  const tabular = /generated|table/i.test(lines[0] ?? '');
  if (/\.(ts|mjs)$/.test(path) && lines.length > fileLinesMax + 1 && !tabular) {
    broken.push({
      path,
      line: lines.length,
      remedy: `${lines.length} lines, at most ${fileLinesMax}: split it by idea, or say on line 1 that it is a table or generated`,
    });
  }
  return broken;
}

const vague = /.(Manager|Helper|Util|Utils|Service|Handler|Processor)$/;

function codeShape(path: string, content: string): readonly Violation[] {
  if (!path.startsWith('src/')) return [];
  const broken: Violation[] = [];
  const source = sourceOf(path, content);
  everyNode(source, (node) => {
    const add = (remedy: string) => broken.push({ path, line: lineAt(source, node), remedy });
    if (ts.isFunctionLike(node) && !isTest(path)) {
      const lines = node.getText(source).split('\n').length;
      if (lines > functionLinesMax) add(`a function of ${lines} lines, at most ${functionLinesMax}: name its parts`);
    }
    if (ts.isExportAssignment(node) || isDefault(node))
      add('no default exports: a name is found by searching, and stays the same everywhere');
    if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      const name = node.name?.text ?? '';
      if (name === 'Event' || name === 'Response')
        add(`${name} is a global of Node, and means five things here: use the design's noun`);
      if (vague.test(name)) add(`${name}: say what it is or does; the suffix says nothing`);
    }
  });
  return broken;
}

function isDefault(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node)?.some((each) => each.kind === ts.SyntaxKind.DefaultKeyword) ?? false)
  );
}
