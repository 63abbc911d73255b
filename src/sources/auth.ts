import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
import type { JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { JsonActivity } from './json-activity.ts';
import type { Taken } from './listed-batch.ts';
import type { TextSource } from './text-source.ts';

/** What hosts say of logins and of who may log in: `auth.log`, `secure`, and the journal as text. */
export const auth: TextSource = {
  tells: (line) => syslog.test(line),
  open: (changed) => (line, place) => {
    // What `journalctl` says between the entries: where they begin, that the host was started anew.
    if (line.startsWith('-- ')) return undefined;
    const [, stamp = '', host = '', program = '', message = ''] = syslog.exec(line) ?? [];
    if (stamp === '') {
      const reason = `${JSON.stringify(line.slice(0, 80))} is no line of syslog: expected time, host and program`;
      return { place, code: 'auth-line', reason };
    }
    const time = timeOf(stamp, changed);
    if (!Number.isNaN(time)) return loginOf({ time, host, program, message, tells: line }, place);
    const reason = `the year of ${JSON.stringify(stamp)} is not known: expected a time with a year, or a file with a date`;
    return { place, code: 'auth-year', reason };
  },
};

/** The journal as `journalctl -o json` prints it. */
export function journalActivity(record: JsonObject, place: Place): Taken {
  const { __REALTIME_TIMESTAMP: micros, MESSAGE: message, _HOSTNAME: host, SYSLOG_IDENTIFIER: program } = record;
  const time = Math.floor(Number(micros) / 1000);
  if (!Number.isSafeInteger(time) || typeof message !== 'string') return { passed: 'journal-other' };
  const said = { time, message, host: String(host ?? ''), program: String(program ?? '') };
  return loginOf({ ...said, tells: `${micros} ${host} ${message}` }, place);
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

/** `Accepted publickey for ec2-user from 203.0.113.9 port 50122 ssh2` */
function sshLogin(message: string) {
  const [, outcome, method = '', user = '', address = '', port = ''] =
    /^(Accepted|Failed) (\S+) for (?:invalid user )?(.*?) from (\S+) port (\d+)/.exec(message) ?? [];
  if (outcome !== undefined) return { outcome, method, user, address, port };
  const [, name = '', from, at = ''] = /^Invalid user (.*?) from (\S+)(?: port (\d+))?/.exec(message) ?? [];
  return from === undefined ? undefined : { outcome: 'Invalid', method: '', user: name, address: from, port: at };
}

/** How syslog shortens lines that are the same: they count once more. */
const repeated = /^message repeated \d+ times: \[ (.*)\]$/;

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

const syslog =
  /^(?:<\d+>)?([A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}(?:\.\d+)?|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\S*) (\S+) (?:([\w./()-]+)(?:\[\d+\])?: |(?=last message repeated|-- MARK))(.*)$/;

/** Syslog leaves the year out. Lines are not younger than their file, so the year is the last that makes them older. */
function timeOf(stamp: string, changed: number | undefined): number {
  if (/^\d{4}/.test(stamp)) return Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(stamp) ? stamp : `${stamp}Z`);
  if (changed === undefined) return Number.NaN;
  const year = new Date(changed).getUTCFullYear();
  const time = Date.parse(`${stamp} ${year} GMT`);
  return time > changed + dayMs ? Date.parse(`${stamp} ${year - 1} GMT`) : time;
}

const dayMs = 24 * 60 * 60_000;
