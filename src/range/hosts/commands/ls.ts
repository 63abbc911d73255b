import type { ExecResult } from 'just-bash';
import { internalNames } from '../bash/internal-names.ts';
import { blocksOf, groupName, linksOf, modeText, ownerName, sizeOf } from '../disk/describe.ts';
import { allows } from '../disk/disk.ts';
import { DiskError, plainText } from '../disk/errors.ts';
import type { FolderNode, Inode } from '../disk/inode.ts';
import { resolve } from '../disk/view.ts';
import { failed, type HostCommand, printed, readFlags, type Seat } from '../seat.ts';
import { formatTime } from './date.ts';

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly node: Inode;
}

type Flags = ReadonlyMap<string, string>;

const known = 'laA1dRtSrhinFpgGoucfLHsUq';
const knownLong = [
  'all',
  'almost-all',
  'color',
  'recursive',
  'reverse',
  'directory',
  'human-readable',
  'full-time',
  'time-style',
  'sort',
  'numeric-uid-gid',
  'classify',
];

export const ls: HostCommand = {
  names: ['ls', 'll', 'dir'],
  run(args, seat, context, name) {
    const { flags, rest } = readFlags(name === 'll' ? ['-l', ...args] : args, []);
    const strange = [...flags.keys()].find(
      (flag) => !(flag.length === 1 ? known.includes(flag) : knownLong.includes(flag)),
    );
    if (strange !== undefined)
      return failed(
        strange.length === 1
          ? `ls: invalid option -- '${strange}'\nTry 'ls --help' for more information.`
          : `ls: unrecognized option '--${strange}'\nTry 'ls --help' for more information.`,
        2,
      );
    const files: Entry[] = [];
    const folders: Entry[] = [];
    let stderr = '';
    for (const word of rest.length === 0 ? ['.'] : rest) {
      const path = resolve(context.cwd, word);
      const found = look(seat, path, word, flags);
      if (typeof found === 'string') stderr += `ls: cannot access '${word}': ${found}\n`;
      else if (found.kind === 'folder' && !has(flags, 'd', 'directory'))
        folders.push({ name: word, path, node: found });
      else files.push({ name: word, path, node: found });
    }
    let output = listed(sorted(files, flags), seat, flags, false);
    const titled = folders.length + files.length + (stderr === '' ? 0 : 1) > 1 || has(flags, 'R', 'recursive');
    for (const folder of sorted(folders, flags)) {
      const inside = folderText(folder, seat, flags, titled);
      output += (output === '' ? '' : '\n') + inside.stdout;
      stderr += inside.stderr;
    }
    return { ...printed(output, stderr === '' ? 0 : 2), stderr };
  },
};

function has(flags: Flags, ...names: readonly string[]): boolean {
  return names.some((name) => flags.has(name));
}

/** Links named on the command line are followed, but not with -l or -d. */
function look(seat: Seat, path: string, word: string, flags: Flags): Inode | string {
  try {
    const follow = word.endsWith('/') || has(flags, 'L', 'H') || !has(flags, 'l', 'd', 'F', 'n', 'g', 'o');
    const node = seat.disk.need(path, seat.actor, 'stat', false);
    return node.kind === 'link' && follow ? (seat.disk.find(path, seat.actor) ?? node) : node;
  } catch (error) {
    if (error instanceof DiskError) return plainText(error.code);
    throw error;
  }
}

function folderText(folder: Entry, seat: Seat, flags: Flags, titled: boolean): ExecResult {
  const node = folder.node as FolderNode; // Only folders come here.
  const title = titled ? `${folder.name}:\n` : '';
  if (!allows(node, seat.actor, 4))
    return { ...failed(`ls: cannot open directory '${folder.name}': Permission denied`, 2), stdout: title };
  const all = [...node.entries]
    .filter(([name]) => !internalNames.has(name))
    .map(([name, child]): Entry => ({ name, path: `${folder.path}/${name}`, node: child }));
  const dots: Entry[] = has(flags, 'a', 'all')
    ? [
        { name: '.', path: folder.path, node },
        { name: '..', path: resolve(folder.path, '..'), node: node.parent ?? node },
      ]
    : [];
  const hidden = has(flags, 'a', 'A', 'all', 'almost-all', 'f');
  const entries = sorted([...dots, ...all.filter(({ name }) => hidden || !name.startsWith('.'))], flags);
  let output = title + listed(entries, seat, flags, true);
  let stderr = '';
  if (has(flags, 'R', 'recursive'))
    for (const entry of entries) {
      if (entry.node.kind !== 'folder' || entry.name === '.' || entry.name === '..') continue;
      const inside = folderText(
        { ...entry, name: `${folder.name.replace(/\/$/, '')}/${entry.name}` },
        seat,
        flags,
        true,
      );
      output += `\n${inside.stdout}`;
      stderr += inside.stderr;
    }
  return { stdout: output, stderr, exitCode: stderr === '' ? 0 : 2 };
}

function sorted(entries: readonly Entry[], flags: Flags): Entry[] {
  const byName = (one: Entry, other: Entry) => Buffer.compare(Buffer.from(one.name), Buffer.from(other.name));
  const order = [...entries].sort((one, other) => {
    if (has(flags, 'U', 'f')) return 0;
    if (flags.has('t') || flags.get('sort') === 'time') return other.node.mtime - one.node.mtime || byName(one, other);
    if (flags.has('S') || flags.get('sort') === 'size')
      return sizeOf(other.node) - sizeOf(one.node) || byName(one, other);
    return byName(one, other);
  });
  return has(flags, 'r', 'reverse') ? order.reverse() : order;
}

function listed(entries: readonly Entry[], seat: Seat, flags: Flags, whole: boolean): string {
  if (!has(flags, 'l', 'n', 'g', 'o', 'full-time'))
    return entries.map((entry) => `${shownName(entry, flags, false)}\n`).join('');
  const { disk, host } = seat;
  const now = host.ports.clock.now();
  const numeric = has(flags, 'n', 'numeric-uid-gid');
  const rows = entries.map((entry) => {
    const { node } = entry;
    const size = sizeOf(node);
    return [
      `${modeText(node)}${host.spec.vintage === '2019' ? '' : '.'}`,
      `${linksOf(node)}`,
      ...(flags.has('g') ? [] : [numeric ? `${node.uid}` : ownerName(disk, node.uid)]),
      ...(has(flags, 'o', 'G') ? [] : [numeric ? `${node.gid}` : groupName(disk, node.gid)]),
      has(flags, 'h', 'human-readable') ? human(size) : `${size}`,
      timeText(node.mtime, now, flags),
      shownName(entry, flags, true),
    ];
  });
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  // The count of links and the size stand to the right.
  const right = new Set([1, columns - 3]);
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) =>
        at === columns - 1 ? cell : right.has(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!),
      )
      .join(' ');
  const total = whole ? `total ${entries.reduce((sum, { node }) => sum + blocksOf(node), 0)}\n` : '';
  return total + rows.map((row) => `${line(row)}\n`).join('');
}

function shownName({ name, node }: Entry, flags: Flags, long: boolean): string {
  const mark = has(flags, 'F', 'classify')
    ? node.kind === 'folder'
      ? '/'
      : node.kind === 'link'
        ? long
          ? ''
          : '@'
        : (node.mode & 0o111) !== 0
          ? '*'
          : ''
    : flags.has('p') && node.kind === 'folder'
      ? '/'
      : '';
  const target = long && node.kind === 'link' ? ` -> ${node.target}` : '';
  return `${name}${mark}${target}`;
}

/** Half a year ago the year takes the place of the time. */
function timeText(time: number, now: number, flags: Flags): string {
  if (flags.has('full-time') || flags.get('time-style') === 'full-iso') return formatTime(time, '%F %T.%N %z');
  if (flags.get('time-style') === 'long-iso') return formatTime(time, '%F %R');
  const recent = time <= now && now - time < 15_778_476_000;
  return formatTime(time, recent ? '%b %e %R' : '%b %e  %Y');
}

function human(size: number): string {
  if (size < 1024) return `${size}`;
  const units = ['K', 'M', 'G'];
  let value = size / 1024;
  let unit = 0;
  for (; value >= 1024 && unit < 2; unit++) value /= 1024;
  return `${value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : Math.ceil(value)}${units[unit]}`;
}
