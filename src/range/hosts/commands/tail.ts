import { failed, type HostCommand } from '../seat.ts';

/** just-bash's own, but for following a file: what a command prints is seen when it ends, and this one never would. */
export const tail: HostCommand = {
  names: ['tail'],
  async run(args, _seat, context) {
    if (context.origCommand === undefined) return failed('tail: bash has none');
    const follows = (arg: string) => /^(-[fF]|--follow.*|--retry)$/.test(arg);
    const joined = args.map((arg) => arg.replace(/^(-\d*)[fF](\d*)$/, '$1$2'));
    const rest = joined.filter((arg) => arg !== '-' && arg !== '' && !follows(arg));
    const result = await context.origCommand(rest);
    if (joined.every((arg, at) => arg === args[at] && !follows(arg))) return result;
    return {
      ...result,
      stderr: `${result.stderr}tail: following a file is not modelled on a host of the range: these are its last lines\n`,
      exitCode: 1,
    };
  },
};
