import { type Actor, type Disk, root } from '../disk/disk.ts';

/** A line of /etc/passwd. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly comment: string;
  readonly home: string;
  readonly shell: string;
}

export function accountsOf(disk: Disk): readonly Account[] {
  return lines(disk, '/etc/passwd').flatMap(([name, , uid, gid, comment, home, shell]) =>
    name === undefined || uid === undefined
      ? []
      : [
          {
            name,
            uid: Number(uid),
            gid: Number(gid),
            comment: comment ?? '',
            home: home || '/',
            shell: shell || '/bin/sh',
          },
        ],
  );
}

export function accountNamed(disk: Disk, name: string): Account | undefined {
  return accountsOf(disk).find((account) => account.name === name);
}

export function accountOfUid(disk: Disk, uid: number): Account | undefined {
  return accountsOf(disk).find((account) => account.uid === uid);
}

export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

export function groupsOf(disk: Disk): readonly Group[] {
  return lines(disk, '/etc/group').flatMap(([name, , gid, members]) =>
    name === undefined || gid === undefined
      ? []
      : [{ name, gid: Number(gid), members: (members ?? '').split(',').filter((member) => member !== '') }],
  );
}

/** The primary group first, then the others. */
export function groupsOfAccount(disk: Disk, account: Account): readonly Group[] {
  const all = groupsOf(disk);
  const primary = all.find((group) => group.gid === account.gid) ?? {
    name: `${account.gid}`,
    gid: account.gid,
    members: [],
  };
  return [primary, ...all.filter((group) => group !== primary && group.members.includes(account.name))];
}

export function actorOf(disk: Disk, account: Account): Actor {
  const gids = groupsOfAccount(disk, account).map((group) => group.gid);
  return { uid: account.uid, gids, umask: account.uid === 0 ? 0o022 : 0o002 };
}

/** The hash of /etc/shadow: `!!` and `*` where no password fits. */
export function passwordHash(disk: Disk, name: string): string {
  return lines(disk, '/etc/shadow').find(([user]) => user === name)?.[1] ?? '*';
}

export function setPasswordHash(disk: Disk, name: string, hash: string, now: number): void {
  const day = Math.floor(now / 86_400_000);
  const before = lines(disk, '/etc/shadow').filter(([user]) => user !== name);
  const rows = [...before, [name, hash, `${day}`, '0', '99999', '7', '', '', '']];
  store(disk, '/etc/shadow', rows);
}

export function addGroup(disk: Disk, name: string, gid?: number): number {
  const all = groupsOf(disk);
  const chosen = gid ?? free(all.map((group) => group.gid));
  store(disk, '/etc/group', [...lines(disk, '/etc/group'), [name, 'x', `${chosen}`, '']]);
  return chosen;
}

/** The home folder is not made here: `useradd` does, as its flags say. */
export function addAccount(
  disk: Disk,
  wanted: Omit<Account, 'uid' | 'gid'> & { uid?: number; gid?: number },
  now: number,
) {
  const uid = wanted.uid ?? free(accountsOf(disk).map((account) => account.uid));
  const gid =
    wanted.gid ?? groupsOf(disk).find((group) => group.name === wanted.name)?.gid ?? addGroup(disk, wanted.name, uid);
  const account: Account = { ...wanted, uid, gid };
  store(disk, '/etc/passwd', [...lines(disk, '/etc/passwd'), rowOf(account)]);
  setPasswordHash(disk, account.name, '!!', now);
  return account;
}

export function changeAccount(disk: Disk, name: string, to: Partial<Account>): void {
  const rows = accountsOf(disk).map((account) => rowOf(account.name === name ? { ...account, ...to } : account));
  store(disk, '/etc/passwd', rows);
}

export function removeAccount(disk: Disk, name: string): void {
  for (const path of ['/etc/passwd', '/etc/shadow', '/etc/group'])
    store(
      disk,
      path,
      lines(disk, path).filter(([user]) => user !== name),
    );
}

export function joinGroup(disk: Disk, group: string, member: string): boolean {
  if (!groupsOf(disk).some(({ name }) => name === group)) return false;
  const rows = lines(disk, '/etc/group').map((row) => {
    const members = (row[3] ?? '').split(',').filter((one) => one !== '' && one !== member);
    return row[0] === group ? [row[0], row[1] ?? 'x', row[2] ?? '', [...members, member].join(',')] : row;
  });
  store(disk, '/etc/group', rows);
  return true;
}

function rowOf({ name, uid, gid, comment, home, shell }: Account): string[] {
  return [name, 'x', `${uid}`, `${gid}`, comment, home, shell];
}

function lines(disk: Disk, path: string): string[][] {
  return disk
    .text(path)
    .split('\n')
    .filter((line) => line.includes(':') && !line.startsWith('#'))
    .map((line) => line.split(':'));
}

function store(disk: Disk, path: string, rows: readonly (readonly string[])[]): void {
  disk.write(path, Buffer.from(rows.map((row) => `${row.join(':')}\n`).join('')), root);
}

/** The lowest free id of ordinary users. */
function free(taken: readonly number[]): number {
  let id = 1000;
  while (taken.includes(id)) id++;
  return id;
}
