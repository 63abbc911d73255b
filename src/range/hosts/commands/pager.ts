import { type HostCommand, inputBytes } from '../seat.ts';
import { shellLine } from './quote.ts';

/** Without a terminal a pager only passes on. */
export const pager: HostCommand = {
  names: ['less', 'more'],
  run: (args, seat, context) =>
    seat.exec(shellLine(['cat', ...args.filter((arg) => !arg.startsWith('-'))]), {
      context,
      stdin: inputBytes(context),
      stdinKind: 'bytes',
    }),
};
