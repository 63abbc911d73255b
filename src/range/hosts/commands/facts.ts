import { ipv4Bits, ipv4Text, prefixLength } from '../../../aws/network/cidr.ts';
import type { HostInside } from '../host.ts';
import { journalOf } from '../journal.ts';
import { processesOf } from '../processes.ts';
import { failed, type HostCommand, printed, readFlags, type Seat } from '../seat.ts';
import { upLine } from './last.ts';

/** What a host says of its hardware: the same small machine whatever the instance type is. */
export const facts: HostCommand = {
  names: ['df', 'free', 'ip', 'ifconfig', 'route', 'lsblk', 'mount', 'lscpu', 'dmesg', 'top', 'iptables', 'vmstat'],
  run(args, seat, _context, name) {
    const { host } = seat;
    const { flags, rest } = readFlags(args, ['t', 'n', 'd', 'b']);
    switch (name) {
      case 'df':
        return printed(disks(seat, flags.has('h')));
      case 'free':
        return printed(memory(flags));
      case 'ip':
        return ip(host, rest);
      case 'ifconfig':
        return printed(interfaceText(host));
      case 'route':
        return printed(routeText(host));
      case 'lsblk':
        return printed(
          'NAME        MAJ:MIN RM SIZE RO TYPE MOUNTPOINTS\nnvme0n1     259:0    0   8G  0 disk \n└─nvme0n1p1 259:1    0   8G  0 part /\n',
        );
      case 'mount':
        return args.length === 0
          ? printed('/dev/nvme0n1p1 on / type xfs (rw,noatime,seclabel,attr2,inode64,logbufs=8,logbsize=32k,noquota)\n')
          : failed('mount: a host of the range has one file system');
      case 'lscpu':
        return printed('Architecture:            x86_64\nCPU(s):                  2\nHypervisor vendor:       KVM\n');
      case 'dmesg':
        return printed(
          journalOf(host)
            .filter(({ program }) => program === 'kernel')
            .map(({ time, text }) => `[${((time - host.bootedAt) / 1000).toFixed(6).padStart(12)}] ${text}\n`)
            .join(''),
        );
      case 'iptables':
        return printed(
          ['INPUT', 'FORWARD', 'OUTPUT']
            .map(
              (chain) =>
                `Chain ${chain} (policy ACCEPT)\ntarget     prot opt source               destination         \n`,
            )
            .join('\n'),
        );
      case 'top':
        return top(seat, flags.has('b'));
      default:
        return failed(`${name}: nothing is measured on a simulated host`);
    }
  },
};

function disks({ disk }: Seat, human: boolean): string {
  const totalKb = 8_310_764;
  const used = Math.round(disk.used / 1024) + 1_600_000;
  const size = (kb: number) => (human ? `${(kb / 1024 / 1024).toFixed(1)}G` : `${kb}`);
  const percent = Math.ceil((used / totalKb) * 100);
  const head = human
    ? 'Filesystem      Size  Used Avail Use% Mounted on'
    : 'Filesystem     1K-blocks    Used Available Use% Mounted on';
  const widths = human ? [5, 5, 5] : [9, 7, 9];
  const cells = [totalKb, used, totalKb - used].map((kb, index) => size(kb).padStart(widths[index] ?? 9));
  return `${head}\n${'/dev/nvme0n1p1'.padEnd(human ? 15 : 14)} ${cells.join(' ')} ${`${percent}%`.padStart(4)} /\n`;
}

function memory(flags: ReadonlyMap<string, string>): string {
  const unit = flags.has('m') ? 1024 : flags.has('g') ? 1_048_576 : 1;
  const row = (name: string, values: readonly number[]) =>
    `${name.padEnd(8)}${values.map((kb) => `${Math.floor(kb / unit)}`.padStart(12)).join('')}\n`;
  const head = '               total        used        free      shared  buff/cache   available\n';
  return head + row('Mem:', [974_848, 168_960, 512_000, 2_048, 293_888, 665_600]) + row('Swap:', [0, 0, 0]);
}

function ip(host: HostInside, [what = 'address', ...more]: readonly string[]) {
  if ('address'.startsWith(what)) return printed(addressText(host));
  if ('route'.startsWith(what)) {
    const { address } = host.ports.net.interface();
    return printed(`default via ${subnetOf(host).gateway} dev ens5 proto dhcp src ${address} metric 512 \n`);
  }
  if ('neighbour'.startsWith(what)) return printed('');
  return failed(`ip: object "${[what, ...more].join(' ')}" is not modelled on this host`);
}

function addressText(host: HostInside): string {
  const { ports } = host;
  const { address } = ports.net.interface();
  const { length, broadcast } = subnetOf(host);
  return `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: ens5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 9001 qdisc mq state UP group default qlen 1000
    link/ether ${macOf(ports.metadata.values())} brd ff:ff:ff:ff:ff:ff
    inet ${address}/${length} metric 512 brd ${broadcast} scope global dynamic ens5
       valid_lft 3543sec preferred_lft 3543sec
`;
}

function interfaceText(host: HostInside): string {
  const { ports } = host;
  const { address } = ports.net.interface();
  const { mask, broadcast } = subnetOf(host);
  return `eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 9001
        inet ${address}  netmask ${mask}  broadcast ${broadcast}
        ether ${macOf(ports.metadata.values())}  txqueuelen 1000  (Ethernet)

lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536
        inet 127.0.0.1  netmask 255.0.0.0
`;
}

function routeText(host: HostInside): string {
  const head =
    'Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n';
  return `${head}default         ${subnetOf(host).gateway.padEnd(15)} 0.0.0.0         UG    512    0        0 ens5\n`;
}

function macOf(values: Readonly<Record<string, string>>): string {
  return values['mac'] ?? '02:00:00:00:00:01';
}

/** The subnet, of which the VPC's router has the first address and the last one is the broadcast's. */
function subnetOf({ ports }: HostInside) {
  const { address } = ports.net.interface();
  const values = ports.metadata.values();
  const block = Object.entries(values).find(([key]) => key.endsWith('/subnet-ipv4-cidr-block'))?.[1] || `${address}/24`;
  const length = prefixLength(block);
  const mask = length === 0 ? 0 : (-1 << (32 - length)) >>> 0;
  const network = (ipv4Bits(address) & mask) >>> 0;
  return {
    length,
    mask: ipv4Text(mask),
    gateway: ipv4Text(network + 1),
    broadcast: ipv4Text((network | ~mask) >>> 0),
  };
}

function top(seat: Seat, batch: boolean) {
  if (!batch) return failed('TERM environment variable not set.');
  const all = processesOf(seat.host);
  const rows = all.map(
    ({ pid, uid, size, command }) =>
      `${`${pid}`.padStart(7)} ${(uid === 0 ? 'root' : `${uid}`).padEnd(8)}  20   0 ${`${size * 3}`.padStart(7)} ${`${size}`.padStart(6)}   0.0   ${((size / 974_848) * 100).toFixed(1)}   0:00.00 ${command.split(' ')[0]}\n`,
  );
  return printed(
    `top - ${upLine(seat).replace(/ up /, ' up  ')}\nTasks: ${`${all.length}`.padStart(3)} total,   1 running, ${all.length - 1} sleeping,   0 stopped,   0 zombie\n\n    PID USER      PR  NI    VIRT    RES  %CPU  %MEM     TIME+ COMMAND\n${rows.join('')}`,
  );
}
