import { cidrHolds } from '../../../aws/network/cidr.ts';
import type { InstanceDetails } from '../../../model/finding.ts';
import { publicAddresses } from '../../indexes.ts';
import { awsPools } from '../../network/outside.ts';
import type { ReadScope } from '../../operation.ts';
import type { Reader } from '../../store/port.ts';
import { type InstanceRow, instances } from './instances.ts';
import { interfaces } from './network-interfaces.ts';
import { groups } from './security-groups.ts';

/** What GuardDuty knows of instances, their interfaces and AWS's addresses. */
export function instanceFacts(tx: Reader) {
  const details = (account: string, region: string, id: string): InstanceDetails | undefined => {
    const scope: ReadScope = { tx, account, region };
    const instance = instances.rows.get(scope, id);
    return instance === undefined ? undefined : detailsOf(instance, scope);
  };
  return {
    instance: details,
    interface(account: string, region: string, id: string): InstanceDetails | undefined {
      const instance = interfaces.rows.get({ tx, account, region }, id)?.instance;
      return instance === undefined ? undefined : details(account, region, instance);
    },
    isAws: (address: string): boolean => awsPools.some(({ block }) => cidrHolds(block, address)),
    ownerOf: (address: string): string | undefined => publicAddresses.get(tx, address)?.account,
  };
}

function detailsOf(instance: InstanceRow, scope: ReadScope): InstanceDetails {
  const nic = interfaces.rows.get(scope, instance.interface);
  return {
    instanceId: instance.id,
    instanceType: instance.type,
    imageId: instance.image,
    launchTime: instance.launchedAt,
    ...(instance.profile === undefined
      ? {}
      : { iamInstanceProfile: { arn: instance.profile.arn, id: instance.profile.id } }),
    networkInterfaces:
      nic === undefined
        ? []
        : [
            {
              networkInterfaceId: nic.id,
              privateIpAddress: nic.address,
              subnetId: nic.subnet,
              vpcId: nic.vpc,
              securityGroups: nic.groups.map((groupId) => ({
                groupId,
                groupName: groups.rows.get(scope, groupId)?.name ?? '',
              })),
              ...(nic.publicAddress === undefined ? {} : { publicIp: nic.publicAddress }),
            },
          ],
    tags: Object.entries(instance.tags).map(([key, value]) => ({ key, value })),
  };
}
