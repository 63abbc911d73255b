import { ec2Eip, ec2EipAssociation } from './ec2-eip.ts';
import { ec2FlowLog } from './ec2-flow-log.ts';
import { ec2Instance } from './ec2-instance.ts';
import { ec2GatewayAttachment, ec2InternetGateway } from './ec2-internet-gateway.ts';
import { ec2KeyPair } from './ec2-key-pair.ts';
import { ec2NetworkAcl, ec2NetworkAclAssociation, ec2NetworkAclEntry } from './ec2-network-acl.ts';
import { ec2Route, ec2RouteTable, ec2RouteTableAssociation } from './ec2-route-table.ts';
import { ec2SecurityGroup } from './ec2-security-group.ts';
import { ec2SecurityGroupEgress, ec2SecurityGroupIngress } from './ec2-security-group-rule.ts';
import { ec2Subnet } from './ec2-subnet.ts';
import { ec2Vpc } from './ec2-vpc.ts';

export const ec2Types = [
  ec2Eip,
  ec2EipAssociation,
  ec2FlowLog,
  ec2GatewayAttachment,
  ec2Instance,
  ec2InternetGateway,
  ec2KeyPair,
  ec2NetworkAcl,
  ec2NetworkAclAssociation,
  ec2NetworkAclEntry,
  ec2Route,
  ec2RouteTable,
  ec2RouteTableAssociation,
  ec2SecurityGroup,
  ec2SecurityGroupEgress,
  ec2SecurityGroupIngress,
  ec2Subnet,
  ec2Vpc,
];
