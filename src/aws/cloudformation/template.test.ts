import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../model/json.ts';
import { AwsError } from '../error.ts';
import { checkReferences, inOrder } from './dependencies.ts';
import { parameterValues } from './parameters.ts';
import { readTemplate } from './template.ts';

const topic = { Type: 'AWS::SNS::Topic' };

function templateOf(parts: JsonObject) {
  return readTemplate({ Resources: { Topic: topic }, ...parts });
}

const refused: readonly (readonly [what: string, parts: JsonObject, words: string])[] = [
  ['an unknown section', { Stuff: {} }, 'Invalid template property or properties [Stuff]'],
  ['a section that is not built', { Transform: 'AWS::Serverless-2016-10-31' }, 'The template section Transform is not'],
  [
    'another version',
    { AWSTemplateFormatVersion: '2020-01-01' },
    'is not a supported value for AWSTemplateFormatVersion',
  ],
  ['a description that is none', { Description: {} }, 'Template Description must be a string'],
  ['a resource without a type', { Resources: { A: {} } }, 'Every Resources object must contain a Type member'],
  [
    'a resource with more',
    { Resources: { A: { ...topic, Color: 'red' } } },
    "Invalid template resource property 'Color'",
  ],
  ['a name with signs', { Resources: { 'a-b': topic } }, 'Resources name a-b is non alphanumeric'],
  ['an output without a value', { Outputs: { O: {} } }, 'Every Outputs member must contain a Value object'],
  [
    'too many resources',
    { Resources: Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`R${i}`, topic])) },
    'Number of resources, 501, is greater than maximum allowed, 500',
  ],
  [
    'an unknown policy',
    { Resources: { A: { ...topic, DeletionPolicy: 'Keep' } } },
    'Unrecognized DeletionPolicy "Keep" for resource A',
  ],
  [
    'a condition that is not there',
    { Resources: { A: { ...topic, Condition: 'No' } } },
    'Unrecognized condition No in the Resources or Outputs block of the template',
  ],
  [
    'an attribute of nothing',
    { Outputs: { O: { Value: { 'Fn::GetAtt': ['Nobody', 'Arn'] } } } },
    'instance of Fn::GetAtt references undefined resource Nobody',
  ],
  [
    'a name that every object of JavaScript has',
    { Resources: { A: { ...topic, Properties: { DisplayName: { Ref: 'constructor' } } } } },
    'Unresolved resource dependencies [constructor] in the Resources block of the template',
  ],
  [
    'a circle of three',
    {
      Resources: {
        A: { ...topic, DependsOn: 'B' },
        B: { ...topic, Properties: { DisplayName: { Ref: 'C' } } },
        C: { ...topic, Properties: { DisplayName: { 'Fn::Sub': '${A.TopicName}' } } },
        D: { ...topic, DependsOn: 'A' },
      },
    },
    'Circular dependency between resources: [A, B, C]',
  ],
];

test.each(refused)('%s is refused in words', (_, parts, words) => {
  expect(() => checkReferences(templateOf(parts))).toThrow(words);
});

const given: readonly (readonly [declared: JsonObject, value: string | undefined, words: string])[] = [
  [{ Type: 'String' }, undefined, 'Parameters: [P] must have values'],
  [{ Type: 'Number' }, 'x', "Parameter 'P' must be a number"],
  [{ Type: 'Number', MinValue: 3 }, '2', "Parameter 'P' must be a number not less than 3"],
  [{ Type: 'String', AllowedValues: ['a'] }, 'b', "Parameter 'P' must be one of AllowedValues"],
  [{ Type: 'String', AllowedPattern: '[a-z]+' }, 'B', "Parameter 'P' must match pattern [a-z]+"],
  [{ Type: 'String', MinLength: 2 }, 'a', "Parameter 'P' must contain at least 2 characters"],
  [{ Type: 'String', MaxLength: 1 }, 'ab', "Parameter 'P' must contain at most 1 characters"],
  [{ Type: 'String', MaxLength: 1, ConstraintDescription: 'be short' }, 'ab', 'failed to satisfy constraint: be short'],
  [{ Type: 'Color' }, 'red', 'Unrecognized parameter type: Color'],
];

test.each(given)('the parameter %j refuses %s', (declared, value, words) => {
  const template = templateOf({ Parameters: { P: declared } });
  expect(() => parameterValues(template, value === undefined ? {} : { P: { value } })).toThrow(words);
});

test.each<[JsonObject, string]>([
  [{ Type: 'Number', MinValue: 3, MaxValue: 3 }, '3'],
  [{ Type: 'String', MinLength: 2, MaxLength: 2 }, 'ab'],
  [{ Type: 'String', AllowedValues: ['a', 'b'] }, 'b'],
])('the parameter %j takes %s', (declared, value) => {
  const template = templateOf({ Parameters: { P: declared } });
  expect(parameterValues(template, { P: { value } })).toMatchObject({ P: { value } });
});

test('parameters take what is given, then what was before, then the default', () => {
  const template = templateOf({
    Parameters: { A: { Type: 'String', Default: 1 }, B: { Type: 'List<Number>' }, C: { Type: 'String', NoEcho: true } },
  });
  const before = parameterValues(template, { B: { value: '1, 2' }, C: { value: 'old' } });
  expect(before).toEqual({
    A: { value: '1', list: false, noEcho: false },
    B: { value: '1, 2', list: true, noEcho: false },
    C: { value: 'old', list: false, noEcho: true },
  });
  const after = parameterValues(template, { A: { value: 'x' }, B: { value: '3' }, C: { usePrevious: true } }, before);
  expect(Object.values(after).map(({ value }) => value)).toEqual(['x', '3', 'old']);
  expect(() => parameterValues(template, { Z: { value: '' } })).toThrow('Parameters: [Z] do not exist in the template');
});

/** Resources that depend only on those with a smaller number, in any order. */
const acyclic = fc
  .integer({ min: 1, max: 12 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, i) => fc.uniqueArray(fc.nat(Math.max(0, i - 1)), { maxLength: i }))),
  )
  .chain((needs) => fc.shuffledSubarray([...needs.entries()], { minLength: needs.length }))
  .map((entries) =>
    Object.fromEntries(entries.map(([i, needs]) => [`R${i}`, { ...topic, DependsOn: needs.map((n) => `R${n}`) }])),
  );

test('everything comes after what it needs, whatever the order in the template', () => {
  fc.assert(
    fc.property(acyclic, (Resources) => {
      const template = readTemplate({ Resources });
      const order = inOrder(Object.values(template.resources));
      expect(order.toSorted()).toEqual(Object.keys(Resources).toSorted());
      for (const { logicalId, dependsOn } of Object.values(template.resources)) {
        for (const need of dependsOn) expect(order.indexOf(need)).toBeLessThan(order.indexOf(logicalId));
      }
    }),
  );
});

test('whatever a template is, it is read or refused in words', () => {
  const sections = ['Resources', 'Parameters', 'Conditions', 'Outputs', 'Mappings', 'Description', 'Transform'];
  const any = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
  const template = fc.oneof(any, fc.dictionary(fc.constantFrom(...sections), any) as fc.Arbitrary<Json>);
  fc.assert(
    fc.property(template, (value) => {
      try {
        checkReferences(readTemplate(value));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
      }
    }),
  );
});
