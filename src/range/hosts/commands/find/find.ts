import type { CommandContext, ExecResult } from 'just-bash';
import { internalNames } from '../../bash/internal-names.ts';
import { blocksOf, groupName, linksOf, modeText, ownerName, sizeOf } from '../../disk/describe.ts';
import { allows } from '../../disk/disk.ts';
import { DiskError } from '../../disk/errors.ts';
import { resolve } from '../../disk/view.ts';
import { failed, type HostCommand, type Seat } from '../../seat.ts';
import { formatTime } from '../date.ts';
import { shellLine } from '../quote.ts';
import { FindError, plainTests, printfText, type Visited, valuedTests } from './tests.ts';

type Expression = (visited: Visited) => boolean | Promise<boolean>;

/** One run: what it has printed, and what it was told about the walk. */
interface Search {
  readonly seat: Seat;
  readonly context: CommandContext;
  out: string;
  err: string;
  acts: boolean;
  maxDepth: number;
  minDepth: number;
  childrenFirst: boolean;
  pruned: boolean;
  done: boolean;
  readonly batches: { readonly words: readonly string[]; readonly paths: string[] }[];
}

/** https://www.gnu.org/software/findutils/manual/html_mono/find.html, as far as it concerns one disk. */
export const find: HostCommand = {
  names: ['find'],
  async run(args, seat, context) {
    const rest = args.filter((arg, at) => !(['-L', '-P', '-H'].includes(arg) && at === args.indexOf(arg)));
    const split = rest.findIndex((arg) => /^[-(!]/.test(arg));
    const places = split < 0 ? rest : rest.slice(0, split);
    const search: Search = {
      seat,
      context,
      out: '',
      err: '',
      acts: false,
      maxDepth: Number.POSITIVE_INFINITY,
      minDepth: 0,
      childrenFirst: false,
      pruned: false,
      done: false,
      batches: [],
    };
    try {
      const expression = parse(split < 0 ? [] : rest.slice(split), search);
      for (const place of places.length === 0 ? ['.'] : places) await begin(place, expression, search);
      for (const { words, paths } of search.batches) if (paths.length > 0) await run([...words, ...paths], search);
    } catch (error) {
      if (error instanceof FindError) return failed(`find: ${error.message}`);
      throw error;
    }
    return { stdout: search.out, stderr: search.err, exitCode: search.err === '' ? 0 : 1 };
  },
};

async function begin(place: string, expression: Expression, search: Search): Promise<void> {
  const { seat, context } = search;
  const full = resolve(context.cwd, place);
  const node = seat.disk.find(full, seat.actor, place.endsWith('/'));
  if (node === undefined) {
    search.err += `find: '${place}': No such file or directory\n`;
    return;
  }
  await visit(
    {
      path: place,
      name:
        place
          .replace(/(.)\/+$/, '$1')
          .split('/')
          .pop() || '/',
      depth: 0,
      node,
    },
    expression,
    search,
  );
}

async function visit(visited: Visited, expression: Expression, search: Search): Promise<void> {
  const { node, path, depth } = visited;
  if (search.done) return;
  const judge = async () => {
    if (depth >= search.minDepth && (await expression(visited)) && !search.acts) search.out += `${path}\n`;
  };
  search.pruned = false;
  if (!search.childrenFirst) await judge();
  if (node.kind === 'folder' && depth < search.maxDepth && !search.pruned && !search.done) {
    if (!allows(node, search.seat.actor, 4)) search.err += `find: '${path}': Permission denied\n`;
    else
      for (const [name, child] of [...node.entries])
        if (!internalNames.has(name))
          await visit(
            { path: `${path.replace(/\/$/, '')}/${name}`, name, depth: depth + 1, node: child },
            expression,
            search,
          );
  }
  if (search.childrenFirst) await judge();
}

/** `or` below `and` below `not`: the parser of an expression in Polish words. */
function parse(words: string[], search: Search): Expression {
  const or = (): Expression => {
    let left = and();
    while (words[0] === '-o' || words[0] === '-or') {
      words.shift();
      const [one, other] = [left, and()];
      left = async (visited) => (await one(visited)) || (await other(visited));
    }
    return left;
  };
  const and = (): Expression => {
    let left: Expression = not();
    while (words.length > 0 && !['-o', '-or', ')'].includes(words[0] ?? '')) {
      if (words[0] === '-a' || words[0] === '-and') words.shift();
      const [one, other] = [left, not()];
      left = async (visited) => (await one(visited)) && (await other(visited));
    }
    return left;
  };
  const not = (): Expression => {
    if (words[0] !== '!' && words[0] !== '-not') return primary(words, search, or);
    words.shift();
    const one = not();
    return async (visited) => !(await one(visited));
  };
  const whole = words.length === 0 ? () => true : or();
  if (words.length > 0) throw new FindError(`paths must precede expression: \`${words[0]}'`);
  return whole;
}

function primary(words: string[], search: Search, inner: () => Expression): Expression {
  const word = words.shift();
  if (word === undefined) throw new FindError('expected an expression');
  const value = () => {
    const text = words.shift();
    if (text === undefined) throw new FindError(`missing argument to \`${word}'`);
    return text;
  };
  if (word === '(') {
    const expression = inner();
    if (words.shift() !== ')')
      throw new FindError("invalid expression; I was expecting to find a ')' somewhere but did not see one.");
    return expression;
  }
  const valued = valuedTests[word];
  if (valued !== undefined) return valued(value(), search.seat, search.context.cwd);
  const plain = plainTests[word];
  if (plain !== undefined) return plain(search.seat);
  return option(word, value, search) ?? action(word, value, words, search);
}

/** What concerns the walk, and is always true. */
function option(word: string, value: () => string, search: Search): Expression | undefined {
  if (word === '-maxdepth') search.maxDepth = Number(value());
  else if (word === '-mindepth') search.minDepth = Number(value());
  else if (word === '-depth' || word === '-d') search.childrenFirst = true;
  else if (!['-xdev', '-mount', '-noleaf', '-daystart', '-warn', '-nowarn'].includes(word)) return undefined;
  return () => true;
}

function action(word: string, value: () => string, words: string[], search: Search): Expression {
  if (word !== '-prune') search.acts = true;
  const said =
    (of: (visited: Visited) => string): Expression =>
    (visited) => {
      search.out += of(visited);
      return true;
    };
  switch (word) {
    case '-print':
      return said(({ path }) => `${path}\n`);
    case '-print0':
      return said(({ path }) => `${path}\0`);
    case '-printf': {
      const format = value();
      return said((visited) => printfText(format, visited, search.seat));
    }
    case '-ls':
      return said((visited) => listed(visited, search.seat));
    case '-prune':
      return () => {
        search.pruned = true;
        return true;
      };
    case '-quit':
      return () => {
        search.done = true;
        return true;
      };
    case '-delete':
      search.childrenFirst = true;
      return ({ path }) => deleted(path, search);
    case '-exec':
    case '-execdir':
    case '-ok':
      return executing(words, search);
    default:
      throw new FindError(`unknown predicate \`${word}'`);
  }
}

function executing(words: string[], search: Search): Expression {
  const end = words.findIndex((word, at) => word === ';' || (word === '+' && words[at - 1] === '{}'));
  if (end < 0) throw new FindError("missing argument to `-exec'");
  const [command, [mark]] = [words.slice(0, end), words.slice(end, end + 1)];
  words.splice(0, end + 1);
  if (mark === '+') {
    const batch = { words: command.slice(0, -1), paths: [] as string[] };
    search.batches.push(batch);
    return ({ path }) => {
      batch.paths.push(path);
      return true;
    };
  }
  return ({ path }) =>
    run(
      command.map((word) => word.replaceAll('{}', path)),
      search,
    );
}

async function run(command: readonly string[], search: Search): Promise<boolean> {
  const { stdout, stderr, exitCode }: ExecResult = await search.seat.exec(shellLine(command), {
    context: search.context,
  });
  search.out += stdout;
  search.err += stderr;
  return exitCode === 0;
}

function deleted(path: string, { seat, context }: Search): boolean {
  try {
    seat.disk.remove(resolve(context.cwd, path), seat.actor, false);
    return true;
  } catch (error) {
    if (error instanceof DiskError) throw new FindError(`cannot delete '${path}': ${error.message}`);
    throw error;
  }
}

function listed({ path, node }: Visited, { disk }: Seat): string {
  const owner = `${ownerName(disk, node.uid).padEnd(8)} ${groupName(disk, node.gid).padEnd(8)}`;
  const target = node.kind === 'link' ? ` -> ${node.target}` : '';
  return `${'0'.padStart(9)} ${`${blocksOf(node)}`.padStart(6)} ${modeText(node)} ${`${linksOf(node)}`.padStart(3)} ${owner} ${`${sizeOf(node)}`.padStart(8)} ${formatTime(node.mtime, '%b %e %R')} ${path}${target}\n`;
}
