import { AwsError } from '../../../aws/error.ts';
import type { Operation, Service } from '../../operation.ts';
import {
  AllocateAddress,
  AssociateAddress,
  DescribeAddresses,
  DisassociateAddress,
  ReleaseAddress,
} from './addresses.ts';
import * as control from './control-instances.ts';
import { DescribeInstanceStatus, DescribeInstances } from './describe-instances.ts';
import { CreateFlowLogs, DeleteFlowLogs, DescribeFlowLogs, deliverFlowLines } from './flow-logs.ts';
import { DescribeImages } from './images.ts';
import { instances } from './instances.ts';
import * as gateway from './internet-gateways.ts';
import { CreateKeyPair, DeleteKeyPair, DescribeKeyPairs, ImportKeyPair } from './key-pairs.ts';
import type { Machines } from './machines.ts';
import * as acl from './network-acls.ts';
import * as nic from './network-interfaces.ts';
import { powerOf } from './power.ts';
import { rebootOf } from './reboot.ts';
import { resolvers } from './resolvers.ts';
import { kindOf } from './resource.ts';
import * as route from './route-tables.ts';
import { RunInstances } from './run-instances.ts';
import * as group from './security-groups.ts';
import * as subnet from './subnets.ts';
import { CreateTags, DeleteTags, DescribeTags } from './tags.ts';
import * as vpc from './vpcs.ts';
import { DescribeAvailabilityZones, DescribeRegions } from './zones.ts';

/** Of what a file exports, the operations. */
function operationsOf(exported: Readonly<Record<string, unknown>>): Record<string, Operation> {
  return Object.fromEntries(Object.entries(exported).filter(([name]) => /^[A-Z]/.test(name))) as Record<
    string,
    Operation
  >;
}

const operations: Readonly<Record<string, Operation>> = {
  ...Object.assign({}, ...[acl, control, gateway, group, nic, route, subnet, vpc].map(operationsOf)),
  AllocateAddress,
  AssociateAddress,
  CreateFlowLogs,
  CreateKeyPair,
  CreateTags,
  DeleteFlowLogs,
  DeleteKeyPair,
  DeleteTags,
  DescribeAddresses,
  DescribeAvailabilityZones,
  DescribeFlowLogs,
  DescribeImages,
  DescribeInstanceStatus,
  DescribeInstances,
  DescribeKeyPairs,
  DescribeRegions,
  DescribeTags,
  DisassociateAddress,
  ImportKeyPair,
  ReleaseAddress,
  RunInstances,
};

/** `DryRun`: the call was authorised and would have been done. */
function withDryRun(operation: Operation): Operation {
  return {
    ...operation,
    handle(input, call, prepared) {
      if (input['DryRun'] === true) {
        throw new AwsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', { status: 412 });
      }
      return operation.handle(input, call, prepared);
    },
  };
}

export function ec2(machines: Machines): Service {
  return {
    name: 'ec2',
    operations: Object.fromEntries(Object.entries(operations).map(([name, each]) => [name, withDryRun(each)])),
    tags(arn, scope) {
      const id = arn.slice(arn.lastIndexOf('/') + 1);
      return kindOf(id)?.rows.get(scope, id)?.tags;
    },
    resolvers,
    keys(arn, scope) {
      const instance = /:instance\/(.+)$/.exec(arn)?.[1];
      const row = instance === undefined ? undefined : instances.rows.get(scope, instance);
      if (row === undefined) return {};
      return {
        'ec2:InstanceType': row.type,
        'ec2:AvailabilityZone': row.zone,
        'ec2:MetadataHttpTokens': row.metadata.tokens,
        'ec2:InstanceID': row.id,
        ...(row.profile === undefined ? {} : { 'ec2:InstanceProfile': row.profile.arn }),
      };
    },
    consumers: [powerOf(machines), rebootOf(machines), deliverFlowLines],
  };
}
