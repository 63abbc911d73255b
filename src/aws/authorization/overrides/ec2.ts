import type { Override, Overrides } from '../table.ts';
import { ec2ResourceOf, isShared } from './ec2-arn.ts';
import { ec2Keys } from './ec2-keys.ts';
import { runInstances } from './ec2-run-instances.ts';
import { listAt, textAt } from './members.ts';

// The resources of each action: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
type Input = Readonly<Record<string, unknown>>;
const group = [
  ['security-group!', { SecurityGroupId: 'GroupId|SecurityGroupId|@ec2:security-group:GroupName' }],
] as const;
const shared = ['=arn:${Partition}:ec2:${Region}::${Resource}', { Resource: 'Shared[]' }] as const;
const owned = ['=arn:${Partition}:ec2:${Region}:${Account}:${Resource}', { Resource: 'Owned[]' }] as const;
const tagged = { r: [owned, shared], u: [] } as const;
/** The role of an instance profile is passed with it. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html */
const passesProfile = {
  a: 'iam:PassRole',
  if: 'IamInstanceProfile.Arn|IamInstanceProfile.Name',
  r: [['!', '@ec2:instance-profile-role:Profile']],
  k: { 'iam:PassedToService': '=ec2.amazonaws.com' },
} as const;

export const ec2: Overrides = {
  operations: {
    RunInstances: runInstances(passesProfile, profile),
    AuthorizeSecurityGroupIngress: onGroup(),
    AuthorizeSecurityGroupEgress: onGroup(),
    RevokeSecurityGroupIngress: onGroup(),
    RevokeSecurityGroupEgress: onGroup(),
    UpdateSecurityGroupRuleDescriptionsIngress: onGroup(),
    UpdateSecurityGroupRuleDescriptionsEgress: onGroup(),
    DeleteSecurityGroup: onGroup(),
    ModifySecurityGroupRules: {
      why: 'Group and rules. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html',
      change: {
        r: [...group, ['security-group-rule', { SecurityGroupRuleId: 'SecurityGroupRules[].SecurityGroupRuleId' }]],
        u: [],
      },
    },
    CreateTags: {
      why: 'The type of a resource shows in its id; tagging afterwards has no ec2:CreateAction. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html',
      // Keys of what is tagged are the same as for any other action on it, and come from state.
      change: { ...tagged, x: [] },
      with: resourcesOf('Resources'),
    },
    DeleteTags: {
      why: 'As CreateTags; a tag is removed by its key. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteTags.html',
      change: { ...tagged, x: [], t: 'Tags[].Key' },
      with: resourcesOf('Resources'),
    },
    CreateFlowLogs: {
      why: 'Type and ids of what is watched are members; to S3 a log delivery is made. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-permissions.html',
      change: {
        r: [['=arn:${Partition}:ec2:${Region}:${Account}:vpc-flow-log/*!', {}], owned],
        u: [],
      },
      adds: [
        { a: 'logs:CreateLogDelivery', if: 'Delivered' },
        { a: 'logs:DeleteLogDelivery', if: 'Delivered' },
      ],
      with: (input) => ({ ...resourcesOf('ResourceIds')(input), ...delivered(input) }),
    },
    DeleteFlowLogs: {
      why: 'The ids are called FlowLogIds. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteFlowLogs.html',
      change: { r: [['vpc-flow-log!', { VpcFlowLogId: 'FlowLogIds[]' }]], u: [] },
    },
    AllocateAddress: {
      why: 'A new address. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AllocateAddress.html',
      change: { r: [['elastic-ip!', { AllocationId: '*' }]], u: [] },
    },
    AssociateAddress: {
      why: 'The address by allocation or by itself. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html',
      change: {
        r: [
          ['elastic-ip!', { AllocationId: 'AllocationId|@ec2:elastic-ip:PublicIp' }],
          ['instance', { InstanceId: 'InstanceId' }],
          ['network-interface', { NetworkInterfaceId: 'NetworkInterfaceId' }],
        ],
      },
    },
    ReleaseAddress: {
      why: 'The address by allocation or by itself. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReleaseAddress.html',
      change: { r: [['elastic-ip!', { AllocationId: 'AllocationId|@ec2:elastic-ip:PublicIp' }]] },
    },
    DisassociateAddress: {
      why: 'The association names address and interface in state. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateAddress.html',
      change: { r: [['!', '@ec2:address-association:AssociationId|@ec2:elastic-ip:PublicIp']], u: [] },
    },
    DisassociateRouteTable: ofAssociation('route-table-association', 'AssociationId'),
    ReplaceRouteTableAssociation: {
      why: 'The association names the table that was, in state. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceRouteTableAssociation.html',
      change: {
        r: [
          ['route-table!', { RouteTableId: 'RouteTableId' }],
          ['!', '@ec2:route-table-association:AssociationId'],
        ],
        u: [],
      },
    },
    ReplaceNetworkAclAssociation: {
      why: 'The association names the subnet, in state. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceNetworkAclAssociation.html',
      change: {
        r: [
          ['network-acl!', { NaclId: 'NetworkAclId' }],
          ['!', '@ec2:network-acl-association:AssociationId'],
        ],
        u: [],
      },
    },
    DeleteKeyPair: {
      why: 'By name or id. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteKeyPair.html',
      change: { r: [['key-pair', { KeyPairName: 'KeyName|@ec2:key-pair:KeyPairId' }]] },
    },
    AssociateIamInstanceProfile: { why: 'Passes the role of the profile.', adds: [passesProfile], with: profile },
    ReplaceIamInstanceProfileAssociation: {
      why: 'The association names the instance, in state; passes the role of the new profile. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ReplaceIamInstanceProfileAssociation.html',
      change: { r: [['!', '@ec2:instance-profile-association:AssociationId']], u: [] },
      adds: [passesProfile],
      with: profile,
    },
    DisassociateIamInstanceProfile: ofAssociation('instance-profile-association', 'AssociationId'),
    CreateImage: {
      why: 'A new image and new snapshots of an instance. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html',
      change: {
        r: [
          ['image!', { ImageId: '*' }],
          ['snapshot!', { SnapshotId: '*' }],
          ['instance!', { InstanceId: 'InstanceId' }],
        ],
        u: [],
      },
    },
    DetachNetworkInterface: {
      why: 'The attachment names interface and instance, in state. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachNetworkInterface.html',
      change: { r: [['!', '@ec2:network-interface-attachment:AttachmentId']], u: [] },
    },
  },
  keys: ec2Keys,
};

function onGroup(): Override {
  return {
    why: 'The group by id, or by name in the default VPC. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html',
    change: { r: group, u: [] },
  };
}

function ofAssociation(kind: string, member: string): Override {
  return {
    why: `${member} names its resources in state.`,
    change: { r: [['!', `@ec2:${kind}:${member}`]], u: [] },
  };
}

/** The ids as the ends of their ARNs, apart those of which any account may be the owner. */
function resourcesOf(member: string) {
  return (input: Input): Input => {
    const ids = listAt(input, member);
    return {
      Shared: ids.filter(isShared).map(ec2ResourceOf),
      Owned: ids.filter((id) => !isShared(id)).map(ec2ResourceOf),
    };
  };
}

function profile(input: Input): Input {
  const given = input['IamInstanceProfile'];
  const fields = typeof given === 'object' && given !== null ? (given as Input) : {};
  return { Profile: textAt(fields, 'Arn') ?? textAt(fields, 'Name') };
}

function delivered(input: Input): Input {
  return textAt(input, 'LogDestinationType') === 's3' ? { Delivered: true } : {};
}
