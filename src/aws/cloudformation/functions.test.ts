import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '../../model/json.ts';
import { AwsError } from '../error.ts';
import { evaluate, holds, type Surroundings } from './functions.ts';

const around: Surroundings = {
  region: 'us-west-2',
  ref: (name) => ({ Name: 'bob', Many: ['a', 'b'], 'AWS::Region': 'us-west-2' })[name],
  attribute: (logicalId, name) => `${logicalId}/${name}`,
  condition: (name) => name === 'Yes',
  mapping: (name) => (name === 'Map' ? { top: { second: 'found' } } : undefined),
  imported: (name) => `imported ${String(name)}`,
  zones: (region) => [`${region}a`, `${region}b`],
};

const values: readonly (readonly [what: string, value: Json, result: Json | undefined])[] = [
  ['a plain value', { a: [1, 'b', null] }, { a: [1, 'b', null] }],
  ['Ref', { Ref: 'Name' }, 'bob'],
  ['no value in an object', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ['no value in a list', [{ Ref: 'AWS::NoValue' }, 1], [1]],
  ['GetAtt as a list', { 'Fn::GetAtt': ['Topic', 'Arn'] }, 'Topic/Arn'],
  ['GetAtt with dots', { 'Fn::GetAtt': 'Stack.Outputs.Url' }, 'Stack/Outputs.Url'],
  ['Sub', { 'Fn::Sub': 'x-${Name}-${Topic.Arn}-${!Literal}' }, 'x-bob-Topic/Arn-${Literal}'],
  ['Sub with its own', { 'Fn::Sub': ['${Name}${Own}', { Own: { Ref: 'Name' } }] }, 'bobbob'],
  ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 3]] }, 'a-bob-3'],
  ['Join of a list parameter', { 'Fn::Join': [',', { Ref: 'Many' }] }, 'a,b'],
  ['Split and Select', { 'Fn::Select': ['1', { 'Fn::Split': ['|', 'a|b|c'] }] }, 'b'],
  ['FindInMap', { 'Fn::FindInMap': ['Map', 'top', 'second'] }, 'found'],
  ['If that holds', { 'Fn::If': ['Yes', 1, 2] }, 1],
  ['If that does not', { 'Fn::If': ['No', 1, { Ref: 'AWS::NoValue' }] }, undefined],
  ['Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
  ['GetAZs', { 'Fn::GetAZs': '' }, ['us-west-2a', 'us-west-2b']],
  ['Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, ['10.0.0.0/24', '10.0.1.0/24']],
  ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${Name}-vpc' } }, 'imported bob-vpc'],
];

test.each(values)('%s is evaluated', (_, value, result) => {
  expect(evaluate(value, around)).toEqual(result);
});

const wrong: readonly (readonly [value: Json, words: string])[] = [
  [{ 'Fn::Select': [5, ['a']] }, 'Fn::Select cannot select nonexistent value at index 5'],
  [{ 'Fn::FindInMap': ['Map', 'top', 'none'] }, 'Unable to get mapping for Map::top::none'],
  [{ 'Fn::FindInMap': ['None', 'a', 'b'] }, "Mapping named 'None' is not present in the 'Mappings' section"],
  [{ 'Fn::Join': ['-', 'text'] }, 'every Fn::Join object requires two parameters'],
  [{ 'Fn::GetAtt': 'Topic' }, 'every Fn::GetAtt object requires two non-empty parameters'],
  [{ Ref: ['Name'] }, 'Every Ref object must have a single String value'],
  [{ 'Fn::Magic': 1 }, 'Fn::Magic is not a supported intrinsic function'],
  [{ 'Fn::ToJsonString': {} }, 'The intrinsic function Fn::ToJsonString is not built in this range yet'],
];

test.each(wrong)('%j is refused in words', (value, words) => {
  expect(() => evaluate(value, around)).toThrow(words);
});

const conditions: readonly (readonly [condition: Json, holds: boolean])[] = [
  [{ 'Fn::Equals': [{ Ref: 'Name' }, 'bob'] }, true],
  [{ 'Fn::Equals': [1, '1'] }, true],
  [{ 'Fn::Not': [{ Condition: 'Yes' }] }, false],
  [{ 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] }, false],
  [{ 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] }, true],
];

test.each(conditions)('%j is %s', (condition, expected) => {
  expect(holds(condition, around)).toBe(expected);
});

const names = [
  'Ref',
  'Fn::GetAtt',
  'Fn::Sub',
  'Fn::Join',
  'Fn::Select',
  'Fn::Split',
  'Fn::If',
  'Fn::Cidr',
  'Fn::Base64',
];
const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>,
    fc.tuple(fc.constantFrom(...names), tie('tree')).map(([name, value]) => ({ [name]: value })),
    fc.array(tie('tree'), { maxLength: 3 }),
  ),
}));

test('whatever a function is given, it answers or refuses in words', () => {
  fc.assert(
    fc.property(tree, (value) => {
      try {
        evaluate(value, around);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
      }
    }),
  );
});
