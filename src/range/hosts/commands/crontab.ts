import { resolve } from '../disk/view.ts';
import { putFile } from '../image/install.ts';
import { failed, type HostCommand, inputBytes, printed, readFlags } from '../seat.ts';
import { parseCrontab } from '../services/cron.ts';
import { accountNamed, accountOfUid } from '../users/accounts.ts';

export const crontab: HostCommand = {
  names: ['crontab'],
  package: 'cronie',
  run(args, { disk, actor, host }, context) {
    const { flags, rest } = readFlags(args, ['u']);
    const named = flags.get('u');
    const account = named === undefined ? accountOfUid(disk, actor.uid) : accountNamed(disk, named);
    if (account === undefined) return failed(`crontab:  user '${named ?? actor.uid}' unknown`);
    if (named !== undefined && actor.uid !== 0 && account.uid !== actor.uid)
      return failed('must be privileged to use -u');
    const path = `/var/spool/cron/${account.name}`;
    if (flags.has('e'))
      return failed('crontab: there is no editor on a host of the range; pipe a crontab to "crontab -"');
    if (flags.has('l'))
      return disk.find(path) === undefined ? failed(`no crontab for ${account.name}`) : printed(disk.text(path));
    if (flags.has('r')) {
      if (disk.find(path) === undefined) return failed(`no crontab for ${account.name}`);
      disk.remove(path, { uid: 0, gids: [0], umask: 0 }, false);
      return printed('');
    }
    const source = rest[0] ?? '-';
    const bytes =
      source === '-' ? Buffer.from(inputBytes(context), 'latin1') : disk.read(resolve(context.cwd, source), actor);
    const text = Buffer.from(bytes).toString('utf8');
    const wanted = text
      .split('\n')
      .filter((line) => line.trim() !== '' && !/^\s*#/.test(line) && !/^\s*[A-Za-z_]\w*\s*=/.test(line));
    if (parseCrontab(text, account.name, host.ports.clock.now()).length < wanted.length)
      return failed(`"${source}":${badLine(text, account.name)}: bad minute\nerrors in crontab file, can't install.`);
    putFile(disk, path, text, 0o600, account.uid);
    return printed('');
  },
};

function badLine(text: string, user: string): number {
  return text
    .split('\n')
    .findIndex(
      (line) =>
        line.trim() !== '' && !line.startsWith('#') && !line.includes('=') && parseCrontab(line, user, 0).length === 0,
    );
}
