import type { Disk } from '../disk/disk.ts';
import { syslog } from '../journal.ts';
import { failed, type HostCommand, inputBytes, printed } from '../seat.ts';
import { type Account, accountNamed, accountOfUid, actorOf, groupsOfAccount } from '../users/accounts.ts';
import { shellLine } from './quote.ts';

export const sudo: HostCommand = {
  names: ['sudo'],
  async run(args, { disk, actor, host, runAs }, context) {
    const { user, shell, list, env, command } = readArguments(args);
    const caller = accountOfUid(disk, actor.uid);
    const name = caller?.name ?? `${actor.uid}`;
    const rules = caller === undefined ? [] : rulesOf(disk, caller);
    const hostname = host.spec.hostname.split('.')[0] ?? '';
    if (list)
      return printed(
        rules.length === 0
          ? `User ${name} is not allowed to run sudo on ${hostname}.\n`
          : listText(name, hostname, rules),
      );
    const log = (text: string) => syslog(host, 'secure', `sudo[${host.jobs.newPid()}]`, text);
    const what = `PWD=${context.cwd} ; USER=${user} ; COMMAND=${commandText(disk, command)}`;
    // A rule that asks for a password is of no use: there is no terminal to ask at.
    if (actor.uid !== 0 && !rules.some((rule) => rule.includes('NOPASSWD'))) {
      if (rules.length > 0)
        return failed(
          'sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required',
        );
      log(`${name.padStart(8)} : user NOT in sudoers ; ${what}`);
      return failed(`${name} is not in the sudoers file.`);
    }
    log(`${name.padStart(8)} : ${what}`);
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
  let list = false;
  const env: Record<string, string> = {};
  let at = 0;
  for (; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '-u' || arg === '--user') user = args[++at] ?? '';
    else if (arg === '-l' || arg === '--list') list = true;
    else if (arg === '-i' || arg === '-s' || arg === '--login') shell = true;
    else if (/^[A-Za-z_]\w*=/.test(arg)) env[arg.slice(0, arg.indexOf('='))] = arg.slice(arg.indexOf('=') + 1);
    else if (arg === '--') {
      at++;
      break;
    } else if (!arg.startsWith('-')) break;
  }
  return { user, shell, list, env, command: args.slice(at) };
}

/** The rules for the user and the user's groups: `(ALL) NOPASSWD: ALL`. */
function rulesOf(disk: Disk, account: Account): string[] {
  const folder = disk.find('/etc/sudoers.d');
  const names = folder?.kind === 'folder' ? [...folder.entries.keys()] : [];
  const text = [disk.text('/etc/sudoers'), ...names.map((name) => disk.text(`/etc/sudoers.d/${name}`))].join('\n');
  const who = [account.name, ...groupsOfAccount(disk, account).map((group) => `%${group.name}`)];
  return text.split('\n').flatMap((line) => {
    const [, name = '', runAs = 'root', commands = ''] =
      /^\s*(\S+)\s+\S+?\s*=\s*(?:\(([^)]*)\))?\s*(.+?)\s*$/.exec(line) ?? [];
    return who.includes(name) ? [`(${runAs}) ${commands.replace(/^NOPASSWD:\s*/, 'NOPASSWD: ')}`] : [];
  });
}

function listText(name: string, hostname: string, rules: readonly string[]): string {
  const defaults =
    '!visiblepw, always_set_home, match_group_by_gid, env_reset, secure_path=/sbin\\:/bin\\:/usr/sbin\\:/usr/bin';
  const lines = rules.map((rule) => `    ${rule}\n`).join('');
  return `Matching Defaults entries for ${name} on ${hostname}:\n    ${defaults}\n\nUser ${name} may run the following commands on ${hostname}:\n${lines}`;
}

function commandText(disk: Disk, [program = '/bin/bash', ...words]: readonly string[]): string {
  const path =
    program.includes('/') || disk.find(`/usr/bin/${program}`) === undefined ? program : `/usr/bin/${program}`;
  return [path, ...words].join(' ');
}
