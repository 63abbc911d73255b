import { expect, it } from 'vitest';
import { compileFilterPattern } from './filter-pattern.ts';

const failed = 'Jan  5 00:00:01 ip-10-0-0-15 sshd[1234]: Invalid user admin from 198.51.100.9 port 4242';
const accepted =
  'Jan  5 00:00:01 ip-10-0-0-15 sshd[1234]: Accepted password for alice from 198.51.100.9 port 4242 ssh2';
const access = '203.0.113.7 - frank [10/Oct/2026:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';
const trail = JSON.stringify({
  eventName: 'UpdateTrail',
  n: 5,
  flag: true,
  none: null,
  user: { id: 1, 'a.b': 'x' },
  list: [{ id: 'p' }, { id: 'q' }],
  errorCode: 'Client.UnauthorizedOperation',
});

it.each<[string, string, boolean]>([
  ['', 'anything', true],
  ['ERROR', '[UNERRORED]', true],
  ['ERROR', 'error', false],
  ['ERROR ARGUMENTS', 'ERROR of ARGUMENTS', true],
  ['ERROR ARGUMENTS', 'ERROR', false],
  ['"INTERNAL SERVER ERROR"', 'an INTERNAL SERVER ERROR', true],
  ['"say \\"x\\""', 'say "x"', true],
  ['?ERROR ?WARN', 'WARN', true],
  ['?ERROR ?WARN', 'INFO', false],
  ['ERROR -ARGUMENTS', 'ERROR', true],
  ['ERROR -ARGUMENTS', 'ERROR ARGUMENTS', false],
  ['-DEBUG', 'INFO', true],
  ['?ERROR INFO', 'INFO', true],
  ['%4[0-9]{2}%', 'status 404', true],
  ['%4[0-9]{2}%', 'status 504', false],
  ['[Mon, day, timestamp, ip, id, msg1= Invalid, msg2 = user, ...]', failed, true],
  ['[Mon, day, timestamp, ip, id, msg1= Invalid, msg2 = user, ...]', accepted, false],
  ['[Mon, day, timestamp, ip, id, msg1= Accepted, msg2 = password, ...]', accepted, true],
  ['[ip, user, username, timestamp, request, status_code, bytes]', access, true],
  ['[ip, user, username, timestamp, request, status_code]', access, false],
  ['[..., status_code = 4*, bytes > 1000]', access, true],
  ['[..., status_code = 4*, bytes > 1534]', access, false],
  ['[ip, ..., request = *html*, status_code = 404 || status_code = 500, bytes]', access, true],
  ['[ip != 203.*, ...]', access, false],
  ['[ip, user, username, timestamp = "10/Oct/*", ...]', access, true],
  ['[w1 = ERROR && w1 != *X*, w2]', 'ERROR one', true],
  ['{ $.eventName = "UpdateTrail" }', trail, true],
  ['{ $.eventName != "UpdateTrail" }', trail, false],
  ['{ $.absent != "UpdateTrail" }', trail, false],
  ['{ $.errorCode = "*UnauthorizedOperation" }', trail, true],
  ['{ $.errorCode = Client.* }', trail, true],
  ['{ $.n > 4.5 }', trail, true],
  ['{ $.n = 5.0 }', trail, true],
  ['{ $.n < 5 }', trail, false],
  ['{ $.n <= 5 }', trail, true],
  ['{ $.n > 5 }', trail, false],
  ['{ $.n >= 5 }', trail, true],
  ['{ $.flag IS TRUE }', trail, true],
  ['{ $.none IS NULL }', trail, true],
  ['{ $.absent IS NULL }', trail, false],
  ['{ $.absent NOT EXISTS }', trail, true],
  ['{ $.user.id = 1 && ($.n < 3 || $.list[1].id = "q") }', trail, true],
  ['{ $.n = 1 || $.n = 5 && $.user.id = 2 }', trail, false],
  ['{ $.list[*].id = "q" }', trail, true],
  ['{ $.user["a.b"] = "x" }', trail, true],
  ['{ $.eventName = %^Update% }', trail, true],
  ['{ $.eventName = "UpdateTrail" }', 'no JSON { $.eventName', false],
])('%s of %s: %s', (pattern, message, expected) => {
  expect(compileFilterPattern(pattern).matches(message)).toBe(expected);
});

it.each([
  ['{ $.a = 1', "If a filter pattern starts with '{' it must end with '}'"],
  ['[a, b', "If a filter pattern starts with '[' it must end with ']'"],
  ['{ $.a }', 'Invalid filter pattern'],
  ['{ a = 1 }', 'Invalid filter pattern'],
  ['{ ($.a = 1 }', 'Invalid filter pattern'],
  ['{ $.a = 1 $.b = 2 }', 'Invalid filter pattern'],
  [`{ ${'('.repeat(200)}$.a = 1${')'.repeat(200)} }`, 'Invalid filter pattern'],
  ['[ip, status = 4* && bytes > 1000]', 'Invalid filter pattern'],
  ['[a, ..., b, ...]', 'Invalid filter pattern'],
  ['[a,,b]', 'Invalid filter pattern'],
  ['a/b', "Invalid character(s) in term 'a/b'"],
  ['%(a)%', "Invalid character(s) in term '%(a)%'"],
  ['%[%', "Invalid character(s) in term '%[%'"],
])('%s is refused: %s', (pattern, message) => {
  expect(() => compileFilterPattern(pattern)).toThrow(
    expect.objectContaining({ code: 'InvalidParameterException', message }),
  );
});

it('shows what it read', () => {
  expect(compileFilterPattern('[ip, ..., status, bytes]').extract(access)).toEqual({
    $ip: '203.0.113.7',
    $status: '404',
    $bytes: '1534',
  });
  expect(compileFilterPattern('{ $.n = * && $.user.id = 2 }').extract(trail)).toEqual({ '$.n': '5', '$.user.id': '1' });
});
