import { given, numberOf, tagsOf, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';

const gone = ['ResourceNotFoundException'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
export const logsLogGroup = resourceType({
  type: 'AWS::Logs::LogGroup',
  properties: ['KmsKeyId', 'LogGroupClass', 'LogGroupName', 'RetentionInDays', 'Tags'],
  replacedBy: ['LogGroupName', 'KmsKeyId', 'LogGroupClass'],
  named: 'LogGroupName',
  async create(properties, context) {
    const logGroupName = textOf(properties, 'LogGroupName') ?? context.name(512);
    await context.call('logs', 'CreateLogGroup', {
      logGroupName,
      tags: Object.fromEntries(tagsOf(properties, context).map(({ Key, Value }) => [Key, Value])),
      ...given({ kmsKeyId: textOf(properties, 'KmsKeyId'), logGroupClass: textOf(properties, 'LogGroupClass') }),
    });
    const arn = `arn:aws:logs:${context.region}:${context.account}:log-group:${logGroupName}:*`;
    const made = { physicalId: logGroupName, attributes: { Arn: arn } };
    context.holds(made);
    const retentionInDays = numberOf(properties, 'RetentionInDays');
    if (retentionInDays !== undefined) {
      await context.call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays });
    }
    return made;
  },
  async update(properties, before, context) {
    const logGroupName = before.made.physicalId;
    const retentionInDays = numberOf(properties, 'RetentionInDays');
    if (retentionInDays === undefined) await context.call('logs', 'DeleteRetentionPolicy', { logGroupName });
    else await context.call('logs', 'PutRetentionPolicy', { logGroupName, retentionInDays });
    return before.made;
  },
  async remove({ made }, context) {
    await context.callUnless(gone, 'logs', 'DeleteLogGroup', { logGroupName: made.physicalId });
  },
});
