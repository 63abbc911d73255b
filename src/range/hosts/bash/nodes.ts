import type { CommandNode, SimpleCommandNode, StatementNode, WordNode } from 'just-bash';
import { parse } from './just-bash.ts';

// The pieces of script that the rewriting puts in.

export function simple(name: string, args: WordNode[]): SimpleCommandNode {
  return { type: 'SimpleCommand', name: word(name), args, assignments: [], redirections: [] };
}

export function wrap(node: CommandNode): StatementNode {
  return { type: 'Statement', background: false, operators: [], pipelines: [pipeline(node)] };
}

export function pipeline(node: CommandNode): StatementNode['pipelines'][number] {
  return { type: 'Pipeline', negated: false, commands: [node] };
}

export function group(body: StatementNode[]): CommandNode {
  return { type: 'Group', redirections: [], body };
}

export function word(text: string): WordNode {
  return { type: 'Word', parts: [{ type: 'Literal', value: text }] };
}

export function quoted(text: string): WordNode {
  const parts = text
    .split("'")
    .flatMap((piece, index): WordNode['parts'] => [
      ...(index === 0 ? [] : [{ type: 'Escaped' as const, value: "'" }]),
      { type: 'SingleQuoted', value: piece },
    ]);
  return { type: 'Word', parts };
}

const parsed = new Map<string, StatementNode>();

/** A text of ours, parsed once. */
export function statementOf(text: string): StatementNode {
  const statement = parsed.get(text) ?? parse(text).statements[0];
  if (statement === undefined) throw new Error(`"${text}" does not parse`);
  parsed.set(text, statement);
  return statement;
}
