import { expect, it } from 'vitest';
import { transformerComplaints, transformInput } from './transformer.ts';

const event = {
  version: '0',
  source: 'aws.guardduty',
  detail: { type: 'A "quoted" type', severity: 5, list: [{ n: 1 }, { n: 2 }], deep: { a: 'x' }, none: null },
};
const facts = { ruleArn: 'arn:rule', ruleName: 'rule', ingestionTime: '2026-01-05T00:00:00Z' };

it.each<[string, Record<string, string>, string, string]>([
  ['quotes a string that stands alone', { a: '$.source' }, '{"a": <a>}', '{"a": "aws.guardduty"}'],
  ['leaves quotes that are there', { a: '$.source' }, '{"a": "from <a>"}', '{"a": "from aws.guardduty"}'],
  ['escapes within quotes', { a: '$.detail.type' }, '"<a>"', '"A \\"quoted\\" type"'],
  ['writes numbers', { a: '$.detail.severity' }, '{"a": <a>, "b": "<a>"}', '{"a": 5, "b": "5"}'],
  ['writes objects', { a: '$.detail.deep' }, '{"a": <a>}', '{"a": {"a":"x"}}'],
  ['strips the quotes of an object within quotes', { a: '$.detail.deep' }, '"is <a>"', '"is {a:x}"'],
  ['collects by wildcard', { a: '$.detail.list[*].n' }, '<a>', '[1,2]'],
  ['reads an index', { a: '$.detail.list[1].n' }, '<a>', '2'],
  ['reads brackets', { a: "$['detail']['severity']" }, '<a>', '5'],
  ['leaves nothing where nothing matches', { a: '$.detail.absent' }, '"x<a>y"', '"xy"'],
  ['writes null', { a: '$.detail.none' }, '<a>', 'null'],
  [
    'knows the rule',
    {},
    '{"r": <aws.events.rule-name>, "t": "<aws.events.event.ingestion-time>"}',
    '{"r": "rule", "t": "2026-01-05T00:00:00Z"}',
  ],
  ['gives the event without its detail', {}, '<aws.events.event>', '{"version":"0","source":"aws.guardduty"}'],
  ['is not misled by an escaped quote', { a: '$.source' }, '"\\"<a>"', '"\\"aws.guardduty"'],
  ['replaces nothing in what it inserted', { a: '$.detail.deep.a', x: '$.source' }, '<a> "<x>"', '"x" "aws.guardduty"'],
])('%s', (_name, inputPathsMap, inputTemplate, expected) => {
  expect(transformInput({ inputPathsMap, inputTemplate }, event, facts)).toBe(expected);
});

it.each<[Record<string, string>, string, number]>([
  [{ a: '$.a' }, '<a>', 0],
  [{ a: 'a.b' }, '<a>', 1],
  [{}, '<b>', 1],
  [{ 'aws.mine': '$.a' }, '', 1],
])('complains about %j with %s', (inputPathsMap, inputTemplate, count) => {
  expect(transformerComplaints({ inputPathsMap, inputTemplate })).toHaveLength(count);
});
