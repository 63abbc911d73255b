import { accountIdsOf } from '../range/chain/commit.ts';
import type { MetadataSource, RoleCredentials } from '../range/hosts/ports.ts';
import type { ReadScope } from '../range/operation.ts';
import { type InstanceRow, instances } from '../range/services/ec2/instances.ts';
import type { MachineId } from '../range/services/ec2/machines.ts';
import { interfaces } from '../range/services/ec2/network-interfaces.ts';
import { groups } from '../range/services/ec2/security-groups.ts';
import { subnets } from '../range/services/ec2/subnets.ts';
import { instanceProfiles, roles } from '../range/services/iam/tables.ts';
import { issueSession } from '../range/sessions.ts';
import { table } from '../range/table.ts';
import type { MachinesParts } from './machines.ts';

/** What the metadata service has handed out and still does, by instance and version of the service. */
const handedOut = table<RoleCredentials & { readonly boots: number; readonly profile: string }>('ec2', 'credentials');

/** Instance credentials are good for about six hours and renewed before they end. */
const sessionMs = 6 * 3_600_000;
const renewBeforeMs = 15 * 60_000;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html */
export function metadataOf(
  machine: MachineId,
  parts: Pick<MachinesParts, 'store' | 'clock' | 'ids' | 'failed'>,
): MetadataSource {
  const { account, region } = machine;
  const scope: ReadScope = { tx: parts.store, account, region };
  const row = (): InstanceRow | undefined => instances.rows.get(scope, machine.instance);
  return {
    options() {
      const options = row()?.metadata;
      return {
        enabled: options?.enabled ?? false,
        tokens: options?.tokens ?? 'required',
        hopLimit: options?.hopLimit ?? 1,
      };
    },
    values: () => valuesOf(row(), scope),
    userData() {
      const text = row()?.userData;
      return text === undefined ? undefined : Buffer.from(text, 'base64');
    },
    credentials: (delivery) => credentialsOf(machine, delivery, row(), parts),
    identityDocument() {
      const instance = row();
      return {
        accountId: account,
        architecture: 'x86_64',
        availabilityZone: instance?.zone,
        billingProducts: null,
        devpayProductCodes: null,
        marketplaceProductCodes: null,
        imageId: instance?.image,
        instanceId: machine.instance,
        instanceType: instance?.type,
        kernelId: null,
        pendingTime: instance === undefined ? null : new Date(instance.launchedAt).toISOString().replace('.000Z', 'Z'),
        privateIp: interfaces.rows.get(scope, instance?.interface ?? '')?.address,
        ramdiskId: null,
        region,
        version: '2017-09-30',
      };
    },
  };
}

function valuesOf(instance: InstanceRow | undefined, scope: ReadScope): Record<string, string> {
  if (instance === undefined) return {};
  const nic = interfaces.rows.get(scope, instance.interface);
  const address = nic?.address ?? '';
  const hostname = `ip-${address.replaceAll('.', '-')}.${scope.region}.compute.internal`;
  const mac = nic?.mac ?? '';
  const at = `network/interfaces/macs/${mac}/`;
  const groupNames = (nic?.groups ?? []).map((id) => groups.rows.get(scope, id)?.name ?? id).join('\n');
  const names = nic?.publicAddress === undefined ? {} : publicNames(nic.publicAddress, scope.region);
  return {
    'ami-id': instance.image,
    'ami-launch-index': '0',
    hostname,
    'instance-action': 'none',
    'instance-id': instance.id,
    'instance-life-cycle': 'on-demand',
    'instance-type': instance.type,
    'local-hostname': hostname,
    'local-ipv4': address,
    mac,
    [`${at}device-number`]: '0',
    [`${at}interface-id`]: instance.interface,
    [`${at}local-ipv4s`]: address,
    [`${at}mac`]: mac,
    [`${at}owner-id`]: scope.account,
    [`${at}security-group-ids`]: (nic?.groups ?? []).join('\n'),
    [`${at}subnet-id`]: instance.subnet,
    [`${at}subnet-ipv4-cidr-block`]: subnets.rows.get(scope, instance.subnet)?.block ?? '',
    [`${at}vpc-id`]: instance.vpc,
    'placement/availability-zone': instance.zone,
    'placement/region': scope.region,
    'reservation-id': instance.reservation,
    'security-groups': groupNames,
    ...names,
    ...(instance.metadata.tags
      ? Object.fromEntries(Object.entries(instance.tags).map(([key, value]) => [`tags/instance/${key}`, value]))
      : {}),
  };
}

function publicNames(address: string, region: string): Record<string, string> {
  return {
    'public-ipv4': address,
    'public-hostname': `ec2-${address.replaceAll('.', '-')}.${region}.compute.amazonaws.com`,
  };
}

/** The same until they are about to end, or the instance was stopped and started; a reboot changes nothing. */
function credentialsOf(
  { account, region, instance: id }: MachineId,
  delivery: '1.0' | '2.0',
  instance: InstanceRow | undefined,
  { store, clock, ids, failed }: Pick<MachinesParts, 'store' | 'clock' | 'ids' | 'failed'>,
): RoleCredentials | undefined {
  if (instance?.profile === undefined) return undefined;
  const scope: ReadScope = { tx: store, account, region };
  const profile = instanceProfiles.get(scope, instance.profile.arn.slice(instance.profile.arn.lastIndexOf('/') + 1));
  const role = profile?.role === undefined ? undefined : roles.get(scope, profile.role);
  if (profile === undefined || role === undefined) return undefined;
  const now = clock.now();
  const kept = handedOut.get(scope, `${id}/${delivery}`);
  const good = kept?.boots === instance.boots && kept.profile === profile.arn && kept.roleName === role.name;
  if (good && kept.expiresAt - now > renewBeforeMs) return kept;
  const issuedAt = now - (now % 1000);
  let made: RoleCredentials | undefined;
  store
    .commit((tx) => {
      const keys = issueSession(
        tx,
        accountIdsOf(ids, account),
        {
          kind: 'assumed-role',
          account,
          arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${id}`,
          roleArn: role.arn,
          roleId: role.id,
          roleName: role.name,
          sessionName: id,
          session: {
            issuedAt,
            expiresAt: now + sessionMs,
            mfa: false,
            roleDelivery: delivery,
            instanceArn: `arn:aws:ec2:${region}:${account}:instance/${id}`,
          },
        },
        now + sessionMs,
      );
      made = { ...keys, roleName: role.name, instanceProfileArn: profile.arn, instanceProfileId: profile.id, issuedAt };
      handedOut.put({ tx, account, region }, `${id}/${delivery}`, {
        ...made,
        boots: instance.boots,
        profile: profile.arn,
      });
    })
    .catch(failed);
  return made;
}
