import { failed, type HostCommand } from '../seat.ts';

/** Programs that every server has and no range runs: they say so, rather than seem to be missing. */
export const notModelled: HostCommand = {
  names: ['python3', 'python', 'perl', 'vi', 'vim', 'nano', 'man', 'strace', 'tcpdump', 'ausearch', 'auditctl'],
  run: (_args, _seat, _context, name) => failed(`${name}: not modelled on a host of the range`, 127),
};
