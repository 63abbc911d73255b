import { processesOf } from '../processes.ts';
import { type HostCommand, printed, readFlags } from '../seat.ts';
import { accountNamed } from '../users/accounts.ts';
import { programOf } from './ps.ts';

export const pgrep: HostCommand = {
  names: ['pgrep', 'pidof', 'jobs'],
  run(args, { host, job, disk }, _context, name) {
    if (name === 'jobs') {
      const mine = host.jobs.running().filter((one) => one.parent === job.pid);
      return printed(mine.map((one, index) => `[${index + 1}]   Running                 ${one.command} &\n`).join(''));
    }
    const { flags, rest } = readFlags(args, ['u', 'U', 'P']);
    const text = rest[0] ?? '';
    const uid = accountNamed(disk, flags.get('u') ?? flags.get('U') ?? '')?.uid;
    const found = processesOf(host).filter((one) => {
      if (one.pid === job.foreground?.pid || (flags.has('u') && one.uid !== uid)) return false;
      if (name === 'pidof' || flags.has('x')) return programOf(one) === text;
      return (flags.has('f') ? one.command : programOf(one)).includes(text);
    });
    const status = found.length > 0 ? 0 : 1;
    if (name === 'pidof')
      return printed(
        found.length > 0
          ? `${found
              .map(({ pid }) => pid)
              .toReversed()
              .join(' ')}\n`
          : '',
        status,
      );
    const suffix = (one: (typeof found)[number]) =>
      flags.has('a') ? ` ${one.command}` : flags.has('l') ? ` ${programOf(one)}` : '';
    return printed(found.map((one) => `${one.pid}${suffix(one)}\n`).join(''), status);
  },
};
