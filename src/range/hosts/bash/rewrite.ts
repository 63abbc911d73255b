import type { CommandNode, ScriptNode, SimpleCommandNode, StatementNode, TransformPlugin, WordNode } from 'just-bash';
import { writableMark } from '../disk/can-write.ts';
import { turnsPerTick } from './internals.ts';
import { BashTransformPipeline, serialize } from './just-bash.ts';
import { group, pipeline, quoted, simple, statementOf, word, wrap } from './nodes.ts';
import { atEnd, builtins, heeding, leave, setsTrap } from './traps.ts';

/**
 * What just-bash 3.4 does not do is put into the script before it runs: background jobs, `wait`, loops that let the
 * range breathe, refused redirections, and `$?` after an assignment. `eval` and `source` bring in new text,
 * which goes through here as well.
 */
export interface Rewriter {
  readonly plugin: TransformPlugin;
  /** The same for text that `eval` or `source` brings in; text that does not parse is left for bash to complain about. */
  rewrite(text: string, within?: 'trapped'): string;
  /** The functions defined so far, as text, for a job that runs apart. */
  functions(): string;
}

export function createRewriter(): Rewriter {
  const functions = new Map<string, string>();
  const pluginOf = (whole: boolean, within?: 'trapped'): TransformPlugin => ({
    name: 'host',
    transform({ ast }) {
      const trapped = within === 'trapped' || setsTrap(ast);
      const list = statements(ast.statements, { functions, trapped });
      return { ast: { ...ast, statements: whole && trapped ? [...list, ...atEnd()] : list } };
    },
  });
  return {
    plugin: pluginOf(true),
    rewrite(text, within) {
      try {
        return new BashTransformPipeline().use(pluginOf(false, within)).transform(text).script;
      } catch {
        // The parser's complaint will be bash's own: the text is evaluated as it is.
        return text;
      }
    },
    functions: () => [...functions.values()].join('\n'),
  };
}

/** What a piece of script is in. */
interface Around {
  readonly functions: Map<string, string>;
  /** The script sets traps, and this piece runs in the shell that has them. */
  readonly trapped: boolean;
}

type Redirection = SimpleCommandNode['redirections'][number];

function statements(list: readonly StatementNode[], around: Around): StatementNode[] {
  return list.map((statement) => {
    if (statement.background) return background(statement);
    const pipelines = statement.pipelines.map((pipeline) => ({
      ...pipeline,
      // The parts of a pipe are shells of their own.
      commands: pipeline.commands.map((one, _at, all) => command(one, all.length > 1 ? inSubshell(around) : around)),
    }));
    return { ...statement, pipelines };
  });
}

/** The job's text is kept as it was written: its own bash rewrites it. */
function background(statement: StatementNode): StatementNode {
  const [only] = statement.pipelines.length === 1 ? (statement.pipelines[0]?.commands ?? []) : [];
  // A subshell of its own it is anyway.
  const bare =
    only?.type === 'Subshell' && only.redirections.length === 0 && statement.pipelines[0]?.commands.length === 1;
  const text = textOf(bare ? only.body : [{ ...statement, background: false }]);
  return wrap(simple('__bg', [quoted(text)]));
}

function inSubshell({ functions }: Around): Around {
  return { functions: new Map(functions), trapped: false };
}

function command(node: CommandNode, around: Around): CommandNode {
  switch (node.type) {
    case 'SimpleCommand':
      return simpleCommand(node, around);
    case 'FunctionDef':
      around.functions.set(node.name, textOf([wrap(node)]));
      // A function's body is a compound command and stays one: redirections of the body are left alone.
      return { ...node, body: inner(node.body, around) as typeof node.body };
    default:
      return guarded(inner(node, node.type === 'Subshell' ? inSubshell(around) : around));
  }
}

function inner(node: Exclude<CommandNode, SimpleCommandNode>, around: Around): CommandNode {
  const deep = (list: readonly StatementNode[]) => statements(list, around);
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

const renamed: Readonly<Record<string, string>> = { wait: '__wait', trap: '__trap', '.': 'source' };

function simpleCommand(original: SimpleCommandNode, around: Around): CommandNode {
  const node = substitutions(original, around);
  if (node.name === null) return assignment(node);
  const name = literal(node.name);
  if (name === 'exit' && around.trapped) return leave(node);
  if (around.trapped && name !== undefined && !builtins.has(name))
    return heeding(guarded({ ...node, name: word(renamed[name] ?? name) }));
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

function writeTarget({ operator, target, fd }: Redirection): WordNode[] {
  const writes = ['>', '>>', '>|', '&>', '&>>'].includes(operator);
  if (!writes || target.type !== 'Word') return [];
  // Expanded twice, so a target that runs a command is left to fail loudly.
  if (JSON.stringify(target).includes('CommandSubstitution') || (fd !== null && fd > 9)) return [];
  return [target];
}

/** `$!`, and `$(...)` inside words, wherever they are. */
function substitutions<T>(node: T, around: Around): T {
  if (Array.isArray(node)) return node.map((one) => substitutions(one, around)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const part = node as { type?: string; parameter?: string; body?: ScriptNode };
  if (part.type === 'ParameterExpansion' && part.parameter === '!') return { ...node, parameter: '__bgpid' };
  if ((part.type === 'CommandSubstitution' || part.type === 'ProcessSubstitution') && part.body !== undefined)
    return { ...node, body: { ...part.body, statements: statements(part.body.statements, inSubshell(around)) } };
  const copy = Object.entries(node).map(([key, value]) => [key, substitutions(value, around)] as const);
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

function literal({ parts }: WordNode): string | undefined {
  const [only, ...rest] = parts;
  return rest.length === 0 && only?.type === 'Literal' ? only.value : undefined;
}

function textOf(list: StatementNode[]): string {
  return serialize({ type: 'Script', statements: list });
}
