import { DiskError, plainText } from '../disk/errors.ts';
import { resolve } from '../disk/view.ts';
import { failed, type HostCommand, printed, readFlags } from '../seat.ts';

/** Ours, because just-bash's has no `-m`, without which a `~/.ssh` is open to all. */
export const mkdir: HostCommand = {
  names: ['mkdir'],
  run(args, { disk, actor }, context) {
    const { flags, rest } = readFlags(args, ['m', 'mode']);
    const mode = flags.get('m') ?? flags.get('mode') ?? '777';
    if (rest.length === 0) return failed("mkdir: missing operand\nTry 'mkdir --help' for more information.");
    if (!/^[0-7]{1,4}$/.test(mode)) return failed(`mkdir: invalid mode '${mode}': only octal modes are modelled here`);
    const said: string[] = [];
    for (const name of rest) {
      try {
        const path = resolve(context.cwd, name);
        disk.mkdir(path, actor, flags.has('p') || flags.has('parents'));
        const made = disk.find(path);
        if (made !== undefined && (flags.has('m') || flags.has('mode')))
          disk.change(made, { mode: Number.parseInt(mode, 8) });
      } catch (error) {
        if (!(error instanceof DiskError)) throw error;
        said.push(`mkdir: cannot create directory '${name}': ${plainText(error.code)}\n`);
      }
    }
    return said.length === 0 ? printed('') : failed(said.join(''));
  },
};
