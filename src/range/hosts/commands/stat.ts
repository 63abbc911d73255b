import { blocksOf, groupName, linksOf, modeText, ownerName, sizeOf } from '../disk/describe.ts';
import { plainText } from '../disk/errors.ts';
import type { Inode } from '../disk/inode.ts';
import { resolve } from '../disk/view.ts';
import { failed, type HostCommand, printed, readFlags, type Seat } from '../seat.ts';
import { formatTime } from './date.ts';

/** A disk here keeps one time per file, the last change: it stands for all four. Inode numbers are not modelled (0). */
export const stat: HostCommand = {
  names: ['stat'],
  run(args, seat, context) {
    const { flags, rest } = readFlags(args, ['c', 'format', 'printf']);
    if (rest.length === 0) return failed("stat: missing operand\nTry 'stat --help' for more information.");
    const format = flags.get('c') ?? flags.get('format');
    const raw = flags.get('printf');
    let stdout = '';
    let stderr = '';
    for (const name of rest) {
      const path = resolve(context.cwd, name);
      const node = seat.disk.find(path, seat.actor, flags.has('L'));
      if (node === undefined) stderr += `stat: cannot statx '${name}': ${plainText('ENOENT')}\n`;
      else if (raw !== undefined)
        stdout += filled(raw.replaceAll('\\n', '\n').replaceAll('\\t', '\t'), name, node, seat);
      else stdout += format === undefined ? described(name, node, seat) : `${filled(format, name, node, seat)}\n`;
    }
    return { ...printed(stdout, stderr === '' ? 0 : 1), stderr };
  },
};

const kinds = { folder: 'directory', link: 'symbolic link' };

function kindOf(node: Inode): string {
  if (node.kind === 'file') return node.size === 0 ? 'regular empty file' : 'regular file';
  return kinds[node.kind];
}

function octal({ mode }: Inode): string {
  return (mode & 0o7777).toString(8);
}

function filled(format: string, name: string, node: Inode, { disk }: Seat): string {
  const time = formatTime(node.mtime, '%F %T.%N %z');
  const seconds = `${Math.floor(node.mtime / 1000)}`;
  const fields: Readonly<Record<string, string>> = {
    a: octal(node),
    A: modeText(node),
    n: name,
    N: node.kind === 'link' ? `'${name}' -> '${node.target}'` : `'${name}'`,
    s: `${sizeOf(node)}`,
    b: `${blocksOf(node) * 2}`,
    B: '512',
    F: kindOf(node),
    h: `${linksOf(node)}`,
    i: '0',
    u: `${node.uid}`,
    U: ownerName(disk, node.uid),
    g: `${node.gid}`,
    G: groupName(disk, node.gid),
    x: time,
    y: time,
    z: time,
    w: time,
    X: seconds,
    Y: seconds,
    Z: seconds,
    W: seconds,
    '%': '%',
  };
  return format.replace(/%([A-Za-z%])/g, (whole, letter: string) => fields[letter] ?? whole);
}

function described(name: string, node: Inode, seat: Seat): string {
  const title = node.kind === 'link' ? `${name} -> ${node.target}` : name;
  const id = (number: number, text: string) => `(${`${number}`.padStart(5)}/${text.padStart(8)})`;
  const who = `Uid: ${id(node.uid, ownerName(seat.disk, node.uid))}   Gid: ${id(node.gid, groupName(seat.disk, node.gid))}`;
  const time = formatTime(node.mtime, '%F %T.%N %z');
  return `  File: ${title}
  Size: ${`${sizeOf(node)}`.padEnd(10)}\tBlocks: ${`${blocksOf(node) * 2}`.padEnd(10)} IO Block: 4096   ${kindOf(node)}
Device: 259,1\tInode: 0           Links: ${linksOf(node)}
Access: (${octal(node).padStart(4, '0')}/${modeText(node)})  ${who}
Access: ${time}
Modify: ${time}
Change: ${time}
 Birth: ${time}
`;
}
