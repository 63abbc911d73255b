import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Text by path from the checkout's root, with `/` on every system. A check is a function of one of these. */
export type Tree = ReadonlyMap<string, string>;

/** Where a rule is broken, and what to do about it. The message is the instruction. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly remedy: string;
}

const folders = ['bin', 'src', 'scripts', 'test', 'bench', 'drills', 'templates', 'docs', 'tools', 'workshop'];
const text = /\.(ts|mjs|json|md|yaml|yml)$/;

export function readTree(root: string): Tree {
  const tree = new Map<string, string>();
  const add = (path: string) => {
    if (text.test(path)) tree.set(path, readFileSync(join(root, path), 'utf8'));
  };
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (entry.isFile() && entry.name !== 'package-lock.json') add(entry.name);
    if (!entry.isDirectory() || !folders.includes(entry.name)) continue;
    const below = readdirSync(join(root, entry.name), { withFileTypes: true, recursive: true });
    for (const file of below) {
      // What npm puts below tools/ is not ours.
      if (file.isFile() && !file.parentPath.includes('node_modules'))
        add(
          join(file.parentPath, file.name)
            .slice(root.length + 1)
            .replaceAll('\\', '/'),
        );
    }
  }
  return tree;
}

/** Tests beside the code, and the suites that adapters share, are held by no wall: they meet everything. */
export function isTest(path: string): boolean {
  return /\.(test|contract)\.ts$/.test(path);
}

const parsed = new Map<string, ts.SourceFile>();

/** Parsed once for all checks. */
export function sourceOf(path: string, content: string): ts.SourceFile {
  const key = `${path}\0${content}`;
  const known = parsed.get(key);
  if (known) return known;
  const source = ts.createSourceFile(path, content, ts.ScriptTarget.ES2022, true);
  parsed.set(key, source);
  return source;
}

export function lineAt(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

export function everyNode(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => everyNode(child, visit));
}
