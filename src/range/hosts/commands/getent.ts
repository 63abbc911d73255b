import { failed, type HostCommand, printed, readFlags, type Seat } from '../seat.ts';
import { accountNamed, groupsOf, passwordHash } from '../users/accounts.ts';
import { formatTime } from './date.ts';

const files: Readonly<Record<string, string>> = {
  passwd: '/etc/passwd',
  group: '/etc/group',
  shadow: '/etc/shadow',
  hosts: '/etc/hosts',
};

export const getent: HostCommand = {
  names: ['getent', 'chage'],
  run(args, seat, _context, name) {
    if (name === 'chage') return chage(args, seat);
    const [database = '', ...keys] = args;
    const path = files[database];
    if (path === undefined)
      return failed(
        `Unknown database: ${database}\nTry \`getent --help' or \`getent --usage' for more information.`,
        1,
      );
    if (database === 'shadow' && seat.actor.uid !== 0) return printed('', 2);
    const lines = seat.disk
      .text(path)
      .split('\n')
      .filter((line) => line !== '');
    if (keys.length === 0) return printed(lines.map((line) => `${line}\n`).join(''));
    const found = keys.flatMap((key) => lines.filter((line) => matches(line, key, database)));
    return printed(found.map((line) => `${line}\n`).join(''), found.length < keys.length ? 2 : 0);
  },
};

function matches(line: string, key: string, database: string): boolean {
  if (database === 'hosts') return line.split(/\s+/).includes(key);
  const [name, , id] = line.split(':');
  return name === key || (database !== 'shadow' && id === key);
}

function chage(args: readonly string[], { disk, actor }: Seat) {
  const { flags, rest } = readFlags(args, ['d', 'E', 'I', 'm', 'M', 'W']);
  const name = rest[0] ?? '';
  if (!flags.has('l')) return failed('chage: only -l is modelled on this host');
  if (actor.uid !== 0) return failed('chage: Permission denied.');
  if (accountNamed(disk, name) === undefined) return failed(`chage: user '${name}' does not exist in /etc/passwd`);
  const row =
    disk
      .text('/etc/shadow')
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.split(':') ?? [];
  const day = Number(row[2] || 0);
  return printed(`Last password change\t\t\t\t\t: ${formatTime(day * 86_400_000, '%b %d, %Y')}
Password expires\t\t\t\t\t: never
Password inactive\t\t\t\t\t: never
Account expires\t\t\t\t\t\t: never
Minimum number of days between password change\t\t: ${row[3] || 0}
Maximum number of days between password change\t\t: ${row[4] || 99999}
Number of days of warning before password expires\t: ${row[5] || 7}
`);
}

/** `passwd -S`: locked, no password, or one that is set. */
export function passwordState({ disk }: Seat, name: string): string | undefined {
  if (accountNamed(disk, name) === undefined || groupsOf(disk).length === 0) return undefined;
  const hash = passwordHash(disk, name);
  const row =
    disk
      .text('/etc/shadow')
      .split('\n')
      .find((line) => line.startsWith(`${name}:`))
      ?.split(':') ?? [];
  const date = formatTime(Number(row[2] || 0) * 86_400_000, '%F');
  const [state, words] = /^[!*]/.test(hash)
    ? ['LK', 'Password locked.']
    : hash === ''
      ? ['NP', 'Empty password.']
      : ['PS', `Password set, ${hash.startsWith('$6$') ? 'SHA512' : 'MD5'} crypt.`];
  return `${name} ${state} ${date} ${row[3] || 0} ${row[4] || 99999} ${row[5] || 7} -1 (${words})\n`;
}
