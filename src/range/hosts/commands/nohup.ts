import type { CommandContext } from 'just-bash';
import { type HostCommand, inputBytes, printed } from '../seat.ts';
import { shellLine } from './quote.ts';

/** A job outlives its parent here anyway, so these only run their command. */
export const nohup: HostCommand = {
  names: ['nohup', 'setsid', 'nice', 'ionice', 'stdbuf', 'disown'],
  async run(args, _seat, context: CommandContext) {
    const command = args.slice(args.findIndex((arg) => !/^-/.test(arg) && !/^\d+$/.test(arg)));
    if (args.length === 0 || context.exec === undefined) return printed('');
    return context.exec(shellLine(command), {
      cwd: context.cwd,
      stdin: inputBytes(context),
      stdinKind: 'bytes',
      ...(context.exportedEnv === undefined ? {} : { env: context.exportedEnv }),
    });
  },
};
