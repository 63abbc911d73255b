import type { Actor } from '../disk/disk.ts';
import type { HostInside } from '../host.ts';
import { syslog } from '../journal.ts';
import { type Account, accountNamed, actorOf, passwordHash } from '../users/accounts.ts';
import { record } from '../users/login-records.ts';

export interface LoginAttempt {
  readonly user: string;
  /** The passwords offered over one connection, in order. */
  readonly passwords: readonly string[];
  /** The public key offered, as in authorized_keys. */
  readonly publicKey?: string;
  /** The client, as this host sees it. */
  readonly address: string;
  readonly port: number;
}

export type Login =
  | { readonly kind: 'accepted'; readonly account: Account; readonly actor: Actor; close(): void }
  /** `methods` is what the server would have taken: `publickey,password`. */
  | { readonly kind: 'denied'; readonly methods: string };

/** Decides as sshd does and writes what it writes to the auth log. */
export function login(host: HostInside, attempt: LoginAttempt): Login {
  const config = host.units.active('sshd')?.sshd;
  if (config === undefined) return { kind: 'denied', methods: '' };
  const { user, address, port } = attempt;
  const pid = host.jobs.newPid();
  const log = (text: string) => syslog(host, 'secure', `sshd[${pid}]`, text);
  const account = accountNamed(host.disk, user);
  const from = `from ${address} port ${port}`;
  const who = { user, address };
  const passwordsAllowed = isYes(config.value('PasswordAuthentication', who));
  const methods = ['publickey', ...(passwordsAllowed ? ['password'] : [])].join(',');
  if (account === undefined) log(`Invalid user ${user} ${from}`);
  if (account !== undefined && keyFits(host, account, attempt.publicKey))
    return accept(host, account, 'publickey', attempt, log, pid);

  const named = account === undefined ? `invalid user ${user}` : user;
  const tries = passwordsAllowed ? attempt.passwords.slice(0, Number(config.value('MaxAuthTries', who))) : [];
  for (const password of tries) {
    const rootBarred = account?.uid === 0 && config.value('PermitRootLogin', who) !== 'yes';
    const empty = password === '' && !isYes(config.value('PermitEmptyPasswords', who));
    // The hash is computed before anything else is asked, so that no answer is cheaper than another.
    const right = account !== undefined && host.verify(password, passwordHash(host.disk, user));
    if (right && account !== undefined && !rootBarred && !empty && mayEnter(account))
      return accept(host, account, 'password', attempt, log, pid);
    record(host.disk, '/var/log/btmp', {
      kind: 'refused',
      pid,
      line: 'ssh:notty',
      user,
      host: address,
      time: host.ports.clock.now(),
    });
    log(`Failed password for ${named} ${from} ssh2`);
  }
  const state = account === undefined ? 'invalid user' : 'authenticating user';
  log(`Connection closed by ${state} ${user} ${address} port ${port} [preauth]`);
  return { kind: 'denied', methods };
}

function accept(
  host: HostInside,
  account: Account,
  method: 'password' | 'publickey',
  { address, port }: LoginAttempt,
  log: (text: string) => void,
  pid: number,
): Login {
  const { name, uid } = account;
  const local = { address: host.ports.net.interface().address, port: host.units.active('sshd')?.ports[0] ?? 22 };
  const socket = { local, peer: { address, port }, program: 'sshd', pid, uid: 0 };
  host.sockets.add(socket);
  log(`Accepted ${method} for ${name} from ${address} port ${port} ssh2`);
  log(
    host.spec.vintage === 'now'
      ? `pam_unix(sshd:session): session opened for user ${name}(uid=${uid}) by ${name}(uid=0)`
      : `pam_unix(sshd:session): session opened for user ${name} by (uid=0)`,
  );
  return {
    kind: 'accepted',
    account,
    actor: actorOf(host.disk, account),
    close() {
      host.sockets.delete(socket);
      log(`Received disconnect from ${address} port ${port}:11: disconnected by user`);
      log(`Disconnected from user ${name} ${address} port ${port}`);
      log(`pam_unix(sshd:session): session closed for user ${name}`);
    },
  };
}

function keyFits(host: HostInside, account: Account, publicKey: string | undefined): boolean {
  if (publicKey === undefined) return false;
  const body = (line: string) => line.trim().split(/\s+/).slice(0, 2).join(' ');
  const known = host.disk.text(`${account.home}/.ssh/authorized_keys`).split('\n').map(body);
  return body(publicKey) !== '' && known.includes(body(publicKey));
}

function mayEnter({ shell }: Account): boolean {
  return !shell.endsWith('nologin') && !shell.endsWith('false');
}

function isYes(value: string): boolean {
  return value === 'yes' || value === 'true';
}
