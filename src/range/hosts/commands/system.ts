import { putFile } from '../image/install.ts';
import { type HostCommand, printed, readFlags } from '../seat.ts';

export const system: HostCommand = {
  names: ['hostname', 'hostnamectl', 'uname', 'nproc', 'sync', 'reboot', 'poweroff', 'shutdown'],
  run(args, { host, disk }, _context, name) {
    const { flags, rest } = readFlags(args, []);
    const hostname = disk.text('/etc/hostname').trim() || host.spec.hostname;
    if (name === 'hostname') {
      if (flags.has('I') || flags.has('i')) return printed(`${host.ports.net.interface().address}\n`);
      if (rest[0] !== undefined) putFile(disk, '/etc/hostname', `${rest[0]}\n`);
      return printed(rest[0] !== undefined ? '' : `${flags.has('s') ? hostname.split('.')[0] : hostname}\n`);
    }
    if (name === 'hostnamectl') {
      if (rest[0] === 'set-hostname' || rest[0] === 'hostname')
        putFile(disk, '/etc/hostname', `${rest[1] ?? hostname}\n`);
      return printed(rest.length > 0 ? '' : `   Static hostname: ${hostname}\n`);
    }
    if (name === 'uname') return printed(`${kernel(hostname, host.spec.vintage, flags)}\n`);
    if (name === 'nproc') return printed('2\n');
    if (name === 'sync') return printed('');
    return { stdout: '', stderr: `${name}: a host of the range is restarted by EC2 (RebootInstances)\n`, exitCode: 1 };
  },
};

export function kernelOf(vintage: 'now' | '2019'): string {
  return vintage === 'now' ? '6.1.158-178.288.amzn2023.x86_64' : '4.14.123-111.109.amzn2.x86_64';
}

function kernel(hostname: string, vintage: 'now' | '2019', flags: ReadonlyMap<string, string>): string {
  const release = kernelOf(vintage);
  if (flags.has('a')) return `Linux ${hostname} ${release} #1 SMP x86_64 x86_64 x86_64 GNU/Linux`;
  const parts = [
    ...(flags.has('s') || flags.size === 0 ? ['Linux'] : []),
    ...(flags.has('n') ? [hostname] : []),
    ...(flags.has('r') ? [release] : []),
    ...(flags.has('m') || flags.has('p') || flags.has('i') ? ['x86_64'] : []),
    ...(flags.has('o') ? ['GNU/Linux'] : []),
  ];
  return parts.join(' ');
}
