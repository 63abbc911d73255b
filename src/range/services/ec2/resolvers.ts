import type { ReadScope, Service } from '../../operation.ts';
import { instanceProfiles, roles } from '../iam/tables.ts';
import { addresses } from './addresses.ts';
import { instances } from './instances.ts';
import { keyPairs } from './key-pairs.ts';
import { acls } from './network-acls.ts';
import { interfaces } from './network-interfaces.ts';
import { all } from './resource.ts';
import { routeTables } from './route-tables.ts';
import { groups } from './security-groups.ts';

const arn = (scope: ReadScope, type: string, id: string) =>
  `arn:aws:ec2:${scope.region}:${scope.account}:${type}/${id}`;

/** An id's ARN where there is such a row; what does not exist is asked for as `*` of its type, as AWS evaluates it. */
function orAny(scope: ReadScope, type: string, id: string | undefined): string {
  return arn(scope, type, id ?? '*');
}

/** What only state knows: whose association an id is, which group a name means. By the authorization table's names. */
export const resolvers: NonNullable<Service['resolvers']> = {
  'ec2:security-group': (name, scope) => [...all(groups, scope)].find((row) => row.name === name)?.id ?? '*',
  'ec2:elastic-ip': (address, scope) => {
    const row = [...all(addresses, scope)].find((each) => each.address === address);
    return row === undefined ? '*' : arn(scope, 'elastic-ip', row.id);
  },
  'ec2:address-association': (association, scope) => {
    const row = [...all(addresses, scope)].find((each) => each.association === association);
    if (row === undefined) return orAny(scope, 'elastic-ip', undefined);
    return [arn(scope, 'elastic-ip', row.id), arn(scope, 'network-interface', row.networkInterface ?? '*')];
  },
  'ec2:route-table-association': (association, scope) => {
    for (const row of all(routeTables, scope)) {
      const subnet = row.associations[String(association)];
      if (subnet !== undefined) return [arn(scope, 'route-table', row.id), arn(scope, 'subnet', subnet)];
    }
    return orAny(scope, 'route-table', undefined);
  },
  'ec2:network-acl-association': (association, scope) => {
    const row = [...all(acls, scope)].find((each) => each.associations[String(association)] !== undefined);
    return orAny(scope, 'network-acl', row?.id);
  },
  'ec2:network-interface-attachment': (attachment, scope) =>
    orAny(scope, 'network-interface', [...all(interfaces, scope)].find((row) => row.attachment === attachment)?.id),
  'ec2:key-pair': (id, scope) => keyPairs.rows.get(scope, String(id))?.name ?? '*',
  'ec2:instance-profile-association': (association, scope) =>
    orAny(scope, 'instance', [...all(instances, scope)].find((row) => row.profile?.association === association)?.id),
  'ec2:instance-profile': (profile, scope) => {
    const name = lastPart(String(profile));
    return instanceProfiles.get(scope, name)?.arn ?? `arn:aws:iam::${scope.account}:instance-profile/${name}`;
  },
  // PassRole is asked on the role inside the profile.
  'ec2:instance-profile-role': (profile, scope) => {
    const role = instanceProfiles.get(scope, lastPart(String(profile)))?.role;
    return (role === undefined ? undefined : roles.get(scope, role)?.arn) ?? `arn:aws:iam::${scope.account}:role/*`;
  },
  // There is no default VPC in the range.
  'ec2:default-subnet': () => '*',
  'ec2:default-security-group': () => '*',
};

function lastPart(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}
