import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { call } from '../../src/detect/examples.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { isProblem } from '../../src/sources/activity-of.ts';
import type { Row } from '../../src/sources/batch.ts';
import { callTrie } from '../../src/sources/cloudtrail/paths.ts';
import { CallReader, CallTools } from '../../src/sources/cloudtrail/reader.ts';
import { callActivity } from '../../src/sources/cloudtrail/record.ts';

// The scanner against JSON.parse, on records with anything anywhere: whatever it says must be what the parsed record says.

const reads = [
  'requestParameters.bucketName',
  'requestParameters.items',
  'responseElements.x.y',
  'additionalEventData',
];
const tools = new CallTools(callTrie(reads));
const paths = [...tools.trie.slotOf.keys()];

const names = fc.constantFrom(
  ...['eventName', 'eventSource', 'eventTime', 'userIdentity', 'type', 'arn', 'sessionContext', 'sessionIssuer'],
  ...[
    'requestParameters',
    'bucketName',
    'items',
    'responseElements',
    'x',
    'y',
    'errorCode',
    'detail',
    'na"me',
    'é',
    '',
  ],
);
const values = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(
      'ok',
      '2026-01-05T00:00:00Z',
      'a\\"\n\u0000b',
      '東京',
      '\ud83d\ude00',
      true,
      false,
      null,
      0,
      -1.5e-7,
      1e300,
      '12',
      'true',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(names, tie('value')), { maxLength: 5 }).map((pairs) => Object.fromEntries(pairs) as Json),
  ),
})).value;

const base = call('s3:PutBucketAcl', { by: 'role:R/s', request: { bucketName: 'b', items: ['x', 1] } });
const record = fc
  .array(fc.tuple(names, values), { maxLength: 4 })
  .map((pairs): JsonObject => ({ ...base, ...Object.fromEntries(pairs) }));
const written = fc
  .tuple(record, fc.boolean(), fc.boolean(), fc.boolean())
  .map(([value, indented, escaped, repeated]) => {
    const text = JSON.stringify(value, null, indented ? 1 : 0);
    const whole = repeated
      ? `{"requestParameters":{"bucketName":"first","x":1},"responseElements":{"x":{"y":1}},${text.slice(1)}`
      : text;
    return escaped
      ? whole.replace(/"(e|u)/g, (_, letter: string) => `"\\u00${letter.charCodeAt(0).toString(16)}`)
      : whole;
  });

const valid = JSON.stringify(base);

/** Each takes one generated record and says whether both readings agree. */
export const recordProperties = {
  'the scanner says of a record what JSON.parse says of it': fc.property(written, (text) => {
    const parsed = JSON.parse(text) as JsonObject;
    if (parsed['eventName'] === undefined) return true;
    const batch = new CallReader(tools, 0).read(Buffer.from(`[${text}]`), true);
    const expected = callActivity(parsed, { file: 0, offset: 1 });
    if (isProblem(expected)) return isDeepStrictEqual(batch.problems, [expected]);
    return isDeepStrictEqual(seen(batch.at(0)), seen(expected));
  }),
  'the scanner finds malformed what JSON.parse finds malformed': fc.property(
    fc.nat(valid.length - 1),
    fc.constantFrom(...'{}[]:,"\\0-.eE \u0001tx'),
    fc.boolean(),
    (at, character, replaces) => {
      const text = valid.slice(0, at) + character + valid.slice(replaces ? at + 1 : at);
      const { size, problems } = new CallReader(tools, 0).read(Buffer.from(text), true);
      return (size === 1 && problems.length === 0) === isRecord(text);
    },
  ),
};

function isRecord(text: string): boolean {
  try {
    return !isProblem(callActivity(JSON.parse(text) as JsonObject, { file: 0, offset: 0 }));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function seen(row: Row) {
  const { kind, id, time, account, region, source, name, principal, address, error, place } = row;
  const fields = paths.map((path) => [
    path,
    row.text(path),
    row.number(path),
    row.flag(path),
    row.list(path),
    row.has(path),
    row.json(path),
  ]);
  return { kind, id, time, account, region, source, name, principal, address, error, place, fields };
}
