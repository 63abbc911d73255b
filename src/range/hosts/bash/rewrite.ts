import type { CommandNode, ScriptNode, SimpleCommandNode, StatementNode, TransformPlugin, WordNode } from 'just-bash';
import { writableMark } from '../disk/can-write.ts';
import { turnsPerTick } from './internals.ts';
import { BashTransformPipeline, parse, serialize } from './just-bash.ts';

/**
 * What just-bash 3.4 does not do is put into the script before it runs: background jobs, `wait`, loops that let the
 * range breathe, refused redirections, and `$?` after an assignment. `eval` and `source` bring in new text,
 * which goes through here as well.
 */
export interface Rewriter {
  readonly plugin: TransformPlugin;
  /** The same for text that `eval` or `source` brings in; text that does not parse is left for bash to complain about. */
  rewrite(text: string): string;
  /** The functions defined so far, as text, for a job that runs apart. */
  functions(): string;
}

export function createRewriter(): Rewriter {
  const functions = new Map<string, string>();
  const plugin: TransformPlugin = {
    name: 'host',
    transform: ({ ast }) => ({ ast: { ...ast, statements: statements(ast.statements, functions) } }),
  };
  return {
    plugin,
    rewrite(text) {
      try {
        return new BashTransformPipeline().use(plugin).transform(text).script;
      } catch {
        // The parser's complaint will be bash's own: the text is evaluated as it is.
        return text;
      }
    },
    functions: () => [...functions.values()].join('\n'),
  };
}

type Functions = Map<string, string>;
type Redirection = SimpleCommandNode['redirections'][number];

function statements(list: readonly StatementNode[], functions: Functions): StatementNode[] {
  return list.map((statement) => {
    if (statement.background) return background(statement);
    const pipelines = statement.pipelines.map((pipeline) => ({
      ...pipeline,
      commands: pipeline.commands.map((one) => command(one, functions)),
    }));
    return { ...statement, pipelines };
  });
}

/** The job's text is kept as it was written: its own bash rewrites it. */
function background(statement: StatementNode): StatementNode {
  const text = textOf([{ ...statement, background: false }]);
  return wrap(simple('__bg', [quoted(text)]));
}

function command(node: CommandNode, functions: Functions): CommandNode {
  switch (node.type) {
    case 'SimpleCommand':
      return simpleCommand(node, functions);
    case 'FunctionDef':
      functions.set(node.name, textOf([wrap(node)]));
      // A function's body is a compound command and stays one: redirections of the body are left alone.
      return { ...node, body: inner(node.body, functions) as typeof node.body };
    default:
      return guarded(inner(node, functions));
  }
}

function inner(node: Exclude<CommandNode, SimpleCommandNode>, functions: Functions): CommandNode {
  const deep = (list: readonly StatementNode[]) => statements(list, functions);
  switch (node.type) {
    case 'If':
      return {
        ...node,
        clauses: node.clauses.map((clause) => ({ condition: deep(clause.condition), body: deep(clause.body) })),
        elseBody: node.elseBody && deep(node.elseBody),
      };
    case 'While':
    case 'Until':
      // In the condition a tick leaves the body's `$?` alone.
      return { ...node, condition: [tick(), ...deep(node.condition)], body: deep(node.body) };
    case 'For':
    case 'CStyleFor':
      return { ...node, body: [tick(), ...deep(node.body)] };
    case 'Case':
      return { ...node, items: node.items.map((item) => ({ ...item, body: deep(item.body) })) };
    case 'Subshell':
    case 'Group':
      return { ...node, body: deep(node.body) };
    default:
      return node;
  }
}

const renamed: Readonly<Record<string, string>> = { wait: '__wait', '.': 'source' };

function simpleCommand(original: SimpleCommandNode, functions: Functions): CommandNode {
  const node = substitutions(original, functions);
  if (node.name === null) return assignment(node);
  const name = literal(node.name);
  if (name === 'eval') return guarded({ ...node, args: [rewritten('__rewrite', node.args)] });
  if (name === 'source' || name === '.')
    return guarded({ ...node, name: word('eval'), args: [rewritten('__rewrite_file', node.args)] });
  // The image keeps all programs in /usr/bin, as a merged /usr does; just-bash does not follow the links there.
  const program = /^\/(?:usr\/)?sbin\/([^/]+)$/.exec(name ?? '')?.[1];
  if (program !== undefined) return guarded({ ...node, name: word(`/usr/bin/${program}`) });
  const other = name === undefined ? undefined : renamed[name];
  return guarded(other === undefined ? node : { ...node, name: word(other) });
}

/**
 * `x=1` gives 0 in bash and leaves the old status in just-bash; one that runs a command keeps that command's status.
 * As a condition the old status neither stays nor ends a script under `set -e`.
 */
function assignment(node: SimpleCommandNode): CommandNode {
  const runs = node.assignments.some(
    ({ value }) => value !== null && JSON.stringify(value).includes('CommandSubstitution'),
  );
  if (node.assignments.length === 0 || runs || node.redirections.length > 0) return guarded(node);
  const clause = { condition: [wrap(node)], body: [wrap(simple('true', []))] };
  return { type: 'If', clauses: [clause], elseBody: null, redirections: [] };
}

/** A write that the disk refuses throws out of just-bash: it is asked first, by a command that prints bash's message. */
function guarded(node: CommandNode): CommandNode {
  if (!('redirections' in node) || node.type === 'FunctionDef') return node;
  const targets = node.redirections.flatMap(writeTarget);
  if (targets.length === 0) return node;
  const keeps = node.type === 'SimpleCommand' && JSON.stringify(node).includes('"parameter":"?"');
  const kept = keeps ? renamedStatus(node) : node;
  return group([
    ...(keeps ? [statementOf('__status=$?')] : []),
    { ...wrap(kept), operators: ['&&'], pipelines: [pipeline(group([asked(targets)])), pipeline(kept)] },
  ]);
}

/** The test is cheap, the command that says what is wrong is not. */
function asked(targets: readonly WordNode[]): StatementNode {
  const tests = targets.map((target) => pipeline(writable(target)));
  const last = pipeline(simple('__can', [...targets]));
  const operators: StatementNode['operators'] = [...tests.slice(1).map(() => '&&' as const), '||'];
  return { type: 'Statement', background: false, operators, pipelines: [...tests, last] };
}

function writable({ parts }: WordNode): CommandNode {
  const operand: WordNode = { type: 'Word', parts: [...parts, { type: 'Literal', value: writableMark }] };
  return { type: 'ConditionalCommand', expression: { type: 'CondUnary', operator: '-e', operand }, redirections: [] };
}

/** `echo $? > f` means the command before the question whether f may be written. */
function renamedStatus<T>(node: T): T {
  return JSON.parse(JSON.stringify(node).replaceAll('"parameter":"?"', '"parameter":"__status"'));
}

function group(body: StatementNode[]): CommandNode {
  return { type: 'Group', redirections: [], body };
}

function writeTarget({ operator, target, fd }: Redirection): WordNode[] {
  const writes = ['>', '>>', '>|', '&>', '&>>'].includes(operator);
  if (!writes || target.type !== 'Word') return [];
  // Expanded twice, so a target that runs a command is left to fail loudly.
  if (JSON.stringify(target).includes('CommandSubstitution') || (fd !== null && fd > 9)) return [];
  return [target];
}

/** `$!`, and `$(...)` inside words, wherever they are. */
function substitutions<T>(node: T, functions: Functions): T {
  if (Array.isArray(node)) return node.map((one) => substitutions(one, functions)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const part = node as { type?: string; parameter?: string; body?: ScriptNode };
  if (part.type === 'ParameterExpansion' && part.parameter === '!') return { ...node, parameter: '__bgpid' };
  if ((part.type === 'CommandSubstitution' || part.type === 'ProcessSubstitution') && part.body !== undefined)
    return { ...node, body: { ...part.body, statements: statements(part.body.statements, new Map(functions)) } };
  const copy = Object.entries(node).map(([key, value]) => [key, substitutions(value, functions)] as const);
  return Object.fromEntries(copy) as T; // The same members with the same kinds of values.
}

function rewritten(helper: string, args: WordNode[]): WordNode {
  const body: ScriptNode = { type: 'Script', statements: [wrap(simple(helper, args))] };
  return {
    type: 'Word',
    parts: [{ type: 'DoubleQuoted', parts: [{ type: 'CommandSubstitution', body, legacy: false }] }],
  };
}

/**
 * Counting in the script itself is cheap, calling a command is not: it is called once in so many turns, and where it
 * fails the script ends, since the job was killed.
 */
function tick(): StatementNode {
  return statementOf(`((__turns = (${'${__turns:-0}'} + 1) % ${turnsPerTick})) || __tick || exit 137`);
}

const parsed = new Map<string, StatementNode>();

/** Texts of ours, each parsed once. */
function statementOf(text: string): StatementNode {
  const statement = parsed.get(text) ?? parse(text).statements[0];
  if (statement === undefined) throw new Error(`"${text}" does not parse`);
  parsed.set(text, statement);
  return statement;
}

function simple(name: string, args: WordNode[]): SimpleCommandNode {
  return { type: 'SimpleCommand', name: word(name), args, assignments: [], redirections: [] };
}

function wrap(node: CommandNode): StatementNode {
  return { type: 'Statement', background: false, operators: [], pipelines: [pipeline(node)] };
}

function pipeline(node: CommandNode): StatementNode['pipelines'][number] {
  return { type: 'Pipeline', negated: false, commands: [node] };
}

function word(text: string): WordNode {
  return { type: 'Word', parts: [{ type: 'Literal', value: text }] };
}

function quoted(text: string): WordNode {
  const parts = text
    .split("'")
    .flatMap((piece, index): WordNode['parts'] => [
      ...(index === 0 ? [] : [{ type: 'Escaped' as const, value: "'" }]),
      { type: 'SingleQuoted', value: piece },
    ]);
  return { type: 'Word', parts };
}

function literal({ parts }: WordNode): string | undefined {
  const [only, ...rest] = parts;
  return rest.length === 0 && only?.type === 'Literal' ? only.value : undefined;
}

function textOf(list: StatementNode[]): string {
  return serialize({ type: 'Script', statements: list });
}
