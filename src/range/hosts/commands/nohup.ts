import { type HostCommand, inputBytes, printed } from '../seat.ts';
import { shellLine } from './quote.ts';

/** A job outlives its parent here anyway, so these only run their command. */
export const nohup: HostCommand = {
  names: ['nohup', 'setsid', 'nice', 'ionice', 'stdbuf', 'disown'],
  async run(args, seat, context) {
    const command = args.slice(args.findIndex((arg) => !/^-/.test(arg) && !/^\d+$/.test(arg)));
    if (args.length === 0) return printed('');
    return seat.exec(shellLine(command), {
      context,
      stdin: inputBytes(context),
      stdinKind: 'bytes',
      ...(context.exportedEnv === undefined ? {} : { env: context.exportedEnv }),
    });
  },
};
