import { failed, type HostCommand, inputText, printed, readFlags } from '../seat.ts';
import { salt, sha512Crypt } from '../users/crypt.ts';
import { md5Crypt } from '../users/md5-crypt.ts';

export const openssl: HostCommand = {
  names: ['openssl'],
  package: 'openssl',
  run(args, { task }, context) {
    const [command, ...others] = args;
    if (command === 'version') return printed('OpenSSL 3.2.2 4 Jun 2024 (Library: OpenSSL 3.2.2 4 Jun 2024)\n');
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
    // openssl's long flags have one dash.
    const { flags, rest } = readFlags(
      others.map((arg) => arg.replace(/^-(salt|stdin|apr1)$/, '--$1')),
      ['salt'],
    );
    const given = flags.get('salt');
    const password = flags.has('stdin') ? (inputText(context).split('\n')[0] ?? '') : (rest[0] ?? '');
    const luck = () => task.random();
    if (flags.has('6')) return printed(`${sha512Crypt(password, given ?? salt(luck))}\n`);
    // Without a flag OpenSSL 3 takes MD5 too.
    if (!flags.has('5') && !flags.has('apr1')) return printed(`${md5Crypt(password, given ?? salt(luck, 8))}\n`);
    return failed('passwd: only MD5 (-1) and SHA-512 (-6) are modelled on this host');
  },
};
