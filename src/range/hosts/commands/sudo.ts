import type { Disk } from '../disk/disk.ts';
import { failed, type HostCommand, inputBytes } from '../seat.ts';
import { type Account, accountNamed, accountOfUid, actorOf, groupsOfAccount } from '../users/accounts.ts';
import { shellLine } from './quote.ts';

export const sudo: HostCommand = {
  names: ['sudo'],
  async run(args, { disk, actor, runAs }, context) {
    const { user, shell, env, command } = readArguments(args);
    const caller = accountOfUid(disk, actor.uid);
    if (actor.uid !== 0 && (caller === undefined || !maySudo(disk, caller)))
      return failed(`${caller?.name ?? actor.uid} is not in the sudoers file.`);
    const target = accountNamed(disk, user);
    if (target === undefined) return failed(`sudo: unknown user ${user}`);
    const script = shell ? (command.length === 0 ? 'true' : shellLine(command)) : shellLine(command);
    if (script === '') return failed('usage: sudo [-u user] command');
    return runAs(actorOf(disk, target), script, {
      stdin: inputBytes(context),
      env: { ...env, SUDO_USER: caller?.name ?? 'root' },
      cwd: shell ? target.home : context.cwd,
    });
  },
};

function readArguments(args: readonly string[]) {
  let user = 'root';
  let shell = false;
  const env: Record<string, string> = {};
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '-u' || arg === '--user') user = args[++at] ?? '';
    else if (arg === '-i' || arg === '-s' || arg === '--login') shell = true;
    else if (/^[A-Za-z_]\w*=/.test(arg)) env[arg.slice(0, arg.indexOf('='))] = arg.slice(arg.indexOf('=') + 1);
    else if (arg === '--') {
      at++;
      break;
    } else if (!arg.startsWith('-')) break;
  }
  return { user, shell, env, command: args.slice(at) };
}

/** A rule for the user or one of the groups that needs no password: there is no terminal to ask at. */
function maySudo(disk: Disk, account: Account): boolean {
  const folder = disk.find('/etc/sudoers.d');
  const names = folder?.kind === 'folder' ? [...folder.entries.keys()] : [];
  const text = [disk.text('/etc/sudoers'), ...names.map((name) => disk.text(`/etc/sudoers.d/${name}`))].join('\n');
  const who = [account.name, ...groupsOfAccount(disk, account).map((group) => `%${group.name}`)];
  return text.split('\n').some((line) => who.includes(line.trim().split(/\s+/)[0] ?? '') && line.includes('NOPASSWD'));
}
