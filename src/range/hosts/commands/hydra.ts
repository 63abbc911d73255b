import type { CommandContext } from 'just-bash';
import { resolve } from '../disk/view.ts';
import { hostLimits } from '../limits.ts';
import { openSsh } from '../net/session.ts';
import { failed, type HostCommand, printed, readFlags, type Seat } from '../seat.ts';

const valued = ['l', 'L', 'p', 'P', 'C', 's', 't', 'T', 'w', 'W', 'o', 'M', 'e', 'c', 'x'];
/** What one guess takes with the usual number of parallel tasks. */
const guessMs = 250;

/** Guesses ssh logins: each guess is a connection of its own and a password check by the other side's sshd. */
export const hydra: HostCommand = {
  names: ['hydra'],
  package: 'hydra',
  async run(args, seat, context) {
    const { flags, rest } = readFlags(args, valued);
    const place = readPlace(rest, flags.get('s'));
    if (place === undefined) return failed('Error: Unknown service: only ssh is modelled on this host', 255);
    const pairs = pairsOf(flags, seat, context);
    if (pairs.length === 0) return failed('Error: no login names or passwords', 255);
    const started = `Hydra v9.5 (c) 2023 by van Hauser/THC & David Maciejak\n[DATA] attacking ssh://${place.name}:${place.port}/\n`;
    const found: string[] = [];
    const opened = new Set<string>();
    for (const [user, password] of pairs.slice(0, hostLimits.guesses)) {
      // One password is enough: hydra goes on with the next user, or ends with -f.
      if (opened.has(user)) continue;
      const result = await openSsh(seat, { user, ...place, passwords: [password], timeoutMs: 10_000 });
      if (result.kind === 'failed')
        return {
          stdout: started,
          stderr: `[ERROR] could not connect to ssh://${place.name}:${place.port} - ${result.text}\n`,
          exitCode: 255,
        };
      if (result.login.kind === 'accepted') {
        result.login.close();
        opened.add(user);
        found.push(`[${place.port}][ssh] host: ${place.name}   login: ${user}   password: ${password}`);
        if (flags.has('f') || flags.has('F')) break;
      } else if (!result.login.methods.includes('password'))
        return {
          stdout: started,
          stderr: `[ERROR] target ssh://${place.name}:${place.port}/ does not support password authentication (method reply 4).\n`,
          exitCode: 255,
        };
      await seat.task.sleep(guessMs, seat.job.abort.signal);
    }
    const lines = found.map((line) => `${line}\n`).join('');
    const output = flags.get('o');
    if (output !== undefined) seat.disk.write(resolve(context.cwd, output), Buffer.from(lines), seat.actor);
    const summary =
      found.length === 0
        ? `1 of 1 target completed, 0 valid password found\n`
        : `1 of 1 target successfully completed, ${found.length} valid password found\n`;
    return printed(`${started}${lines}${summary}`);
  },
};

function readPlace(rest: readonly string[], port: string | undefined): { name: string; port: number } | undefined {
  const url = /^ssh:\/\/([^:/]+)(?::(\d+))?/.exec(rest[0] ?? '');
  if (url !== null) return { name: url[1] ?? '', port: Number(url[2] ?? port ?? 22) };
  return rest[0] !== undefined && rest[1] === 'ssh' ? { name: rest[0], port: Number(port ?? 22) } : undefined;
}

function pairsOf(
  flags: ReadonlyMap<string, string>,
  seat: Seat,
  context: CommandContext,
): (readonly [string, string])[] {
  const lines = (path: string | undefined) =>
    path === undefined
      ? []
      : Buffer.from(seat.disk.read(resolve(context.cwd, path), seat.actor))
          .toString('utf8')
          .split('\n')
          .filter((line) => line !== '');
  const combined = lines(flags.get('C')).map(
    (line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)] as const,
  );
  const users = [...(flags.has('l') ? [flags.get('l') ?? ''] : []), ...lines(flags.get('L'))];
  const passwords = [...(flags.has('p') ? [flags.get('p') ?? ''] : []), ...lines(flags.get('P'))];
  const extra = flags.get('e') ?? '';
  const more = (user: string) => [
    ...(extra.includes('n') ? [''] : []),
    ...(extra.includes('s') ? [user] : []),
    ...(extra.includes('r') ? [[...user].reverse().join('')] : []),
  ];
  return [
    ...combined,
    ...users.flatMap((user) => [...more(user), ...passwords].map((password) => [user, password] as const)),
  ];
}
