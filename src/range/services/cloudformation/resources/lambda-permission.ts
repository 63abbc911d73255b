import { given, neededText, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';

const names = ['SourceArn', 'SourceAccount', 'PrincipalOrgID', 'EventSourceToken', 'FunctionUrlAuthType'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
export const lambdaPermission = resourceType({
  type: 'AWS::Lambda::Permission',
  properties: [...names, 'Action', 'FunctionName', 'Principal'],
  async create(properties, context) {
    const StatementId = context.name(100);
    await context.call('lambda', 'AddPermission', {
      FunctionName: neededText(properties, 'FunctionName'),
      StatementId,
      Action: neededText(properties, 'Action'),
      Principal: neededText(properties, 'Principal'),
      ...given(Object.fromEntries(names.map((name) => [name, textOf(properties, name)]))),
    });
    return { physicalId: StatementId, attributes: { Id: StatementId } };
  },
  async remove({ made, properties }, context) {
    const input = { FunctionName: neededText(properties, 'FunctionName'), StatementId: made.physicalId };
    await context.callUnless(['ResourceNotFoundException'], 'lambda', 'RemovePermission', input);
  },
});
