import { given, neededText, textOf } from '../properties.ts';
import { resourceType } from '../resource-type.ts';
import { retag, tagged } from './ec2-tags.ts';

const gone = ['InvalidAllocationID.NotFound', 'InvalidAssociationID.NotFound', 'InvalidAddress.NotFound'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html */
export const ec2Eip = resourceType({
  type: 'AWS::EC2::EIP',
  properties: ['Domain', 'Tags'],
  replacedBy: ['Domain'],
  async create(properties, context) {
    const { AllocationId, PublicIp } = (await context.call('ec2', 'AllocateAddress', {
      Domain: textOf(properties, 'Domain') ?? 'vpc',
      ...tagged('elastic-ip', properties, context),
    })) as { AllocationId: string; PublicIp: string };
    return { physicalId: PublicIp, attributes: { AllocationId, PublicIp } };
  },
  async update(properties, { made, properties: was }, context) {
    await retag(String(made.attributes['AllocationId']), properties, was, context);
    return made;
  },
  async remove({ made }, context) {
    const { AllocationId } = made.attributes;
    await context.callUnless(gone, 'ec2', 'ReleaseAddress', { AllocationId });
  },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eipassociation.html */
export const ec2EipAssociation = resourceType({
  type: 'AWS::EC2::EIPAssociation',
  properties: ['AllocationId', 'InstanceId', 'NetworkInterfaceId'],
  async create(properties, context) {
    const answer = await context.call('ec2', 'AssociateAddress', {
      AllocationId: neededText(properties, 'AllocationId'),
      ...given({
        InstanceId: textOf(properties, 'InstanceId'),
        NetworkInterfaceId: textOf(properties, 'NetworkInterfaceId'),
      }),
    });
    const Id = String(answer['AssociationId']);
    return { physicalId: Id, attributes: { Id } };
  },
  async remove({ made }, context) {
    await context.callUnless(gone, 'ec2', 'DisassociateAddress', { AssociationId: made.physicalId });
  },
});
