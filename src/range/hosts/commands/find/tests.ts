import { groupName, modeText, ownerName, sizeOf } from '../../disk/describe.ts';
import type { Inode } from '../../disk/inode.ts';
import { resolve } from '../../disk/view.ts';
import { globOf } from '../../glob.ts';
import type { Seat } from '../../seat.ts';
import { accountNamed, accountOfUid, groupsOf } from '../../users/accounts.ts';
import { formatTime, readTime } from '../date.ts';

/** A file on its way through an expression. `path` is as it is shown. */
export interface Visited {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly node: Inode;
}

export class FindError extends Error {
  override readonly name = 'FindError';
}

type Test = (visited: Visited) => boolean;
type TestMaker = (value: string, seat: Seat, cwd: string) => Test;

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** `+3`, `-3`, `3`, of whole units. */
function counted(text: string, option: string, of: (visited: Visited) => number): Test {
  const [, sign = '', number] = /^([+-]?)(\d+)$/.exec(text) ?? [];
  if (number === undefined) throw new FindError(`invalid argument \`${text}' to \`${option}'`);
  const wanted = Number(number);
  return (visited) => {
    const value = of(visited);
    return sign === '+' ? value > wanted : sign === '-' ? value < wanted : value === wanted;
  };
}

const age =
  (option: string, unitMs: number): TestMaker =>
  (value, seat) => {
    const now = seat.host.ports.clock.now();
    return counted(value, option, ({ node }) => {
      const units = (now - node.mtime) / unitMs;
      // Minutes are rounded up, days cut off: so says find(1).
      return unitMs === minuteMs ? Math.ceil(units) : Math.floor(units);
    });
  };

const newer: TestMaker = (value, { disk, actor }, cwd) => {
  const other = disk.find(resolve(cwd, value), actor);
  if (other === undefined) throw new FindError(`'${value}': No such file or directory`);
  return ({ node }) => node.mtime > other.mtime;
};

const named =
  (of: (visited: Visited) => string, ignoreCase = false): TestMaker =>
  (value) => {
    const fits = globOf(value, { ignoreCase });
    return (visited) => fits(of(visited));
  };

/** Tests that take a value. */
export const valuedTests: Readonly<Record<string, TestMaker>> = {
  '-name': named(({ name }) => name),
  '-iname': named(({ name }) => name, true),
  '-path': named(({ path }) => path),
  '-wholename': named(({ path }) => path),
  '-ipath': named(({ path }) => path, true),
  '-type': (value) => {
    const kinds = value.split(',').map((letter) => ({ f: 'file', d: 'folder', l: 'link' })[letter] ?? letter);
    return ({ node }) => kinds.includes(node.kind);
  },
  '-mtime': age('-mtime', dayMs),
  '-ctime': age('-ctime', dayMs),
  '-atime': age('-atime', dayMs),
  '-mmin': age('-mmin', minuteMs),
  '-cmin': age('-cmin', minuteMs),
  '-amin': age('-amin', minuteMs),
  '-newer': newer,
  '-cnewer': newer,
  '-newermt': (value, seat) => {
    const time = readTime(value, seat.host.ports.clock.now());
    if (time === undefined) throw new FindError(`I cannot figure out how to interpret '${value}' as a date or time`);
    return ({ node }) => node.mtime > time;
  },
  '-user': (value, { disk }) => {
    const uid = accountNamed(disk, value)?.uid ?? (/^\d+$/.test(value) ? Number(value) : undefined);
    if (uid === undefined) throw new FindError(`'${value}' is not the name of a known user`);
    return ({ node }) => node.uid === uid;
  },
  '-group': (value, { disk }) => {
    const gid =
      groupsOf(disk).find(({ name }) => name === value)?.gid ?? (/^\d+$/.test(value) ? Number(value) : undefined);
    if (gid === undefined) throw new FindError(`'${value}' is not the name of an existing group`);
    return ({ node }) => node.gid === gid;
  },
  '-uid': (value) => counted(value, '-uid', ({ node }) => node.uid),
  '-gid': (value) => counted(value, '-gid', ({ node }) => node.gid),
  '-perm': permissions,
  '-size': (value) => {
    const [, number = '', unit = 'b'] = /^([+-]?\d+)([bckMG]?)$/.exec(value) ?? [];
    const bytes = { b: 512, c: 1, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[unit] ?? 512;
    return counted(number, '-size', ({ node }) => Math.ceil(sizeOf(node) / bytes));
  },
};

/** Tests that take none. */
export const plainTests: Readonly<Record<string, (seat: Seat) => Test>> = {
  '-true': () => () => true,
  '-false': () => () => false,
  '-empty':
    () =>
    ({ node }) =>
      node.kind === 'folder' ? node.entries.size === 0 : node.kind === 'file' && node.size === 0,
  '-executable':
    () =>
    ({ node }) =>
      (node.mode & 0o111) !== 0,
  '-nouser':
    ({ disk }) =>
    ({ node }) =>
      accountOfUid(disk, node.uid) === undefined,
  '-nogroup':
    ({ disk }) =>
    ({ node }) =>
      !groupsOf(disk).some(({ gid }) => gid === node.gid),
};

function permissions(value: string): Test {
  const [, how = '', text = ''] = /^([-/]?)(.+)$/.exec(value) ?? [];
  const bits = /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : symbolic(text);
  if (bits === undefined) throw new FindError(`invalid mode '${value}'`);
  return ({ node }) => {
    const mode = node.mode & 0o7777;
    if (how === '-') return (mode & bits) === bits;
    return how === '/' ? bits === 0 || (mode & bits) !== 0 : mode === bits;
  };
}

/** `u+s,o=w`: as far as one asks for bits by name. */
function symbolic(text: string): number | undefined {
  let bits = 0;
  for (const part of text.split(',')) {
    const [, who = '', rights = ''] = /^([ugoa]*)[+=]([rwxst]+)$/.exec(part) ?? [];
    if (rights === '') return undefined;
    for (const [letter, shift, special] of [
      ['u', 6, 0o4000],
      ['g', 3, 0o2000],
      ['o', 0, 0],
    ] as const) {
      if (who !== '' && !who.includes(letter) && !who.includes('a')) continue;
      for (const right of rights)
        bits |= right === 's' ? special : right === 't' ? 0o1000 : { r: 4, w: 2, x: 1 }[right]! << shift;
    }
  }
  return bits;
}

/** `-printf`: what is asked most; the rest stays as it is written. */
export function printfText(format: string, { path, name, depth, node }: Visited, { disk }: Seat): string {
  const letters: Readonly<Record<string, string>> = {
    p: path,
    f: name,
    h: path.slice(0, path.lastIndexOf('/')) || '.',
    d: `${depth}`,
    s: `${sizeOf(node)}`,
    m: (node.mode & 0o7777).toString(8),
    M: modeText(node),
    u: ownerName(disk, node.uid),
    g: groupName(disk, node.gid),
    U: `${node.uid}`,
    G: `${node.gid}`,
    y: { file: 'f', folder: 'd', link: 'l' }[node.kind],
    l: node.kind === 'link' ? node.target : '',
    t: formatTime(node.mtime, '%a %b %e %T.%N %Y'),
    'T@': (node.mtime / 1000).toFixed(10),
    'T+': formatTime(node.mtime, '%F+%T.%N'),
    '%': '%',
  };
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', '\\': '\\' };
  return format
    .replace(/\\(.)/g, (whole, letter: string) => escapes[letter] ?? whole)
    .replace(/%([TAC])([@+A-Za-z])|%(.)/g, (whole, time, form: string, letter: string) => {
      if (time !== undefined) return letters[`T${form}`] ?? formatTime(node.mtime, `%${form}`);
      return letters[letter] ?? whole;
    });
}
