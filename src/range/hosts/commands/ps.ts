import { type HostCommand, printed } from '../seat.ts';
import { accountOfUid } from '../users/accounts.ts';

export const ps: HostCommand = {
  names: ['ps', 'pgrep', 'jobs'],
  run(args, { host, job }, _context, name) {
    const all = host.jobs.running();
    const owner = (uid: number) => accountOfUid(host.disk, uid)?.name ?? `${uid}`;
    if (name === 'pgrep') {
      const text = args.at(-1) ?? '';
      const found = all.filter((one) => one !== job && one.command.includes(text));
      return printed(found.map((one) => `${one.pid}\n`).join(''), found.length > 0 ? 0 : 1);
    }
    if (name === 'jobs') {
      const mine = all.filter((one) => one.parent === job.pid);
      return printed(mine.map((one, index) => `[${index + 1}]   Running                 ${one.command} &\n`).join(''));
    }
    const rows = all.map(
      (one) => `${owner(one.uid).padEnd(9)}${`${one.pid}`.padStart(7)}${`${one.parent}`.padStart(8)} ${one.command}\n`,
    );
    const system = [
      `root           1       0 /usr/lib/systemd/systemd\n`,
      ...units(host.units.active('sshd') !== undefined, host.units.active('crond') !== undefined),
    ];
    return printed(`USER         PID    PPID CMD\n${[...system, ...rows].join('')}`);
  },
};

function units(sshd: boolean, crond: boolean): string[] {
  return [
    ...(sshd ? ['root         700       1 /usr/sbin/sshd -D\n'] : []),
    ...(crond ? ['root         701       1 /usr/sbin/crond -n\n'] : []),
  ];
}
