import { failed, type HostCommand, printed } from '../seat.ts';

export const dig: HostCommand = {
  names: ['dig', 'host', 'nslookup', 'getent'],
  package: 'bind-utils',
  run(args, { host }, _context, name) {
    const words = args.filter((arg) => !/^[-+@]/.test(arg) && !/^(A|AAAA|TXT|ANY|CNAME|hosts|ahosts)$/.test(arg));
    const wanted = words[0] ?? '';
    const address = host.ports.net.resolve(wanted);
    if (name === 'getent') return address === undefined ? printed('', 2) : printed(`${address.padEnd(16)}${wanted}\n`);
    if (address === undefined)
      return name === 'dig'
        ? printed(args.includes('+short') ? '' : ';; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN\n')
        : failed(`Host ${wanted} not found: 3(NXDOMAIN)`);
    if (name === 'dig')
      return printed(
        args.includes('+short')
          ? `${address}\n`
          : `;; ->>HEADER<<- opcode: QUERY, status: NOERROR\n;; ANSWER SECTION:\n${wanted}.\t60\tIN\tA\t${address}\n`,
      );
    return printed(name === 'host' ? `${wanted} has address ${address}\n` : `Name:\t${wanted}\nAddress: ${address}\n`);
  },
};
