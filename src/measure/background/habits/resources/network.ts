import type { JsonObject } from '../../../../model/json.ts';
import { ingress } from '../requests.ts';
import { type Kinds, short } from './kind.ts';

const toEverywhere = (id: string): JsonObject => ({
  groupId: `sg-${id}`,
  ipPermissions: { items: [{ ipProtocol: '-1', ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] },
});

/** What traffic goes through. */
export const network = {
  group: {
    creates: (id) => [
      [
        'ec2:CreateSecurityGroup',
        { groupName: `app-${short(id)}`, groupDescription: 'Managed by Terraform', vpcId: `vpc-${id}` },
        { groupId: `sg-${id}`, _return: true },
      ],
      ['ec2:RevokeSecurityGroupEgress', toEverywhere(id)],
      ['ec2:AuthorizeSecurityGroupIngress', ingress(id, 443, '0.0.0.0/0')],
      ['ec2:AuthorizeSecurityGroupEgress', toEverywhere(id)],
    ],
    reads: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
    updates: (id) => [
      ['ec2:AuthorizeSecurityGroupIngress', ingress(id, 8080, '10.0.0.0/8')],
      ['ec2:RevokeSecurityGroupIngress', ingress(id, 8081, '10.0.0.0/8')],
    ],
    deletes: (id) => [['ec2:DeleteSecurityGroup', { groupId: `sg-${id}` }]],
  },
  network: {
    creates: (id) => [
      ['ec2:CreateVpc', { cidrBlock: '10.60.0.0/16', instanceTenancy: 'default' }],
      ['ec2:ModifyVpcAttribute', { vpcId: `vpc-${id}`, enableDnsHostnames: { value: true } }],
      ['ec2:CreateSubnet', { vpcId: `vpc-${id}`, cidrBlock: '10.60.0.0/20' }],
      ['ec2:CreateSubnet', { vpcId: `vpc-${id}`, cidrBlock: '10.60.16.0/20' }],
      ['ec2:CreateInternetGateway', {}],
      ['ec2:AttachInternetGateway', { internetGatewayId: `igw-${id}`, vpcId: `vpc-${id}` }],
      ['ec2:AllocateAddress', { domain: 'vpc' }],
      [
        'ec2:CreateNatGateway',
        { CreateNatGatewayRequest: { SubnetId: `subnet-${id}`, AllocationId: `eipalloc-${id}` } },
      ],
      ['ec2:CreateRouteTable', { vpcId: `vpc-${id}` }],
      ['ec2:CreateRoute', { routeTableId: `rtb-${id}`, destinationCidrBlock: '0.0.0.0/0', gatewayId: `igw-${id}` }],
      ['ec2:AssociateRouteTable', { routeTableId: `rtb-${id}`, subnetId: `subnet-${id}` }],
      ['ec2:CreateNetworkAcl', { vpcId: `vpc-${id}` }],
      [
        'ec2:CreateNetworkAclEntry',
        {
          networkAclId: `acl-${id}`,
          ruleNumber: 100,
          egress: false,
          ruleAction: 'allow',
          aclProtocol: '6',
          cidrBlock: '0.0.0.0/0',
          portRange: { from: 443, to: 443 },
        },
      ],
      [
        'ec2:CreateFlowLogs',
        {
          CreateFlowLogsRequest: {
            ResourceId: { tag: 1, content: `vpc-${id}` },
            ResourceType: 'VPC',
            TrafficType: 'ALL',
            LogDestinationType: 's3',
          },
        },
        { CreateFlowLogsResponse: { flowLogIdSet: { item: `fl-${id}` }, unsuccessful: '' } },
      ],
    ],
    reads: [
      'ec2:DescribeVpcs',
      'ec2:DescribeVpcAttribute',
      'ec2:DescribeSubnets',
      'ec2:DescribeRouteTables',
      'ec2:DescribeInternetGateways',
      'ec2:DescribeNatGateways',
      'ec2:DescribeFlowLogs',
      'ec2:DescribeNetworkAcls',
    ],
    updates: (id) => [
      [
        'ec2:CreateTags',
        { resourcesSet: { items: [{ resourceId: `vpc-${id}` }] }, tagSet: { items: [{ key: 'team', value: 'web' }] } },
      ],
    ],
    deletes: (id) => [
      ['ec2:DeleteFlowLogs', { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: `fl-${id}` } } }],
      ['ec2:DeleteNatGateway', { DeleteNatGatewayRequest: { NatGatewayId: `nat-${id}` } }],
      ['ec2:ReleaseAddress', { allocationId: `eipalloc-${id}` }],
      ['ec2:DeleteNetworkAcl', { networkAclId: `acl-${id}` }],
      ['ec2:DeleteRouteTable', { routeTableId: `rtb-${id}` }],
      ['ec2:DetachInternetGateway', { internetGatewayId: `igw-${id}`, vpcId: `vpc-${id}` }],
      ['ec2:DeleteInternetGateway', { internetGatewayId: `igw-${id}` }],
      ['ec2:DeleteSubnet', { subnetId: `subnet-${id}` }],
      ['ec2:DeleteVpc', { vpcId: `vpc-${id}` }],
    ],
  },
  balancer: {
    creates: (id) => [
      [
        'elasticloadbalancing:CreateLoadBalancer',
        { name: `app-${short(id)}`, scheme: 'internet-facing', type: 'application' },
      ],
      ['elasticloadbalancing:CreateTargetGroup', { name: `app-${short(id)}` }],
      ['elasticloadbalancing:CreateListener', { port: 443, protocol: 'HTTPS' }],
      ['route53:ChangeResourceRecordSets', { hostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
      ['wafv2:AssociateWebACL', { resourceArn: `app-${short(id)}` }],
    ],
    reads: [
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeTags',
      'route53:ListResourceRecordSets',
    ],
    updates: (id) => [['elasticloadbalancing:ModifyListener', { listenerArn: id }]],
    deletes: (id) => [
      ['wafv2:DisassociateWebACL', { resourceArn: `app-${short(id)}` }],
      ['elasticloadbalancing:DeleteListener', { listenerArn: id }],
      ['elasticloadbalancing:DeleteTargetGroup', { targetGroupArn: id }],
      ['elasticloadbalancing:DeleteLoadBalancer', { loadBalancerArn: id }],
      ['route53:ChangeResourceRecordSets', { hostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
    ],
  },
} satisfies Kinds;
