import { syslog } from '../journal.ts';
import { type HostCommand, inputText, printed, readFlags } from '../seat.ts';
import { accountOfUid } from '../users/accounts.ts';

export const logger: HostCommand = {
  names: ['logger'],
  run(args, { host, disk, actor }, context) {
    const { flags, rest } = readFlags(args, ['t', 'tag', 'p', 'priority', 'f']);
    const tag = flags.get('t') ?? flags.get('tag') ?? accountOfUid(disk, actor.uid)?.name ?? 'root';
    const file = /^auth/.test(flags.get('p') ?? flags.get('priority') ?? '') ? 'secure' : 'messages';
    const text = rest.length > 0 ? rest.join(' ') : inputText(context).trimEnd();
    for (const line of text.split('\n')) syslog(host, file, tag, line);
    return printed('');
  },
};
