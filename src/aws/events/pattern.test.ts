import { describe, expect, it } from 'vitest';
import { compilePattern, matchesPattern } from './pattern.ts';
import { PatternError } from './pattern-error.ts';

const check = (pattern: unknown, event: unknown) => matchesPattern(compilePattern(JSON.stringify(pattern)), event);

describe('a pattern', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['takes any of the values', { a: ['x', 'y'] }, { a: 'y' }, true],
    ['wants all fields', { a: ['x'], b: ['y'] }, { a: 'x' }, false],
    ['compares numbers by value', { a: [300] }, { a: 3e2 }, true],
    ['tells numbers from strings', { a: [300] }, { a: '300' }, false],
    ['tells null from absence', { a: [null] }, {}, false],
    ['finds null', { a: [null] }, { a: null }, true],
    ['finds one element of a list', { a: ['x'] }, { a: ['w', 'x'] }, true],
    ['finds nothing in an empty list', { a: [{ exists: true }] }, { a: [] }, false],
    ['sees absence in an empty list', { a: [{ exists: false }] }, { a: [] }, true],
    ['does not take an object for a leaf', { a: [{ exists: true }] }, { a: { b: 1 } }, false],
    ['takes absence or a value', { a: [{ exists: false }, 'x'] }, { a: 'x' }, true],
    ['anything but wants the field', { a: [{ 'anything-but': 'x' }] }, {}, false],
    ['anything but takes null', { a: [{ 'anything-but': 'x' }] }, { a: null }, true],
    ['anything but prefix list', { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, { a: 'yes' }, false],
    ['anything but wildcard', { a: [{ 'anything-but': { wildcard: '*b*' } }] }, { a: 'abc' }, false],
    ['anything but ignoring case', { a: [{ 'anything-but': { 'equals-ignore-case': ['A'] } }] }, { a: 'a' }, false],
    ['prefix ignoring case', { a: [{ prefix: { 'equals-ignore-case': 'Ab' } }] }, { a: 'aBc' }, true],
    ['suffix ignoring case', { a: [{ suffix: { 'equals-ignore-case': '.PNG' } }] }, { a: 'x.png' }, true],
    ['prefix only of strings', { a: [{ prefix: '1' }] }, { a: 10 }, false],
    ['numeric range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, true],
    ['numeric range, below', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 0 }, false],
    ['numeric outside the comparable range', { a: [{ numeric: ['>', 0] }] }, { a: 5e9 + 1 }, false],
    ['cidr', { a: [{ cidr: '10.0.0.7/24' }] }, { a: '10.0.0.1' }, true],
    ['cidr of version 6', { a: [{ cidr: '2001:db8::/32' }] }, { a: '2001:DB8:0::1' }, true],
    ['cidr is not met by a hostname', { a: [{ cidr: '0.0.0.0/0' }] }, { a: 'ten.example' }, false],
    ['an IPv6 address in another spelling', { a: ['::1'] }, { a: '0:0:0:0:0:0:0:1' }, true],
    ['wildcard with escapes', { a: [{ wildcard: 'a\\*\\\\*z' }] }, { a: 'a*\\bcz' }, true],
    ['wildcard whose ends would overlap', { a: [{ wildcard: 'aba*aba' }] }, { a: 'ababa' }, false],
    ['$or of two', { $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, true],
    ['$or beside a field', { c: ['z'], $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, false],
    ['$or inside $or', { $or: [{ a: [1], $or: [{ b: [1] }, { c: [1] }] }, { d: [1] }] }, { a: 1, c: 1 }, true],
    ['$or as an ordinary name', { $or: { a: ['x'] } }, { $or: { a: 'x' } }, true],
    ['$or of operators is a list of tests', { $or: [{ prefix: 'x' }, { prefix: 'y' }] }, { $or: 'yes' }, true],
    ['one element of a list of objects', { l: { a: [1], b: [2] } }, { l: [{ a: 1, b: 2 }] }, true],
    ['never two elements of a list of objects', { l: { a: [1], b: [2] } }, { l: [{ a: 1 }, { b: 2 }] }, false],
    ['different lists are free', { l: { a: [1] }, m: { b: [2] } }, { l: [{}, { a: 1 }], m: [{ b: 2 }] }, true],
    ['nested lists of objects', { l: { m: { a: [1] }, b: [2] } }, { l: [{ m: [{ a: 1 }] }, { b: 2 }] }, false],
    ['an inherited name is no field', { constructor: [{ exists: true }] }, {}, false],
  ])('%s', (_name, pattern, event, expected) => expect(check(pattern, event)).toBe(expected));

  it.each<[string, string, string, number]>([
    ['[]', 'Filter is not an object', '', 3],
    ['{}', 'Empty objects are not allowed', '', 3],
    ['{"a":[]}', 'Empty arrays are not allowed', 'a', 8],
    ['{"a":"x"}', '"a" must be an object or an array', 'a', 7],
    ['{"a":[["x"]]}', 'Match value must be String, number, true, false, or null', 'a[0]', 12],
    ['{"a":[{}]}', 'Match expression name not found', 'a[0]', 9],
    ['{"a":[{"PREFIX":"x"}]}', 'Unrecognized match type PREFIX', 'a[0]', 21],
    ['{"a":[{"__proto__":"x"}]}', 'Unrecognized match type __proto__', 'a[0]', 24],
    ['{"a":["y",{"prefix":1}]}', 'prefix match pattern must be a string', 'a[1]', 22],
    ['{"a":[{"prefix":"x","suffix":"y"}]}', 'Only one key allowed in match expression', 'a[0]', 31],
    ['{"a":[{"suffix":{"prefix":"x"}}]}', 'Unsupported suffix pattern: prefix', 'a[0]', 31],
    ['{"a":[{"numeric":[">",1,">",2]}]}', 'Bad numeric range operator: >', 'a[0]', 26],
    ['{"a":[{"numeric":["<>",1]}]}', 'Unrecognized numeric range operator: <>', 'a[0]', 20],
    ['{"a":[{"numeric":[">",5,"<",1]}]}', 'Bottom must be less than top', 'a[0]', 31],
    ['{"a":[{"numeric":["=","1"]}]}', 'Value of equals must be numeric', 'a[0]', 24],
    ['{"a":[{"exists":"true"}]}', 'exists match pattern must be either true or false.', 'a[0]', 18],
    ['{"a":[{"cidr":"10.0.0.0/33"}]}', 'IPv4 mask bits must be < 32', 'a[0]', 16],
    ['{"a":[{"wildcard":"a**"}]}', 'Consecutive wildcard characters at pos 2', 'a[0]', 20],
    ['{"a":[{"wildcard":"a\\\\b"}]}', 'Invalid escape character at pos 2', 'a[0]', 20],
    ['{"a":[{"anything-but":{"numeric":[1]}}]}', 'Unsupported anything-but pattern: numeric', 'a[0]', 38],
    ['{"a":[{"anything-but":{"prefix":""}}]}', 'Null prefix/suffix not allowed', 'a[0]', 34],
    ['{"$or":[{"a":[1]}]}', 'Unrecognized match type a', '$or[0]', 18],
  ])('%s is refused', (source, reason, path, column) => {
    const error = refusal(source);
    expect(error).toMatchObject({ code: 'InvalidEventPatternException', reason, path });
    expect(error.message).toMatch(`line: 1, column: ${column}]`);
  });

  it('names line and column as EventBridge does', () => {
    expect(refusal('{\n  "a": {\n    "b": "x"\n  }\n}').message).toBe(
      'Event pattern is not valid. Reason: "b" must be an object or an array at ' +
        '[Source: (String)"{\n  "a": {\n    "b": "x"\n  }\n}"; line: 3, column: 11]',
    );
  });

  it.each(['{', '{"a":[1]} x', '{"a":[1,]}', '{a:[1]}', '{"a":[01]}', `${'{"a":'.repeat(200)}`])(
    'text that is no JSON is refused: %s',
    (source) => expect(refusal(source).code).toBe('InvalidEventPatternException'),
  );

  it('refuses wildcards that one value could begin in too many ways', () => {
    expect(refusal('{"a":[{"wildcard":"*:*:*:*:*:event-bus/*"}]}').reason).toMatch(/^Rule is too complex/);
  });

  it('refuses more than 1,000 combinations', () => {
    const choice = { $or: [...'abcdefghijk'].map((name) => ({ [name]: [1] })) };
    expect(() => check({ x: choice, y: choice, z: choice }, {})).toThrow(/more than 1000 rule combinations/);
  });
});

function refusal(source: string): PatternError {
  try {
    compilePattern(source);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
  throw new Error(`not refused: ${source}`);
}
