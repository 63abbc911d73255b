import { given, neededText, numberOf, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';
import { retag, tagged } from './ec2-tags.ts';

const optional = [
  'DeliverLogsPermissionArn',
  'LogDestination',
  'LogDestinationType',
  'LogFormat',
  'LogGroupName',
  'TrafficType',
];
const own = [...optional, 'MaxAggregationInterval', 'ResourceId', 'ResourceType'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html */
export const ec2FlowLog = resourceType({
  type: 'AWS::EC2::FlowLog',
  properties: [...own, 'Tags'],
  replacedBy: own,
  async create(properties, context) {
    const { FlowLogIds } = await context.call('ec2', 'CreateFlowLogs', {
      ResourceIds: [neededText(properties, 'ResourceId')],
      ResourceType: neededText(properties, 'ResourceType'),
      ...given(Object.fromEntries(optional.map((name) => [name, textOf(properties, name)]))),
      ...given({ MaxAggregationInterval: numberOf(properties, 'MaxAggregationInterval') }),
      ...tagged('vpc-flow-log', properties, context),
    });
    const [Id = ''] = FlowLogIds as readonly string[];
    return { physicalId: Id, attributes: { Id } };
  },
  async update(properties, { made, properties: was }, context) {
    await retag(made.physicalId, properties, was, context);
    return made;
  },
  /** An id that there is not is told in the answer, which is as good. */
  async remove({ made }, context) {
    await context.call('ec2', 'DeleteFlowLogs', { FlowLogIds: [made.physicalId] });
  },
});
