import type { JsonObject } from '../../../../model/json.ts';
import { given, neededText, numberOf, objectsOf, textOf } from '../properties.ts';
import { type ResourceContext, resourceType } from '../resource-type.ts';
import { retag, tagged } from './ec2-tags.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html */
export const ec2SecurityGroup = resourceType({
  type: 'AWS::EC2::SecurityGroup',
  properties: ['GroupDescription', 'GroupName', 'SecurityGroupEgress', 'SecurityGroupIngress', 'Tags', 'VpcId'],
  replacedBy: ['GroupDescription', 'GroupName', 'VpcId'],
  async create(properties, context) {
    const VpcId = textOf(properties, 'VpcId');
    const answer = await context.call('ec2', 'CreateSecurityGroup', {
      GroupName: textOf(properties, 'GroupName') ?? context.name(255),
      Description: neededText(properties, 'GroupDescription'),
      ...given({ VpcId }),
      ...tagged('security-group', properties, context),
    });
    const GroupId = String(answer['GroupId']);
    const made = { physicalId: GroupId, attributes: { GroupId, Id: GroupId, VpcId: VpcId ?? '' } };
    context.holds(made);
    await bringRules(GroupId, properties, {}, context);
    return made;
  },
  async update(properties, { made, properties: was }, context) {
    await bringRules(made.physicalId, properties, was, context);
    await retag(made.physicalId, properties, was, context);
    return made;
  },
  async remove({ made }, context) {
    await context.callUnless(['InvalidGroup.NotFound'], 'ec2', 'DeleteSecurityGroup', { GroupId: made.physicalId });
  },
});

/** Every new group lets everything out; a template that says what may go out takes that away. */
const openEgress = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

async function bringRules(GroupId: string, now: JsonObject, was: JsonObject, context: ResourceContext): Promise<void> {
  for (const way of ['Ingress', 'Egress']) {
    const wanted = rulesOf(now, way);
    const there = rulesOf(was, way);
    const gone = without(there, wanted);
    const fresh = without(wanted, there);
    if (gone.length > 0) await context.call('ec2', `RevokeSecurityGroup${way}`, { GroupId, IpPermissions: gone });
    if (fresh.length > 0) await context.call('ec2', `AuthorizeSecurityGroup${way}`, { GroupId, IpPermissions: fresh });
  }
}

function without(rules: readonly object[], others: readonly object[]): readonly object[] {
  const known = new Set(others.map((rule) => JSON.stringify(rule)));
  return rules.filter((rule) => !known.has(JSON.stringify(rule)));
}

function rulesOf(properties: JsonObject, way: string): Record<string, unknown>[] {
  const written = objectsOf(properties, `SecurityGroup${way}`).map((rule) => ruleOf(rule, way));
  return way === 'Egress' && written.length === 0 ? [openEgress] : written;
}

export function ruleOf(rule: JsonObject, way: string): Record<string, unknown> {
  const Description = textOf(rule, 'Description');
  const said = given({ Description });
  const cidr = textOf(rule, 'CidrIp');
  const cidr6 = textOf(rule, 'CidrIpv6');
  const group = textOf(rule, way === 'Ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId');
  return {
    IpProtocol: neededText(rule, 'IpProtocol'),
    ...given({
      FromPort: numberOf(rule, 'FromPort'),
      ToPort: numberOf(rule, 'ToPort'),
      IpRanges: cidr === undefined ? undefined : [{ CidrIp: cidr, ...said }],
      Ipv6Ranges: cidr6 === undefined ? undefined : [{ CidrIpv6: cidr6, ...said }],
      UserIdGroupPairs: group === undefined ? undefined : [{ GroupId: group, ...said }],
    }),
  };
}
