import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DrillFaults, readDrill } from './read.ts';

const whole = `name: small
length: 10m
pack: guardduty
parameters: { Who: somebody }
environment:
  - call: iam.CreateRole
    with: { RoleName: "\${Who}" }
    as: Made
attack:
  - session: stolen
    role: "\${Made.Role.Arn}"
    name: worker
    from: 198.51.100.7
  - technique: discovery/list-buckets
    foothold: stolen
expect:
  - call: { as: stolen, operation: s3.ListBuckets, error: AccessDenied }
`;

function faultsOf(text: string): readonly string[] {
  try {
    readDrill(text);
    return [];
  } catch (error) {
    if (!(error instanceof DrillFaults)) throw error;
    return error.faults.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

it.each(['stolen-keys', 'workshop'])('reads our drill %s', (name) => {
  expect(faultsOf(readFileSync(`drills/${name}.yaml`, 'utf8'))).toEqual([]);
});

it('reads steps by the key that names them, with the line where each stands', () => {
  const drill = readDrill(whole);
  expect([...drill.environment, ...drill.attack, ...drill.expect].map(({ kind, line }) => `${kind} ${line}`)).toEqual([
    'call 6',
    'session 10',
    'technique 14',
    'call 17',
  ]);
  expect(drill.length).toBe(600_000);
});

it.each([
  [
    'an unknown member',
    ['length: 10m', 'lenght: 10m'],
    ['2:9 Unrecognized key: "lenght"', 'length: expected a duration'],
  ],
  ['an unknown member of a step', ['foothold: stolen', 'foothold: stolen, x: 1'], ['']],
  [
    'no such step',
    ['- technique: discovery/list-buckets', '- tecnique: discovery/list-buckets'],
    ['14:5 attack[1] is none of: session, capture, technique, call, stack, wait'],
  ],
  [
    'a duration that is none',
    ['length: 10m', 'length: ten'],
    ['2:9 length: expected a duration such as 90s, 15m or 1h'],
  ],
  [
    'a name that nothing has',
    ['"${Who}"', '"${Whom}"'],
    ['7:23 ${Whom}: there is no parameter, stack or call of that name'],
  ],
  [
    'a foothold that nobody has',
    ['foothold: stolen', 'foothold: borrowed'],
    ['15:15 "borrowed" is no session of the attack; expected one of stolen'],
  ],
  [
    'an operation without its service',
    ['operation: s3.ListBuckets', 'operation: ListBuckets'],
    ['17:36 expect[0].call.operation: expected service.Operation'],
  ],
  ['text that is no YAML', ['name: small', 'name: [small'], ['2:1 Flow sequence']],
  ['a list', [whole, '- 1\n'], ['1:1 Invalid input: expected object, received array']],
] as const)('says what is wrong and where: %s', (_, [from, to], expected) => {
  const faults = faultsOf(whole.replace(from, to));
  expect(faults.length).toBeGreaterThan(0);
  for (const part of expected) expect(faults.join('\n')).toContain(part);
});

it('does not follow a bomb of aliases', () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (const letter of 'bcdefghi') {
    const before = String.fromCharCode(letter.charCodeAt(0) - 1);
    bomb.push(`${letter}: &${letter} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`);
  }
  expect(faultsOf(bomb.join('\n'))[0]).toContain('alias');
});
