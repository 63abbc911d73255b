import { describe, expect, test } from 'vitest';
import { readDamaged } from '../../test/fakes/noise.ts';
import { readText } from '../../test/fakes/read-text.ts';

const at = Date.UTC(2026, 0, 5, 0, 0, 38);
const micros = `${at}123456`.replace('123456', '000');
const said = 'Failed password for root from 203.0.113.9 port 50122 ssh2';

describe('a failed login is read, whatever writes it down:', () => {
  const lines: Readonly<Record<string, string>> = {
    'RFC 3164': `Jan  5 00:00:38 web sshd[4321]: ${said}`,
    'RFC 3164 with its priority': `<86>Jan  5 00:00:38 web sshd[4321]: ${said}`,
    'RFC 5424': `<86>1 2026-01-05T00:00:38.000123Z web sshd 4321 - - ${said}`,
    'RFC 5424 with data that has brackets and quotes in it': `<86>1 2026-01-05T00:00:38Z web sshd 4321 ID47 [a@1 b="x \\"] y"][meta sequenceId="29"] \ufeff${said}`,
    'RFC 5424 of a host that does not know its name': `<86>1 2026-01-05T09:00:38.5+09:00 - sshd - - - ${said}`,
    'rsyslog with times of RFC 3339': `2026-01-05T00:00:38.123456+00:00 web sshd[4321]: ${said}`,
    'a part of OpenSSH 9.8 and later': `2026-01-05T00:00:38.123456+00:00 web sshd-session[4321]: ${said}`,
    'journalctl -o short-precise': `Jan 05 00:00:38.123456 web sshd[4321]: ${said}`,
    'journalctl -o short-iso': `2026-01-05T00:00:38+0000 web sshd[4321]: ${said}`,
    'journalctl -o short-full': `Mon 2026-01-05 00:00:38 UTC web sshd[4321]: ${said}`,
    'journalctl -o short-unix': `1767571238.123456 web sshd[4321]: ${said}`,
    'journalctl -o json': JSON.stringify({
      __REALTIME_TIMESTAMP: micros,
      _HOSTNAME: 'web',
      SYSLOG_IDENTIFIER: 'sshd',
      MESSAGE: said,
    }),
    'journalctl -o json of a message that is no text': JSON.stringify({
      __REALTIME_TIMESTAMP: micros,
      _HOSTNAME: 'web',
      _COMM: 'sshd',
      MESSAGE: [...Buffer.from(said)],
    }),
    'journalctl -o json-pretty': JSON.stringify(
      { __REALTIME_TIMESTAMP: micros, _HOSTNAME: 'web', SYSLOG_IDENTIFIER: ['sshd', 'x'], MESSAGE: said },
      null,
      '\t',
    ),
    'journalctl -o export': `__CURSOR=s=1;i=2\n__REALTIME_TIMESTAMP=${micros}\nMESSAGE=${said}\n_HOSTNAME=web\nSYSLOG_IDENTIFIER=sshd\n`,
  };
  test.each(Object.entries(lines))('%s', (_name, line) => {
    const { rows, problems } = readText(`${line}\n`);
    expect(problems).toEqual([]);
    expect(rows.map(({ kind, name, principal, error }) => [kind, name, principal, error])).toEqual([
      ['login', 'Failed', 'root', 'Failed'],
    ]);
    expect([rows[0]?.address?.text, Math.floor(rows[0]!.time / 1_000)]).toEqual(['203.0.113.9', at / 1_000]);
    expect(rows[0]?.text('host')).toBe(line.includes(' - sshd - ') ? '' : 'web');
  });
});

test('whatever is written over a journal, reading does not fail', () => {
  const entry = `__CURSOR=c\n__REALTIME_TIMESTAMP=${micros}\nSYSLOG_IDENTIFIER=sshd\nMESSAGE=${said}\n\n`;
  readDamaged(entry + entry, entry);
});

test('the journal says the same in JSON and as an export', () => {
  const fields = { __REALTIME_TIMESTAMP: micros, _HOSTNAME: 'web', SYSLOG_IDENTIFIER: 'sshd', MESSAGE: said };
  const text = Object.entries(fields)
    .map((pair) => pair.join('='))
    .join('\n');
  const [json] = readText(`${JSON.stringify(fields)}\n`).rows;
  expect(readText(`__CURSOR=c\n${text}\n\n`).rows.map(({ id }) => id)).toEqual([json?.id]);
});

test('fields of a journal that are no text are as long as they say, and pieces may end within', () => {
  const value = Buffer.from(`Invalid user a\nMESSAGE=${said}\n\n from 203.0.113.9 port 50122`);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(value.length));
  const head = Buffer.from(`__CURSOR=c\n__REALTIME_TIMESTAMP=${micros}\nSYSLOG_IDENTIFIER=sshd\nMESSAGE\n`);
  const entry = Buffer.concat([head, size, value, Buffer.from('\n_HOSTNAME=web\n\n')]);
  const bytes = Buffer.concat([entry, Buffer.from(`__CURSOR=d\n__REALTIME_TIMESTAMP=${micros}\nMESSAGE=x\n\n`)]);
  for (const cut of [0, 12, head.length + 3, head.length + 30, bytes.length - 5, bytes.length]) {
    const { rows, passed, problems } = readText(bytes, cut);
    expect([cut, rows.map(({ name, place }) => [name, place.offset]), passed, problems]).toEqual([
      cut,
      [['Invalid', 0]],
      [['auth-other', 1]],
      [],
    ]);
  }
  expect(readText(bytes.subarray(0, head.length + 20)).problems).toMatchObject([{ code: 'record-cut' }]);
});

test('a name that somebody tries cannot stand for the address', () => {
  const names = ['root from 198.51.100.7 port 1 ssh2', 'x from 198.51.100.7 port 22'];
  const lines = names.flatMap((name) => [
    `Failed password for invalid user ${name} from 203.0.113.9 port 50122 ssh2`,
    `Invalid user ${name} from 203.0.113.9 port 50122`,
  ]);
  const { rows } = readText(lines.map((line) => `Jan  5 00:00:38 web sshd[1]: ${line}\n`).join(''));
  expect(rows.map(({ address }) => address?.text)).toEqual(lines.map(() => '203.0.113.9'));
});

test('a time that does not say when is a problem of its line', () => {
  const text = `Mon 2026-01-05 00:00:38 JST web sshd[1]: ${said}\nMon 2026-01-05 00:00:38 UTC web sshd[1]: ${said}\n`;
  const { rows, problems } = readText(text);
  expect([rows.length, problems]).toMatchObject([1, [{ code: 'auth-time', place: { offset: 0 } }]]);
});

test('logs of load balancers: the classic ones are judged, those without requests named once', () => {
  const classic =
    '2026-01-05T00:00:38.186641Z front 203.0.113.9:2817 10.0.0.1:80 0.000073 0.001048 0.000057 404 404 0 29 "GET http://www.example.com:80/x.php HTTP/1.1" "curl/8.0" - -';
  const bytesOn =
    '2026-01-05T00:00:39.186641Z front 203.0.113.9:2817 - -1 -1 -1 - - 82 305 "- - - " "-" ECDHE-ECDSA-AES128-GCM-SHA256 TLSv1.2';
  const { rows, problems } = readText(`${classic}\n${bytesOn}\n${classic.slice(0, 90)}\n`);
  expect(rows.map(({ kind, source, name, error }) => [kind, source, name, error])).toEqual([
    ['http-request', 'alb', 'GET', '404'],
    ['http-request', 'alb', '', ''],
  ]);
  expect([rows[0]?.text('elb'), rows[0]?.text('request'), rows[0]?.text('user_agent')]).toEqual([
    'front',
    'GET http://www.example.com:80/x.php HTTP/1.1',
    'curl/8.0',
  ]);
  expect(problems).toMatchObject([{ code: 'alb-line', place: { offset: classic.length + bytesOn.length + 2 } }]);
  const others = {
    'Network Load Balancer':
      'tls 2.0 2026-01-05T00:00:38 net/front/c6e77e28c25b2234 g3d4b5e8bb8464cd 203.0.113.9:51341 10.0.0.1:443 5 2 98 246 - arn:x - ECDHE tlsv12 - front.example.com - - -',
    'connection log': '2026-01-05T00:00:38.514108Z 203.0.113.9 36280 443 TLSv1.2 ECDHE 4.036 "CN=x" - - Success TID_1',
  };
  for (const [name, line] of Object.entries(others)) {
    const read = readText(`${line}\n${line}\n`);
    expect([read.rows, read.problems]).toMatchObject([[], [{ code: 'file-not-asked-for' }]]);
    expect(read.problems[0]?.reason).toContain(name);
  }
});
