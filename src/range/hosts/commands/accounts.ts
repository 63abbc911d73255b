import type { Disk } from '../disk/disk.ts';
import { putFile } from '../image/install.ts';
import { syslog } from '../journal.ts';
import { failed, type HostCommand, inputText, printed, readFlags, type Seat } from '../seat.ts';
import {
  accountNamed,
  addAccount,
  addGroup,
  changeAccount,
  groupsOf,
  joinGroup,
  passwordHash,
  removeAccount,
  setPasswordHash,
} from '../users/accounts.ts';
import { salt, sha512Crypt } from '../users/crypt.ts';
import { passwordState } from './getent.ts';

const needsRoot = (name: string) =>
  failed(`${name}: Permission denied.\n${name}: cannot lock /etc/passwd; try again later.`, 1);

export const useradd: HostCommand = {
  names: ['useradd', 'adduser'],
  run(args, { disk, actor, host }, _context, name) {
    if (actor.uid !== 0) return needsRoot(name);
    const { flags, rest } = readFlags(args, [
      'd',
      'home-dir',
      's',
      'shell',
      'G',
      'groups',
      'g',
      'gid',
      'u',
      'uid',
      'c',
      'comment',
      'p',
      'password',
      'e',
      'k',
    ]);
    const user = rest[0] ?? '';
    if (!/^[a-z_][a-z0-9_.-]*\$?$/i.test(user)) return failed(`useradd: invalid user name '${user}'`, 3);
    if (accountNamed(disk, user) !== undefined) return failed(`useradd: user '${user}' already exists`, 9);
    const uid = flags.get('u') ?? flags.get('uid');
    const now = host.ports.clock.now();
    const account = addAccount(
      disk,
      {
        name: user,
        comment: flags.get('c') ?? flags.get('comment') ?? '',
        home: flags.get('d') ?? flags.get('home-dir') ?? `/home/${user}`,
        shell: flags.get('s') ?? flags.get('shell') ?? '/bin/bash',
        ...(uid === undefined ? {} : { uid: Number(uid) }),
      },
      now,
    );
    const log = (text: string) => syslog(host, 'secure', `useradd[${host.jobs.newPid()}]`, text);
    log(
      `new user: name=${user}, UID=${account.uid}, GID=${account.gid}, home=${account.home}, shell=${account.shell}, from=none`,
    );
    const hash = flags.get('p') ?? flags.get('password');
    if (hash !== undefined) setPasswordHash(disk, user, hash, now);
    const wanted = (flags.get('G') ?? flags.get('groups') ?? '').split(',').filter((group) => group !== '');
    const missing = wanted.find((group) => !joinGroup(disk, group, user));
    if (missing !== undefined) return failed(`useradd: group '${missing}' does not exist`, 6);
    if (!flags.has('M') && !flags.has('no-create-home')) makeHome(disk, account);
    return printed('');
  },
};

function makeHome(disk: Disk, { home, uid, gid }: { home: string; uid: number; gid: number }): void {
  for (const name of ['.bash_logout', '.bash_profile', '.bashrc'])
    putFile(disk, `${home}/${name}`, `# ${name}\n`, 0o644, uid, gid);
  const folder = disk.find(home);
  if (folder !== undefined) disk.change(folder, { mode: 0o700, uid, gid });
}

export const userdel: HostCommand = {
  names: ['userdel', 'deluser'],
  run(args, { disk, actor, host }) {
    if (actor.uid !== 0) return needsRoot('userdel');
    const { flags, rest } = readFlags(args, []);
    const account = accountNamed(disk, rest[0] ?? '');
    if (account === undefined) return failed(`userdel: user '${rest[0] ?? ''}' does not exist`, 6);
    removeAccount(disk, account.name);
    syslog(host, 'secure', `userdel[${host.jobs.newPid()}]`, `delete user '${account.name}'`);
    if (flags.has('r') && disk.find(account.home) !== undefined) disk.remove(account.home, actor, true);
    return printed('');
  },
};

export const usermod: HostCommand = {
  names: ['usermod'],
  run(args, { disk, actor, host }) {
    if (actor.uid !== 0) return needsRoot('usermod');
    const { flags, rest } = readFlags(args, ['G', 'groups', 's', 'shell', 'd', 'home', 'p', 'password', 'c', 'e', 'g']);
    const user = rest[0] ?? '';
    if (accountNamed(disk, user) === undefined) return failed(`usermod: user '${user}' does not exist`, 6);
    const shell = flags.get('s') ?? flags.get('shell');
    const home = flags.get('d') ?? flags.get('home');
    changeAccount(disk, user, { ...(shell === undefined ? {} : { shell }), ...(home === undefined ? {} : { home }) });
    const hash = passwordHash(disk, user);
    const given = flags.get('p') ?? flags.get('password');
    const locked = flags.has('L') ? `!${hash}` : flags.has('U') ? hash.replace(/^!+/, '') : undefined;
    const next = given ?? locked;
    if (next !== undefined) setPasswordHash(disk, user, next, host.ports.clock.now());
    const wanted = (flags.get('G') ?? flags.get('groups') ?? '').split(',').filter((group) => group !== '');
    const missing = wanted.find((group) => !joinGroup(disk, group, user));
    for (const group of missing === undefined ? wanted : [])
      syslog(host, 'secure', `usermod[${host.jobs.newPid()}]`, `add '${user}' to group '${group}'`);
    return missing === undefined ? printed('') : failed(`usermod: group '${missing}' does not exist`, 6);
  },
};

export const groupadd: HostCommand = {
  names: ['groupadd'],
  run(args, { disk, actor }) {
    if (actor.uid !== 0) return needsRoot('groupadd');
    const { flags, rest } = readFlags(args, ['g', 'gid']);
    const name = rest[0] ?? '';
    if (groupsOf(disk).some((group) => group.name === name))
      return failed(`groupadd: group '${name}' already exists`, 9);
    const gid = flags.get('g') ?? flags.get('gid');
    addGroup(disk, name, gid === undefined ? undefined : Number(gid));
    return printed('');
  },
};

export const passwd: HostCommand = {
  names: ['passwd'],
  run(args, seat, context) {
    const { flags, rest } = readFlags(args, []);
    const user = rest[0] ?? accountName(seat);
    if (seat.actor.uid !== 0) return failed('passwd: Authentication token manipulation error');
    const state = flags.has('S') ? passwordState(seat, user) : undefined;
    if (state !== undefined) return printed(state);
    if (accountNamed(seat.disk, user) === undefined) return failed(`passwd: Unknown user name '${user}'.`);
    const now = seat.host.ports.clock.now();
    const hash = passwordHash(seat.disk, user);
    if (flags.has('l')) setPasswordHash(seat.disk, user, `!!${hash}`, now);
    else if (flags.has('u')) setPasswordHash(seat.disk, user, hash.replace(/^!+/, ''), now);
    else if (flags.has('d')) setPasswordHash(seat.disk, user, '', now);
    else {
      // `--stdin` says so; without a terminal there is nowhere else to ask. A repeated line is the confirmation.
      const password = inputText(context).split('\n')[0] ?? '';
      if (password === '') return failed('passwd: Authentication token manipulation error');
      setPassword(seat, user, password, 'passwd');
    }
    return printed(`passwd: all authentication tokens updated successfully.\n`);
  },
};

export const chpasswd: HostCommand = {
  names: ['chpasswd'],
  run(args, seat, context) {
    if (seat.actor.uid !== 0) return failed('chpasswd: Permission denied.');
    const hashed = args.includes('-e') || args.includes('--encrypted');
    for (const [index, line] of inputText(context).split('\n').entries()) {
      if (line === '') continue;
      const at = line.indexOf(':');
      const user = line.slice(0, at);
      if (at < 0) return failed(`chpasswd: line ${index + 1}: missing new password`);
      if (accountNamed(seat.disk, user) === undefined)
        return failed(`chpasswd: line ${index + 1}: user '${user}' does not exist`);
      if (hashed) setPasswordHash(seat.disk, user, line.slice(at + 1), seat.host.ports.clock.now());
      else setPassword(seat, user, line.slice(at + 1), 'chpasswd');
    }
    return printed('');
  },
};

function setPassword({ disk, host, task }: Seat, user: string, password: string, by: 'passwd' | 'chpasswd'): void {
  setPasswordHash(
    disk,
    user,
    sha512Crypt(
      password,
      salt(() => task.random()),
    ),
    host.ports.clock.now(),
  );
  syslog(host, 'secure', `${by}[${host.jobs.newPid()}]`, `pam_unix(${by}:chauthtok): password changed for ${user}`);
}

function accountName({ actor, disk }: Seat): string {
  return disk.text('/etc/passwd').match(new RegExp(`^([^:]+):[^:]*:${actor.uid}:`, 'm'))?.[1] ?? '';
}
