import type { JsonObject } from '../../../../model/json.ts';
import { inlineCode } from '../inline-code.ts';
import { given, neededText, numberOf, objectOf, tagMapOf, textOf, textsOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export const lambdaFunction = resourceType({
  type: 'AWS::Lambda::Function',
  properties: [
    ...['Architectures', 'Code', 'Description', 'Environment', 'EphemeralStorage', 'FunctionName', 'Handler'],
    ...['Layers', 'MemorySize', 'PackageType', 'ReservedConcurrentExecutions', 'Role', 'Runtime', 'Tags', 'Timeout'],
  ],
  replacedBy: ['FunctionName', 'PackageType'],
  named: 'FunctionName',
  async create(properties, context) {
    const FunctionName = textOf(properties, 'FunctionName') ?? context.name(64);
    const answer = await context.call('lambda', 'CreateFunction', {
      FunctionName,
      Code: codeOf(properties),
      ...configurationOf(properties),
      ...given({
        PackageType: textOf(properties, 'PackageType'),
        Architectures: properties['Architectures'] && textsOf(properties, 'Architectures'),
      }),
      Tags: tagMapOf(properties, context),
    });
    const made = { physicalId: FunctionName, attributes: { Arn: String(answer['FunctionArn']) } };
    context.holds(made);
    await reserve(FunctionName, properties, {}, context);
    return made;
  },
  async update(properties, before, context) {
    const FunctionName = before.made.physicalId;
    await context.call('lambda', 'UpdateFunctionConfiguration', { FunctionName, ...configurationOf(properties) });
    if (JSON.stringify(properties['Code']) !== JSON.stringify(before.properties['Code'])) {
      await context.call('lambda', 'UpdateFunctionCode', { FunctionName, ...codeOf(properties) });
    }
    await reserve(FunctionName, properties, before.properties, context);
    const Resource = String(before.made.attributes['Arn']);
    await context.call('lambda', 'TagResource', { Resource, Tags: tagMapOf(properties, context) });
    return before.made;
  },
  async remove({ made }, context) {
    const input = { FunctionName: made.physicalId };
    await context.callUnless(['ResourceNotFoundException'], 'lambda', 'DeleteFunction', input);
  },
});

function configurationOf(properties: JsonObject): Record<string, unknown> {
  const environment = objectOf(properties, 'Environment');
  const variables = objectOf(environment ?? {}, 'Variables') ?? {};
  return given({
    Role: neededText(properties, 'Role'),
    Runtime: textOf(properties, 'Runtime'),
    Handler: textOf(properties, 'Handler'),
    Description: textOf(properties, 'Description'),
    Timeout: numberOf(properties, 'Timeout'),
    MemorySize: numberOf(properties, 'MemorySize'),
    Layers: properties['Layers'] && textsOf(properties, 'Layers'),
    EphemeralStorage: objectOf(properties, 'EphemeralStorage'),
    Environment: environment && {
      Variables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)])),
    },
  });
}

function codeOf(properties: JsonObject): Record<string, unknown> {
  const code = objectOf(properties, 'Code') ?? {};
  const source = textOf(code, 'ZipFile');
  return given({
    S3Bucket: textOf(code, 'S3Bucket'),
    S3Key: textOf(code, 'S3Key'),
    S3ObjectVersion: textOf(code, 'S3ObjectVersion'),
    ImageUri: textOf(code, 'ImageUri'),
    ZipFile: source === undefined ? undefined : inlineCode(source, textOf(properties, 'Runtime') ?? ''),
  });
}

async function reserve(name: string, now: JsonObject, was: JsonObject, context: ResourceContext): Promise<void> {
  const reserved = numberOf(now, 'ReservedConcurrentExecutions');
  const FunctionName = name;
  if (reserved !== undefined) {
    const input = { FunctionName, ReservedConcurrentExecutions: reserved };
    await context.call('lambda', 'PutFunctionConcurrency', input);
  } else if (was['ReservedConcurrentExecutions'] !== undefined) {
    await context.call('lambda', 'DeleteFunctionConcurrency', { FunctionName });
  }
}
