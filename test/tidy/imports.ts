import ts from 'typescript';
import { everyNode, lineAt, sourceOf } from './tree.ts';

export interface Import {
  /** As written: `../model/finding.ts`, `node:crypto`, `@aws-sdk/client-s3`; undefined when it is computed. */
  readonly from: string | undefined;
  readonly line: number;
  readonly typeOnly: boolean;
  /** Names of `import { a, b }`; undefined for the other forms. */
  readonly names: readonly string[] | undefined;
}

/** Every form there is: static, export from, `import type`, `import()`, `import('…').T`, `require`. */
export function importsOf(path: string, content: string): readonly Import[] {
  const source = sourceOf(path, content);
  const found: Import[] = [];
  everyNode(source, (node) => {
    const each = importOf(node);
    if (each) found.push({ ...each, line: lineAt(source, node) });
  });
  return found;
}

function importOf(node: ts.Node): Omit<Import, 'line'> | undefined {
  if (ts.isImportDeclaration(node)) {
    const bindings = node.importClause?.namedBindings;
    const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : undefined;
    const typeOnly =
      (node.importClause?.isTypeOnly ?? false) ||
      (elements?.length ? elements.every((each) => each.isTypeOnly) : false);
    return {
      from: literal(node.moduleSpecifier),
      typeOnly,
      names: elements?.map((each) => (each.propertyName ?? each.name).text),
    };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return { from: literal(node.moduleSpecifier), typeOnly: node.isTypeOnly, names: undefined };
  }
  if (ts.isImportTypeNode(node)) {
    const from = ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : undefined;
    return { from, typeOnly: true, names: undefined };
  }
  if (ts.isCallExpression(node) && isImportCall(node.expression)) {
    return { from: literal(node.arguments[0]), typeOnly: false, names: undefined };
  }
  return undefined;
}

function isImportCall(called: ts.Expression): boolean {
  return called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require');
}

function literal(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}
