import { plainText, refusalOf } from '../disk/errors.ts';
import type { Inode } from '../disk/inode.ts';
import { walk } from '../disk/inode.ts';
import { resolve } from '../disk/view.ts';
import { failed, type HostCommand, printed, readFlags, type Seat } from '../seat.ts';
import { accountNamed, groupsOf } from '../users/accounts.ts';

export const chown: HostCommand = {
  names: ['chown', 'chgrp'],
  run(args, { disk, actor }, context, name) {
    const { flags, rest } = readFlags(args, []);
    const [owner = '', ...paths] = rest;
    if (actor.uid !== 0) return failed(`${name}: changing ownership of '${paths[0] ?? ''}': Operation not permitted`);
    const [user = '', group] = name === 'chgrp' ? ['', owner] : owner.split(/[:.]/);
    const account = accountNamed(disk, user);
    const uid = user === '' ? undefined : (account?.uid ?? numeric(user));
    const gid =
      group === undefined
        ? undefined
        : group === ''
          ? account?.gid
          : (groupsOf(disk).find((one) => one.name === group)?.gid ?? numeric(group));
    if (user !== '' && uid === undefined) return failed(`${name}: invalid user: '${owner}'`);
    if (group !== undefined && group !== '' && gid === undefined) return failed(`${name}: invalid group: '${owner}'`);
    const to = { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) };
    for (const path of paths) {
      const node = disk.find(resolve(context.cwd, path), actor);
      if (node === undefined) return failed(`${name}: cannot access '${path}': ${plainText('ENOENT')}`);
      const all: Iterable<readonly [string, Inode]> = flags.has('R') ? walk(node, '') : [['', node]];
      for (const [, one] of all) disk.change(one, to);
    }
    return printed('');
  },
};

function numeric(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

export const touch: HostCommand = {
  names: ['touch'],
  run(args, { disk, actor, host }, context) {
    const { flags, rest } = readFlags(args, ['d', 't', 'r']);
    const wanted = flags.get('d');
    const time = wanted === undefined ? host.ports.clock.now() : Date.parse(wanted);
    for (const name of rest) {
      const path = resolve(context.cwd, name);
      const node = disk.find(path, actor);
      if (node === undefined && !flags.has('c')) disk.write(path, new Uint8Array(), actor);
      const made = disk.find(path, actor);
      if (made !== undefined && !Number.isNaN(time)) disk.change(made, { mtime: time });
    }
    return printed('');
  },
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const mktemp: HostCommand = {
  names: ['mktemp'],
  run(args, { disk, actor, task }, context) {
    const { flags, rest } = readFlags(args, ['p', 'tmpdir']);
    const template = rest[0] ?? 'tmp.XXXXXXXXXX';
    const folder = flags.get('p') ?? (flags.has('t') || rest[0] === undefined ? '/tmp' : context.cwd);
    if (!/X{3,}/.test(template)) return failed(`mktemp: too few X's in template '${template}'`);
    const name = template.replace(/X{3,}(?!.*X{3})/, (xs) =>
      [...xs].map(() => letters[Math.floor(task.random() * letters.length)]).join(''),
    );
    const path = resolve(folder, name);
    if (flags.has('d')) disk.mkdir(path, actor, false, 0o700);
    else disk.write(path, new Uint8Array(), actor, 0o600);
    return printed(`${path}\n`);
  },
};

export const dd: HostCommand = {
  names: ['dd', 'fallocate', 'truncate'],
  run(args, { disk, actor }, context, name) {
    const size = name === 'dd' ? countOf(args) : sizeOf(readFlags(args, ['l', 's']).flags.values().next().value ?? '0');
    const path = name === 'dd' ? args.find((arg) => arg.startsWith('of='))?.slice(3) : args.at(-1);
    const source = args.find((arg) => arg.startsWith('if='))?.slice(3);
    if (path === undefined || size === undefined) return failed(`${name}: missing operand`);
    const zero = source === undefined || source === '/dev/zero' || source === '/dev/urandom';
    if (size > maxOnce) return failed(`${name}: error writing '${path}': ${plainText('ENOSPC')}`);
    const bytes = zero ? new Uint8Array(size) : disk.read(resolve(context.cwd, source), actor).slice();
    const refusal = refusalOf(() => disk.write(resolve(context.cwd, path), bytes, actor));
    if (refusal !== undefined) return failed(`${name}: error writing '${path}': ${plainText(refusal)}`);
    return { stdout: '', stderr: name === 'dd' ? `${bytes.length} bytes copied\n` : '', exitCode: 0 };
  },
};

/** Not even held in memory: no disk of the range is that large. */
const maxOnce = 256 * 1024 * 1024;

function countOf(args: readonly string[]): number | undefined {
  const value = (key: string) => args.find((arg) => arg.startsWith(`${key}=`))?.slice(key.length + 1);
  const block = sizeOf(value('bs') ?? '512');
  return block === undefined ? undefined : block * Number(value('count') ?? 1);
}

function sizeOf(text: string): number | undefined {
  const parts = /^(\d+)([KMG]?)B?$/i.exec(text);
  const factor: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };
  return parts === null ? undefined : Number(parts[1]) * (factor[(parts[2] ?? '').toUpperCase()] ?? 1);
}

export const umaskCommand: HostCommand = {
  names: ['umask'],
  run([mode], { actor }: Seat) {
    if (mode === undefined) return printed(`${actor.umask.toString(8).padStart(4, '0')}\n`);
    if (!/^[0-7]{1,4}$/.test(mode)) return failed(`bash: umask: ${mode}: octal number out of range`);
    actor.umask = Number.parseInt(mode, 8);
    return printed('');
  },
};
