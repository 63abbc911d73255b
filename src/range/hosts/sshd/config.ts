import { cidrHolds } from '../../../aws/network/cidr.ts';
import type { Disk } from '../disk/disk.ts';

/** What sshd decides by. The first value of a keyword counts, a matching Match block before the rest. */
export interface SshdConfig {
  value(keyword: string, who: { readonly user: string; readonly address: string }): string;
  readonly port: number;
}

interface Line {
  readonly keyword: string;
  readonly value: string;
  /** Of the Match block it stands in; undefined outside of any. */
  readonly match: string | undefined;
}

/** Reads /etc/ssh/sshd_config; a text where it is nonsense, which keeps sshd from starting. https://man.openbsd.org/sshd_config */
export function readSshdConfig(disk: Disk): SshdConfig | string {
  const path = '/etc/ssh/sshd_config';
  if (disk.find(path) === undefined) return `${path}: No such file or directory`;
  const lines: Line[] = [];
  const bad = readInto(lines, disk, path, 0);
  if (bad !== undefined) return bad;
  const find = (keyword: string, fits: (line: Line) => boolean) =>
    lines.find((line) => line.keyword === keyword && fits(line))?.value;
  return {
    value: (keyword, who) => {
      const key = keyword.toLowerCase();
      const matched = find(key, ({ match }) => match !== undefined && matches(match, who));
      return matched ?? find(key, ({ match }) => match === undefined) ?? defaults[key] ?? '';
    },
    port: Number(find('port', ({ match }) => match === undefined) ?? 22),
  };
}

const defaults: Readonly<Record<string, string>> = {
  passwordauthentication: 'yes',
  permitrootlogin: 'prohibit-password',
  permitemptypasswords: 'no',
  pubkeyauthentication: 'yes',
  maxauthtries: '6',
};

const yesNo = new Set([
  'passwordauthentication',
  'permitemptypasswords',
  'pubkeyauthentication',
  'usepam',
  'x11forwarding',
]);

const keywords = new Set([
  ...yesNo,
  ...(
    'permitrootlogin maxauthtries port addressfamily listenaddress hostkey syslogfacility loglevel logingracetime strictmodes ' +
    'maxsessions authorizedkeysfile authorizedprincipalsfile authorizedkeyscommand authorizedkeyscommanduser ' +
    'hostbasedauthentication ignoreuserknownhosts ignorerhosts kbdinteractiveauthentication challengeresponseauthentication ' +
    'kerberosauthentication gssapiauthentication gssapicleanupcredentials allowagentforwarding allowtcpforwarding ' +
    'gatewayports x11displayoffset x11uselocalhost permittty printmotd printlastlog tcpkeepalive permituserenvironment ' +
    'compression clientaliveinterval clientalivecountmax usedns pidfile maxstartups permittunnel chrootdirectory ' +
    'versionaddendum banner acceptenv subsystem allowusers denyusers allowgroups denygroups ciphers macs kexalgorithms ' +
    'hostkeyalgorithms pubkeyacceptedalgorithms authenticationmethods forcecommand useprivilegeseparation protocol'
  ).split(' '),
]);

function readInto(lines: Line[], disk: Disk, path: string, depth: number): string | undefined {
  if (depth > 16) return `${path}: Too many recursive configuration includes`;
  let match: string | undefined;
  for (const [index, raw] of disk.text(path).split('\n').entries()) {
    const parts = /^\s*([^\s#=][^\s=]*)(?:\s*=\s*|\s+)?(.*?)\s*$/.exec(raw);
    if (parts === null) continue;
    const keyword = (parts[1] ?? '').toLowerCase();
    const value = (parts[2] ?? '').replace(/^"(.*)"$/, '$1');
    const place = `${path} line ${index + 1}`;
    if (keyword === 'match') match = value;
    else if (keyword === 'include') {
      for (const file of glob(disk, value)) {
        const bad = readInto(lines, disk, file, depth + 1);
        if (bad !== undefined) return bad;
      }
    } else if (!keywords.has(keyword))
      return `${path}: line ${index + 1}: Bad configuration option: ${parts[1]}\n${path}: terminating, 1 bad configuration options`;
    else if (value === '') return `${place}: missing argument.`;
    else if (yesNo.has(keyword) && !/^(yes|no|true|false)$/i.test(value))
      return `${place}: unsupported option "${value}".`;
    else lines.push({ keyword, value: value.toLowerCase(), match });
  }
  return undefined;
}

/** `/etc/ssh/sshd_config.d/*.conf`, in byte order; a name without a star is itself. */
function glob(disk: Disk, pattern: string): string[] {
  const full = pattern.startsWith('/') ? pattern : `/etc/ssh/${pattern}`;
  const at = full.lastIndexOf('/');
  const [folderPath, name] = [full.slice(0, at), full.slice(at + 1)];
  if (!name.includes('*')) return disk.find(full) === undefined ? [] : [full];
  const [before = '', after = ''] = name.split('*');
  const folder = disk.find(folderPath);
  if (folder?.kind !== 'folder') return [];
  return [...folder.entries.keys()]
    .filter((one) => one.startsWith(before) && one.endsWith(after))
    .sort()
    .map((one) => `${folderPath}/${one}`);
}

/** User, Address and All; a criterion that is not modelled never matches. */
function matches(match: string, { user, address }: { readonly user: string; readonly address: string }): boolean {
  const words = match.split(/\s+/);
  if (words[0]?.toLowerCase() === 'all') return true;
  for (let i = 0; i < words.length; i += 2) {
    const list = (words[i + 1] ?? '').split(',');
    const kind = words[i]?.toLowerCase();
    if (kind === 'user' && list.includes(user)) continue;
    if (kind === 'address' && list.some((block) => cidrHolds(block, address))) continue;
    return false;
  }
  return true;
}
