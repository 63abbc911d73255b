import { AwsError } from '../../../../aws/error.ts';
import type { JsonObject } from '../../../../model/json.ts';
import { given, neededText, objectOf, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
export const ssmParameter = resourceType({
  type: 'AWS::SSM::Parameter',
  properties: ['AllowedPattern', 'DataType', 'Description', 'Name', 'Policies', 'Tags', 'Tier', 'Type', 'Value'],
  replacedBy: ['Name', 'Type', 'DataType'],
  async create(properties, context) {
    const Name = textOf(properties, 'Name') ?? context.name(1011);
    const tags = Object.entries({ ...context.tags, ...tagMap(properties) });
    const Tags = tags.map(([Key, Value]) => ({ Key, Value }));
    await context.call('ssm', 'PutParameter', { Name, ...inputOf(properties), Tags });
    return madeOf(Name, properties);
  },
  async update(properties, { made }, context) {
    const Name = made.physicalId;
    await context.call('ssm', 'PutParameter', { Name, ...inputOf(properties), Overwrite: true });
    return madeOf(Name, properties);
  },
  async remove({ made }, context) {
    await context.callUnless(['ParameterNotFound'], 'ssm', 'DeleteParameter', { Name: made.physicalId });
  },
});

/** Here tags are a map, not a list. */
function tagMap(properties: JsonObject): Record<string, string> {
  const tags = objectOf(properties, 'Tags') ?? {};
  return Object.fromEntries(Object.keys(tags).map((key) => [key, textOf(tags, key) ?? '']));
}

function inputOf(properties: JsonObject) {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html#cfn-ssm-parameter-type
  if (textOf(properties, 'Type') === 'SecureString')
    throw new AwsError(
      'ValidationException',
      'Properties validation failed: #/Type: SecureString is not a valid enum value',
    );
  const optional = ['AllowedPattern', 'DataType', 'Description', 'Policies', 'Tier'];
  return {
    Type: neededText(properties, 'Type'),
    Value: neededText(properties, 'Value'),
    ...given(Object.fromEntries(optional.map((name) => [name, textOf(properties, name)]))),
  };
}

function madeOf(Name: string, properties: JsonObject) {
  const [Type, Value] = [neededText(properties, 'Type'), neededText(properties, 'Value')];
  return { physicalId: Name, attributes: { Type, Value } };
}
