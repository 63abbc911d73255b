import { ipv4Bits, ipv4Text, prefixLength } from '../../../aws/network/cidr.ts';
import { hostLimits } from '../limits.ts';
import { converse } from '../net/reach.ts';
import { failed, type HostCommand, printed, readFlags, type Seat } from '../seat.ts';

const common = [
  21, 22, 23, 25, 53, 80, 110, 135, 139, 143, 443, 445, 993, 995, 1433, 3306, 3389, 5432, 5900, 6379, 8080, 8443,
];
const names: Readonly<Record<number, string>> = {
  22: 'ssh',
  80: 'http',
  443: 'https',
  3306: 'mysql',
  3389: 'ms-wbt-server',
  5432: 'postgresql',
  6379: 'redis',
};

/** Connects to ports one by one: an answer is open or closed, silence is filtered. */
export const nmap: HostCommand = {
  names: ['nmap'],
  package: 'nmap',
  async run(args, seat) {
    const { flags, rest } = readFlags(args, ['p', 'o', 'e']);
    const ports = portsOf(flags.get('p'));
    if (ports === undefined) return failed(`Your port specification ${flags.get('p')} is not valid. QUITTING!`);
    let output = 'Starting Nmap 7.93 ( https://nmap.org )\n';
    for (const target of rest.flatMap(addressesOf)) {
      const address = ipv4Bits(target) >= 0 ? target : seat.host.ports.net.resolve(target);
      if (address === undefined) return failed(`Failed to resolve "${target}".`);
      const states = ports.map((port) => [port, stateOf(seat, address, port)] as const);
      await seat.task.sleep(ports.length * 20, seat.job.abort.signal);
      const shown = states.filter(([, state]) => state !== 'filtered');
      output += `Nmap scan report for ${target}\n`;
      output +=
        shown.length === 0
          ? `All ${ports.length} scanned ports on ${target} are in ignored states.\n`
          : 'PORT     STATE  SERVICE\n';
      for (const [port, state] of shown)
        output += `${`${port}/tcp`.padEnd(9)}${state.padEnd(7)}${names[port] ?? 'unknown'}\n`;
    }
    return printed(`${output}Nmap done\n`);
  },
};

function stateOf(seat: Seat, address: string, port: number): 'open' | 'closed' | 'filtered' {
  const { there, open } = converse(
    seat.host,
    seat.task,
    { address, port },
    { packets: 1, bytes: 44, answerPackets: 1, answerBytes: 44 },
  );
  if (!open) return 'filtered';
  const { net } = seat.host.ports;
  const answers =
    there.to === undefined
      ? net.outside.byAddress(there.dst)?.ports.includes(port)
      : net.hostAt(there.to.id)?.listens(port);
  return answers === true ? 'open' : 'closed';
}

function portsOf(text: string | undefined): readonly number[] | undefined {
  if (text === undefined) return common;
  const ports = text.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = (part === '-' ? '1-65535' : part).split('-').map(Number);
    return Array.from(
      { length: Math.min(Math.max(0, last - first + 1), hostLimits.scannedPorts) },
      (_, i) => first + i,
    );
  });
  return ports.length === 0 || ports.some((port) => !(port > 0 && port < 65536))
    ? undefined
    : ports.slice(0, hostLimits.scannedPorts);
}

function addressesOf(target: string): string[] {
  const base = ipv4Bits(target.split('/')[0] ?? '');
  const length = prefixLength(target);
  if (base < 0 || !target.includes('/') || length < 0) return [target];
  const size = 2 ** (32 - length);
  const first = Math.floor(base / size) * size;
  return Array.from({ length: Math.min(size, hostLimits.scannedAddresses) }, (_, i) => ipv4Text(first + i));
}
