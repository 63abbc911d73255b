import { type HostCommand, inputBytes, printed } from '../seat.ts';
import { shellLine } from './quote.ts';

/** What is exported, and nothing that is the shell's own. */
export const env: HostCommand = {
  names: ['env', 'printenv'],
  run(args, seat, context, name) {
    const exported = { ...context.exportedEnv };
    if (name === 'printenv' && args.length > 0) {
      const found = args.flatMap((one) => (exported[one] === undefined ? [] : [`${exported[one]}\n`]));
      return printed(found.join(''), found.length < args.length ? 1 : 0);
    }
    const given: Record<string, string> = {};
    const unset: string[] = [];
    let bare = false;
    let at = 0;
    for (; at < args.length; at++) {
      const arg = args[at] ?? '';
      const equals = arg.indexOf('=');
      if (arg === '-i' || arg === '-' || arg === '--ignore-environment') bare = true;
      else if (arg === '-u') unset.push(args[++at] ?? '');
      else if (equals > 0) given[arg.slice(0, equals)] = arg.slice(equals + 1);
      else break;
    }
    const command = args.slice(at);
    if (command.length === 0) {
      const shown = Object.entries({ ...(bare ? {} : exported), ...given }).filter(([key]) => !unset.includes(key));
      return printed(shown.map(([key, value]) => `${key}=${value}\n`).join(''));
    }
    const before = [...unset.map((key) => `unset ${key}; `), ...Object.entries(given).map((pair) => assigned(pair))];
    return seat.exec(before.join('') + shellLine(command), {
      context,
      stdin: inputBytes(context),
      stdinKind: 'bytes',
      // Without a PATH programs are looked for where they usually are.
      ...(bare ? { env: { PATH: '/usr/bin:/bin' }, replaceEnv: true } : {}),
    });
  },
};

function assigned([key, value]: readonly [string, string]): string {
  return `${key}=${shellLine([value])} `;
}
