import { posix } from 'node:path';
import ts from 'typescript';
import { importsOf } from './imports.ts';
import { isTest, lineAt, sourceOf, type Tree, type Violation } from './tree.ts';

/** An exported function, class or value whose name stands in no other file: it is only of this one, or of nobody. */
export function exportsUnused(tree: Tree): readonly Violation[] {
  const code = [...tree].filter(([path]) => /\.(ts|mjs)$/.test(path));
  const files = new Map<string, number>();
  for (const [, content] of code) {
    for (const word of new Set(content.match(/[A-Za-z_$][\w$]*/g))) files.set(word, (files.get(word) ?? 0) + 1);
  }
  const taken = new Set(code.flatMap(([path, content]) => takenWhole(path, content)));
  const broken: Violation[] = [];
  for (const [path, content] of code) {
    if (!path.startsWith('src/') || isTest(path) || taken.has(path)) continue;
    const source = sourceOf(path, content);
    for (const statement of source.statements) {
      for (const name of exportedBy(statement)) {
        if ((files.get(name) ?? 0) > 1) continue;
        const remedy = `nobody else says ${name}: drop \`export\`, or what nobody uses`;
        broken.push({ path, line: lineAt(source, statement), remedy });
      }
    }
  }
  return broken;
}

/** Modules that are taken whole (`import * as`, `import()`), whatever is in them. */
function takenWhole(path: string, content: string): readonly string[] {
  return importsOf(path, content).flatMap(({ from, names }) =>
    from?.startsWith('.') && names === undefined ? [posix.join(posix.dirname(path), from)] : [],
  );
}

function exportedBy(statement: ts.Statement): readonly string[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  if (!isExported) return [];
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return [statement.name?.text ?? ''];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
}
