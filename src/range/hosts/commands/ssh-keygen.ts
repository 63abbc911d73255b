import { resolve } from '../disk/view.ts';
import { failed, type HostCommand, printed, readFlags } from '../seat.ts';
import { newKey, publicLine } from '../users/ssh-key.ts';

/** Makes Ed25519 keys whatever type is asked for but RSA, which would cost real time: that is refused. */
export const sshKeygen: HostCommand = {
  names: ['ssh-keygen'],
  package: 'openssh-clients',
  run(args, { disk, actor, task, host }, context) {
    const { flags } = readFlags(args, ['t', 'f', 'N', 'C', 'b']);
    const home = context.env.get('HOME') ?? '/';
    const path = resolve(context.cwd, flags.get('f') ?? `${home}/.ssh/id_ed25519`);
    if (flags.has('y')) {
      const line = publicLine(Buffer.from(disk.read(path, actor)).toString());
      return line === undefined ? failed(`Load key "${path}": invalid format`, 255) : printed(`${line}\n`);
    }
    if ((flags.get('t') ?? 'ed25519') !== 'ed25519')
      return failed(`ssh-keygen: only ed25519 keys are modelled on this host, not ${flags.get('t')}`);
    if ((flags.get('N') ?? '') !== '') return failed('ssh-keygen: passphrases are not modelled on this host');
    if (disk.find(path, actor) !== undefined) return failed(`${path} already exists.\nOverwrite (y/n)? `);
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    if (disk.find(folder, actor) === undefined) disk.mkdir(folder, actor, true, 0o700);
    const pem = newKey(() => task.random());
    const who = flags.get('C') ?? `${context.env.get('USER') ?? 'root'}@${host.spec.hostname.split('.')[0]}`;
    disk.write(path, Buffer.from(pem), actor, 0o600);
    disk.write(`${path}.pub`, Buffer.from(`${publicLine(pem)} ${who}\n`), actor, 0o644);
    const said = `Your identification has been saved in ${path}\nYour public key has been saved in ${path}.pub\n`;
    return printed(flags.has('q') ? '' : `Generating public/private ed25519 key pair.\n${said}`);
  },
};
