import { resolve } from '../disk/view.ts';
import { openSsh, runRemote, type Target } from '../net/session.ts';
import { failed, type HostCommand, inputBytes, inputText, readFlags, type Seat } from '../seat.ts';
import { accountOfUid } from '../users/accounts.ts';
import { publicLine } from '../users/ssh-key.ts';
import { shellLine } from './quote.ts';

export const ssh: HostCommand = {
  names: ['ssh'],
  package: 'openssh-clients',
  async run(args, seat, context) {
    const { target, command } = readTarget(args, seat, context.env.get(passwordVariable));
    const opened = await openSsh(seat, target);
    if (opened.kind === 'failed') return failed(`ssh: ${opened.text}`, 255);
    const { login } = opened;
    if (login.kind === 'denied')
      return failed(`${target.user}@${target.name}: Permission denied (${login.methods}).`, 255);
    // Without a command a login shell reads its commands from standard input.
    const script = command.join(' ');
    return script === ''
      ? runRemote(seat, opened, inputText(context), '')
      : runRemote(seat, opened, script, inputBytes(context));
  },
};

/** How sshpass hands the password over; a terminal is what it plays for the real one. */
export const passwordVariable = '__SSHPASS';

const valued = ['o', 'p', 'i', 'l', 'F', 'E', 'b', 'c', 'D', 'e', 'I', 'J', 'L', 'm', 'O', 'Q', 'R', 'S', 'W', 'w'];

function readTarget(
  args: readonly string[],
  seat: Seat,
  password: string | undefined,
): { target: Target; command: readonly string[] } {
  let at = 0;
  while (at < args.length && args[at]?.startsWith('-') === true)
    at += valued.includes(args[at]?.slice(1) ?? '') ? 2 : 1;
  const { flags } = readFlags(args.slice(0, at), valued);
  const place = (args[at] ?? '').replace(/^ssh:\/\//, '');
  const [user, name] = place.includes('@')
    ? [place.slice(0, place.lastIndexOf('@')), place.slice(place.lastIndexOf('@') + 1)]
    : [undefined, place];
  return { target: targetOf(args.slice(0, at), flags, user, name, seat, password), command: args.slice(at + 1) };
}

export function targetOf(
  options: readonly string[],
  flags: ReadonlyMap<string, string>,
  user: string | undefined,
  name: string,
  seat: Seat,
  password: string | undefined,
): Target {
  const timeout = /connecttimeout[= ](\d+)/i.exec(options.join(' '))?.[1];
  const account = accountOfUid(seat.disk, seat.actor.uid);
  const own = account?.name ?? 'root';
  const publicKey = identityOf(flags.get('i'), account?.home ?? '/', seat);
  return {
    user: user ?? flags.get('l') ?? own,
    name,
    port: Number(flags.get('p') ?? flags.get('P') ?? 22),
    passwords: password === undefined ? [] : [password],
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(timeout === undefined ? {} : { timeoutMs: Number(timeout) * 1000 }),
  };
}

/** The public half of the key that is offered; one that others may read is not, as ssh has it. */
function identityOf(path: string | undefined, home: string, { disk, actor }: Seat): string | undefined {
  const usual = [`${home}/.ssh/id_rsa`, `${home}/.ssh/id_ed25519`];
  const paths = path === undefined ? usual : [resolve(home, path.replace(/^~(?=\/)/, home))];
  for (const one of paths) {
    const node = disk.find(one, actor);
    if (node?.kind !== 'file' || (node.mode & 0o077) !== 0) continue;
    const line = publicLine(Buffer.from(disk.read(one, actor)).toString());
    if (line !== undefined) return line;
  }
  return undefined;
}

export const sshpass: HostCommand = {
  names: ['sshpass'],
  package: 'sshpass',
  async run(args, seat, context) {
    const { password, command } = readPassword(args, seat, context.env);
    if (password === undefined || command.length === 0)
      return failed('Usage: sshpass [-f|-d|-p|-e] [-hV] command parameters', 1);
    const result = await seat.exec(shellLine(command), {
      context,
      env: { ...context.exportedEnv, [passwordVariable]: password },
      stdin: inputBytes(context),
      stdinKind: 'bytes',
    });
    // sshpass has a status of its own for a wrong password.
    return result.stderr.includes('Permission denied') ? { ...result, exitCode: 5 } : result;
  },
};

function readPassword(args: readonly string[], seat: Seat, env: ReadonlyMap<string, string>) {
  const [first = '', second = ''] = args;
  if (first === '-e') return { password: env.get('SSHPASS'), command: args.slice(1) };
  if (first === '-p') return { password: second, command: args.slice(2) };
  if (first === '-f')
    return {
      password: Buffer.from(seat.disk.read(second, seat.actor)).toString().split('\n')[0],
      command: args.slice(2),
    };
  if (first.startsWith('-p')) return { password: first.slice(2), command: args.slice(1) };
  return { password: undefined, command: args };
}
