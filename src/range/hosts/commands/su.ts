import { failed, type HostCommand, inputBytes, inputText, readFlags } from '../seat.ts';
import { accountNamed, actorOf, passwordHash } from '../users/accounts.ts';
import { shellLine } from './quote.ts';

export const su: HostCommand = {
  names: ['su', 'runuser'],
  async run(args, { disk, actor, host, runAs }, context) {
    const { flags, rest } = readFlags(args, ['c', 'command', 's', 'shell', 'u']);
    const login = rest[0] === '-' || flags.has('l') || flags.has('login');
    const [name = flags.get('u') ?? 'root', ...words] = rest.filter((word) => word !== '-');
    const target = accountNamed(disk, name);
    if (target === undefined)
      return failed(`su: user ${name} does not exist or the user entry does not contain all the required fields`);
    // Without a terminal the password comes from standard input.
    const password = inputText(context).split('\n')[0] ?? '';
    if (actor.uid !== 0 && !host.verify(password, passwordHash(disk, name)))
      return failed('su: Authentication failure');
    const command = flags.get('c') ?? flags.get('command') ?? shellLine(words);
    const stdin = inputBytes(context);
    return runAs(actorOf(disk, target), command === '' ? inputText(context) : command, {
      // The password was its first line.
      stdin: actor.uid === 0 ? stdin : stdin.slice(stdin.indexOf('\n') + 1),
      cwd: login ? target.home : context.cwd,
    });
  },
};
