import { expect, test } from 'vitest';
import { indicatorsOf } from './indicators.ts';
import { NamedList } from './named-list.ts';

const stix = {
  type: 'bundle',
  objects: [
    {
      type: 'indicator',
      pattern_type: 'stix',
      pattern: "[ipv4-addr:value = '198.51.100.3' OR domain-name:value = 'bad.example']",
    },
    { type: 'indicator', pattern_type: 'stix', pattern: "[ipv4-addr:value ISSUBSET '203.0.113.0/24']" },
    { type: 'indicator', pattern_type: 'stix', pattern: `[file:hashes.'SHA-256' = '${'a'.repeat(64)}']` },
    { type: 'indicator', pattern_type: 'stix', pattern: "[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]" },
    { type: 'indicator', pattern_type: 'stix', pattern: "[ipv4-addr:value NOT = '192.0.2.9']" },
    { type: 'indicator', pattern_type: 'stix', revoked: true, pattern: "[ipv4-addr:value = '192.0.2.8']" },
    { type: 'indicator', pattern_type: 'sigma', pattern: "[ipv4-addr:value = '192.0.2.7']" },
    { type: 'ipv6-addr', value: '2001:db8::1' },
    { type: 'malware', name: 'any' },
  ],
};
const misp = {
  response: [
    {
      Event: {
        Attribute: [
          { type: 'ip-dst', value: '198.51.100.3', to_ids: true },
          { type: 'ip-src', value: '198.51.100.4', to_ids: false },
          { type: 'domain|ip', value: 'bad.example|198.51.100.5', to_ids: true },
          { type: 'filename|sha256', value: `x.exe|${'b'.repeat(64)}`, to_ids: true },
          { type: 'comment', value: '198.51.100.6' },
        ],
        Object: [{ Attribute: [{ type: 'ip-dst|port', value: '198.51.100.7|443', to_ids: true }] }],
      },
    },
  ],
};

const cases: Readonly<Record<string, readonly [text: string, indicators: readonly string[]]>> = {
  'lines, with remarks': [
    '# a feed\n198.51.100.3\n\n203.0.113.0/24 # range\n; more\nbad.example\r\n',
    ['198.51.100.3', '203.0.113.0/24', 'bad.example'],
  ],
  'CSV without a header': ['198.51.100.3,2026-01-05,scanner\n"198.51.100.4",,\n', ['198.51.100.3', '198.51.100.4']],
  'CSV, the column by its name': [
    'first_seen,ip,port\n2026-01-05,198.51.100.3,443\n2026-01-06,198.51.100.4,80\n',
    ['198.51.100.3', '198.51.100.4'],
  ],
  'CSV with empty fields before the column': ['a,b,ip\n,,198.51.100.3\n', ['198.51.100.3']],
  'a JSON list': ['["198.51.100.3"]', ['198.51.100.3']],
  'a STIX bundle': [
    JSON.stringify(stix),
    ['198.51.100.3', 'bad.example', '203.0.113.0/24', 'a'.repeat(64), '192.0.2.1', '192.0.2.2', '2001:db8::1'],
  ],
  'a MISP export': [
    JSON.stringify(misp),
    ['198.51.100.3', 'bad.example', '198.51.100.5', 'b'.repeat(64), '198.51.100.7'],
  ],
  nothing: ['', []],
};

test.each(Object.entries(cases))('reads %s', (_name, [text, indicators]) => {
  expect([...indicatorsOf(text)]).toEqual(indicators);
});

const matches: readonly (readonly [entry: string, value: string, matched: string | undefined])[] = [
  ['bad.example', 'www.bad.example.', 'bad.example'],
  ['*.bad.example', 'BAD.example', 'bad.example'],
  ['bad.example', 'notbad.example', undefined],
  ['hxxp://bad[.]example:8080/x?y', 'bad.example', 'bad.example'],
  ['https://198.51.100.3/x', '198.51.100.3', '198.51.100.3'],
  ['AA'.repeat(16), 'aa'.repeat(16), 'aa'.repeat(16)],
];

test.each(matches)('an entry %s and the value %s give %s', (entry, value, matched) => {
  const list = new NamedList('l');
  expect(list.add(entry)).toBe(true);
  expect(list.match(value)?.entry).toBe(matched);
});

test.each(['', 'words of a sentence', '1.2.3', 'x', '12:30:00Z'])('takes no %j', (text) => {
  expect(new NamedList('l').add(text)).toBe(false);
});
