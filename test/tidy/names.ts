import ts from 'typescript';
import { everyNode, isTest, lineAt, sourceOf, type Tree, type Violation } from './tree.ts';

interface Ban {
  /** As it stands in the source: `Date.now`, `setTimeout`, `new Date()`. */
  readonly name: string;
  readonly instead: string;
}

const clock = 'time is virtual: take the time from the activity, the clock or an argument';
const luck =
  'a run must be reproducible to the byte: derive it from content, or take it from the seeded luck that is passed in';
const outside = 'only src/run and src/cli touch the process and the outside: take it as an argument or through a port';

// setImmediate is not among them: it yields a turn and no time passes.
const everywhereInside: readonly Ban[] = [
  ...['Date.now', 'new Date()', 'Date()', 'performance'].map((name) => ({ name, instead: clock })),
  ...['setTimeout', 'setInterval'].map((name) => ({
    name,
    instead: `${clock} (Clock.at, Task.sleep)`,
  })),
  ...['Math.random', 'randomUUID', 'randomBytes', 'randomInt', 'getRandomValues'].map((name) => ({
    name,
    instead: luck,
  })),
  ...['process', 'fetch', 'console', 'WebSocket'].map((name) => ({ name, instead: outside })),
  { name: '.localeCompare', instead: 'the order must be the same on every machine: compare with < and >' },
];

/** `src/run` may: the rest of the product starts no worker and loads nothing behind the bundler's back. */
const outsideRun: readonly Ban[] = [
  {
    name: 'new Worker',
    instead: 'workers are started in src/run, from a file of the build (builtPath in src/root.ts)',
  },
  { name: 'createRequire', instead: 'the bundler must see every import: write a static import or import()' },
  { name: 'getBuiltinModule', instead: 'the bundler must see every import: write a static import' },
];

const inAll: readonly Ban[] = [
  { name: 'import.meta', instead: 'bundling moves code: use rootPath, assetPath or builtPath of src/root.ts' },
];

export function namesForbidden(tree: Tree): readonly Violation[] {
  const broken: Violation[] = [];
  for (const [path, content] of tree) {
    if (!path.startsWith('src/') || !path.endsWith('.ts') || isTest(path)) continue;
    const bans = new Map(bansFor(path).map((ban) => [ban.name, ban]));
    const source = sourceOf(path, content);
    everyNode(source, (node) => {
      const ban = namesAt(node)
        .map((name) => bans.get(name))
        .find((each) => each !== undefined);
      if (ban)
        broken.push({ path, line: lineAt(source, node), remedy: `${ban.name} is not for this folder: ${ban.instead}` });
    });
  }
  return broken;
}

function bansFor(path: string): readonly Ban[] {
  if (path === 'src/root.ts') return [];
  if (path.startsWith('src/run/')) return inAll;
  if (path.startsWith('src/cli/')) return [...inAll, ...outsideRun];
  return [...inAll, ...outsideRun, ...everywhereInside];
}

/** What a node could be forbidden as. Members of other objects and property names are nobody's global. */
function namesAt(node: ts.Node): readonly string[] {
  if (ts.isPropertyAccessExpression(node)) {
    return ts.isIdentifier(node.expression)
      ? [`${node.expression.text}.${node.name.text}`, `.${node.name.text}`]
      : [`.${node.name.text}`];
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) {
    return [
      node.arguments?.length ? `new ${node.expression.text}` : `new ${node.expression.text}()`,
      `new ${node.expression.text}`,
    ];
  }
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) return [`${node.expression.text}()`];
  if (ts.isMetaProperty(node)) return ['import.meta'];
  return ts.isIdentifier(node) && isReference(node) ? [node.text] : [];
}

function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isImportSpecifier(parent)) return true;
  const named = ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent);
  const declared =
    ts.isMethodDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isVariableDeclaration(parent) ||
    ts.isBindingElement(parent);
  if ((named || declared || ts.isPropertyDeclaration(parent)) && parent.name === node) return false;
  return !(ts.isQualifiedName(parent) || ts.isTypeReferenceNode(parent) || ts.isTypeQueryNode(parent));
}
