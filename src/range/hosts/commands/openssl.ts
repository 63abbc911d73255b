import type { CommandContext, ExecResult } from 'just-bash';
import { resolve } from '../disk/view.ts';
import { failed, type HostCommand, inputText, printed, readFlags, type Seat } from '../seat.ts';
import { salt, sha256Crypt, sha512Crypt } from '../users/crypt.ts';
import { md5Crypt } from '../users/md5-crypt.ts';

const versions = {
  now: 'OpenSSL 3.2.2 4 Jun 2024 (Library: OpenSSL 3.2.2 4 Jun 2024)',
  '2019': 'OpenSSL 1.0.2k-fips  26 Jan 2017',
};

export const openssl: HostCommand = {
  names: ['openssl'],
  package: 'openssl',
  run(args, seat, context) {
    const { task, host } = seat;
    const [command, ...others] = args;
    if (command === 'version') return printed(`${versions[host.spec.vintage]}\n`);
    if (command === 'rand') {
      const { flags, rest } = readFlags(
        others.map((arg) => arg.replace(/^-(hex|base64)$/, '--$1')),
        [],
      );
      const bytes = Buffer.from(
        Array.from({ length: Math.min(Number(rest[0] ?? 0), 65536) }, () => Math.floor(task.random() * 256)),
      );
      return printed(`${bytes.toString(flags.has('base64') ? 'base64' : 'hex')}\n`);
    }
    if (command !== 'passwd') return failed(`openssl: '${command ?? ''}' is not modelled on this host`);
    return passwd(others, seat, context);
  },
};

// openssl's long flags have one dash.
const long = /^-(salt|stdin|apr1|in|noverify|quiet|table|reverse|crypt)$/;

/** https://docs.openssl.org/3.2/man1/openssl-passwd/ */
function passwd(args: readonly string[], { task, host, disk, actor }: Seat, context: CommandContext): ExecResult {
  const { flags, rest } = readFlags(
    args.map((arg) => arg.replace(long, '--$1')),
    ['salt', 'in'],
  );
  const known = ['1', '5', '6', 'apr1', 'salt', 'in', 'stdin', 'noverify', 'quiet'];
  const strange = [...flags.keys()].find((flag) => !known.includes(flag));
  if (strange !== undefined) return failed(`passwd: -${strange} is not modelled on this host`);
  // OpenSSL 1.0.2 knows neither SHA, and makes traditional crypt when it is told nothing.
  const sha = flags.has('5') || flags.has('6');
  if (host.spec.vintage === '2019' && (sha || !(flags.has('1') || flags.has('apr1'))))
    return failed(
      sha ? 'Usage: passwd [options] [passwords]' : 'passwd: traditional crypt is not modelled on this host; use -1',
    );
  const file = flags.get('in');
  const lines = (text: string) => text.replace(/\n$/, '').split('\n');
  const passwords =
    file !== undefined
      ? lines(Buffer.from(disk.read(resolve(context.cwd, file), actor)).toString())
      : flags.has('stdin')
        ? lines(inputText(context))
        : rest;
  if (passwords.length === 0) return failed('passwd: there is no terminal to ask at; give the password or -stdin');
  const given = flags.get('salt');
  const salted = (length: number) => given ?? salt(() => task.random(), length);
  const hashed = (password: string) => {
    if (flags.has('6')) return sha512Crypt(password, salted(16));
    if (flags.has('5')) return sha256Crypt(password, salted(16));
    // Without a flag OpenSSL 3 takes MD5 too.
    return md5Crypt(password, salted(8), flags.has('apr1') ? '$apr1$' : '$1$');
  };
  return printed(passwords.map((password) => `${hashed(password)}\n`).join(''));
}
