import { createHash, type KeyObject } from 'node:crypto';
import { resolve } from '../disk/view.ts';
import { failed, type HostCommand, printed, readFlags } from '../seat.ts';
import { opensshPem } from '../users/openssh-key.ts';
import { newRsa } from '../users/rsa-key.ts';
import { kindOf, newEd25519, publicLine } from '../users/ssh-key.ts';

const known = ['t', 'f', 'N', 'C', 'b', 'm', 'E', 'q', 'y', 'l'];

/** https://man.openbsd.org/ssh-keygen; what each version makes when no type is named. */
const usual = { now: { type: 'rsa', bits: 3072 }, '2019': { type: 'rsa', bits: 2048 } };

export const sshKeygen: HostCommand = {
  names: ['ssh-keygen'],
  package: 'openssh-clients',
  run(args, { disk, actor, task, host }, context) {
    const { flags } = readFlags(args, ['t', 'f', 'N', 'C', 'b', 'm', 'E']);
    const strange = [...flags.keys()].find((flag) => !known.includes(flag));
    if (strange !== undefined) return failed(`ssh-keygen: -${strange} is not modelled on this host`);
    const { vintage } = host.spec;
    const type = flags.get('t') ?? usual[vintage].type;
    const home = context.env.get('HOME') ?? '/';
    const path = resolve(context.cwd, flags.get('f') ?? `${home}/.ssh/id_${type}`);
    const text = () => Buffer.from(disk.read(path, actor)).toString();
    if (flags.has('l')) return fingerprint(text(), path);
    if (flags.has('y')) {
      const line = publicLine(text());
      return line === undefined ? failed(`Load key "${path}": invalid format`, 255) : printed(`${line}\n`);
    }
    if ((flags.get('N') ?? '') !== '') return failed('ssh-keygen: passphrases are not modelled on this host');
    const bits = Number(flags.get('b') ?? usual[vintage].bits);
    if (type !== 'rsa' && type !== 'ed25519')
      return failed(
        ['dsa', 'ecdsa', 'ecdsa-sk', 'ed25519-sk'].includes(type)
          ? `ssh-keygen: only rsa and ed25519 keys are modelled on this host, not ${type}`
          : `unknown key type ${type}`,
        255,
      );
    if (type === 'rsa' && !(bits >= 1024 && bits <= 8192 && bits % 16 === 0))
      return failed(
        `Invalid RSA key length: ${bits < 1024 ? 'minimum is 1024 bits' : `a host makes up to 8192, not ${bits}`}`,
        255,
      );
    if (disk.find(path, actor) !== undefined) return failed(`${path} already exists.\nOverwrite (y/n)? `);
    const folder = path.slice(0, path.lastIndexOf('/')) || '/';
    if (disk.find(folder, actor) === undefined) disk.mkdir(folder, actor, true, 0o700);
    const random = () => task.random();
    const key = type === 'rsa' ? newRsa(bits, random) : newEd25519(random);
    const who = flags.get('C') ?? `${context.env.get('USER') ?? 'root'}@${host.spec.hostname}`;
    const old = type === 'rsa' && (vintage === '2019' || flags.get('m') === 'PEM');
    const pem = old ? oldPem(key) : opensshPem(key, who, Math.floor(random() * 2 ** 32));
    disk.write(path, Buffer.from(pem), actor, 0o600);
    disk.write(`${path}.pub`, Buffer.from(`${publicLine(pem)} ${who}\n`), actor, 0o644);
    const said = `Your identification has been saved in ${path}${vintage === '2019' ? '.' : ''}\nYour public key has been saved in ${path}.pub${vintage === '2019' ? '.' : ''}\n`;
    const print = `The key fingerprint is:\n${hashOf(publicLine(pem) ?? '')} ${who}\n`;
    return printed(flags.has('q') ? '' : `Generating public/private ${type} key pair.\n${said}${print}`);
  },
};

/** Until OpenSSH 7.8 an RSA key was written as PKCS 1. https://www.openssh.com/txt/release-7.8 */
function oldPem(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'pkcs1' }).toString();
}

function fingerprint(text: string, path: string) {
  const line = publicLine(text) ?? /^(?:ssh-\S+) \S+.*$/m.exec(text)?.[0];
  if (line === undefined) return failed(`${path} is not a key file.`, 255);
  const [, body = '', ...comment] = line.trim().split(/\s+/);
  const blob = Buffer.from(body, 'base64');
  const kind = kindOf(blob);
  // The modulus is the last field of an RSA key, with a zero before its first bit.
  const bits = kind === 'ssh-rsa' ? (blob.length - 4 - 7 - 4 - 3 - 4 - 1) * 8 : 256;
  const name = kind === 'ssh-rsa' ? 'RSA' : 'ED25519';
  return printed(`${bits} ${hashOf(line)} ${comment.join(' ') || 'no comment'} (${name})\n`);
}

function hashOf(line: string): string {
  const blob = Buffer.from(line.split(/\s+/)[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}
