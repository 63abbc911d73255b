import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { JsonActivity, textOf } from './json-activity.ts';
import type { Taken } from './listed-batch.ts';
import { hostLine, stampTime } from './syslog.ts';
import type { TextSource } from './text-source.ts';

/** What hosts say of logins and of who may log in: `auth.log`, `secure`, and the journal as text. */
export const auth: TextSource = {
  tells: (line) => hostLine(line) !== undefined,
  open: (changed) => (line, place) => {
    // What `journalctl` says between the entries: where they begin, that the host was started anew.
    if (line.startsWith('-- ')) return undefined;
    const said = hostLine(line);
    if (said === undefined) {
      const reason = `${JSON.stringify(line.slice(0, 80))} is no line of syslog: expected time, host and program`;
      return { place, code: 'auth-line', reason };
    }
    const time = stampTime(said.stamp, changed);
    if (!Number.isNaN(time)) return loginOf({ ...said, time, tells: line }, place);
    const reason = `${JSON.stringify(said.stamp)} does not say when: expected a year, or a file with a date, and UTC or an offset`;
    return { place, code: 'auth-time', reason };
  },
};

/** The journal as `journalctl -o json` prints it. */
export function journalActivity(record: JsonObject, place: Place): Taken {
  const [message, host = ''] = [fieldOf(record['MESSAGE']), fieldOf(record['_HOSTNAME'])];
  const micros = fieldOf(record['__REALTIME_TIMESTAMP']);
  const time = Math.floor(Number(micros) / 1000);
  if (!Number.isSafeInteger(time) || message === undefined) return { passed: 'journal-other' };
  const program = fieldOf(record['SYSLOG_IDENTIFIER']) ?? fieldOf(record['_COMM']) ?? '';
  return loginOf({ time, message, host, program, tells: `${micros} ${host} ${message}` }, place);
}

/**
 * A field is a text, a list of them where an entry has it several times, and bytes where it is no text: a name that
 * somebody tries may be anything.
 * https://systemd.io/JOURNAL_EXPORT_FORMATS/#journal-json-format
 */
function fieldOf(value: Json | undefined): string | undefined {
  if (!Array.isArray(value)) return textOf(value);
  const list = value as readonly Json[];
  return typeof list[0] === 'number' ? Buffer.from(list as readonly number[]).toString('utf8') : fieldOf(list[0]);
}

export function isJournal(record: JsonObject): boolean {
  return '__REALTIME_TIMESTAMP' in record;
}

interface Line {
  readonly time: number;
  readonly host: string;
  readonly program: string;
  readonly message: string;
  /** What tells this line from others. */
  readonly tells: string;
}

function loginOf({ time, host, program, message, tells }: Line, place: Place): Taken {
  const login = /^sshd/.test(program)
    ? sshLogin(message.replace(repeated, '$1'))
    : accountChange(program, message.replace(repeated, '$1'));
  if (login === undefined) return { passed: 'auth-other' };
  const { outcome, user, address, ...more } = login;
  return new JsonActivity(
    {
      kind: 'login',
      id: derivedId(['auth', tells]),
      time,
      account: '',
      region: '',
      source: 'auth',
      name: outcome,
      principal: user,
      address: address === '' ? undefined : addressOf(address),
      error: outcome === 'Failed' || outcome === 'Invalid' ? outcome : '',
      place,
    },
    { host, program, user, message, ...more },
  );
}

/**
 * `Accepted publickey for ec2-user from 203.0.113.9 port 50122 ssh2: ED25519 SHA256:x`. A name that is tried may look like
 * the rest of the line: the last address counts.
 */
function sshLogin(message: string) {
  const [, outcome, method = '', user = '', address = '', port = ''] =
    /^(Accepted|Failed) (\S+) for (?:invalid user )?(.*) from (\S+) port (\d+)/s.exec(message) ?? [];
  if (outcome !== undefined) return { outcome, method, user, address, port };
  const [, name = '', from, at = ''] = /^Invalid user (.*) from (\S+)(?: port (\d+))?/s.exec(message) ?? [];
  return from === undefined ? undefined : { outcome: 'Invalid', method: '', user: name, address: from, port: at };
}

/** How syslog shortens lines that are the same: they count once more. */
const repeated = /^message repeated \d+ times: \[ (.*)\]$/s;

/** What the programs that keep users say, and what sudo refuses. */
function accountChange(program: string, message: string) {
  const rule = changes.find(({ by }) => by.test(program));
  for (const [outcome, said] of rule?.says ?? []) {
    const { user = '', group = '', uid = '' } = said.exec(message)?.groups ?? {};
    if (user !== '') return { outcome, method: '', user, address: '', port: '', group, uid };
  }
  return undefined;
}

/**
 * `new user: name=bob, UID=1001, GID=1001, home=/home/bob`, `add 'bob' to group 'sudo'`,
 * `bob : user NOT in sudoers ; TTY=pts/0 ; …`, `bob : 3 incorrect password attempts ; …`
 */
const changes: readonly { readonly by: RegExp; readonly says: readonly (readonly [string, RegExp])[] }[] = [
  {
    by: /^(?:useradd|usermod|gpasswd)$/,
    says: [
      ['UserAdded', /^new user: name=(?<user>[^,]+), UID=(?<uid>\d+)/],
      ['GroupJoined', /^add '(?<user>[^']+)' to group '(?<group>[^']+)'/],
      ['GroupJoined', /^user (?<user>\S+) added by \S+ to group (?<group>\S+)/],
    ],
  },
  {
    by: /^sudo$/,
    says: [
      [
        'SudoRefused',
        /^\s*(?<user>\S+) : (?:user NOT in sudoers|command not allowed|\d+ incorrect password attempts?) ;/,
      ],
    ],
  },
];
