import { evaluate } from '../../../aws/iam/evaluate.ts';
import type { Caller } from '../../caller.ts';
import { compiledOf } from '../../chain/compiled-policies.ts';
import type { ReadScope } from '../../operation.ts';
import { type InstanceRow, instances } from '../ec2/instances.ts';
import type { Machines } from '../ec2/machines.ts';
import { interfaces } from '../ec2/network-interfaces.ts';
import { all } from '../ec2/resource.ts';
import { type NamedPolicy, principalPolicies } from '../iam/principal.ts';
import { instanceProfiles, type Role, roles } from '../iam/tables.ts';

export const agentVersion = '3.3.2299.0';

/** What an agent must be allowed before it takes commands. https://docs.aws.amazon.com/systems-manager/latest/userguide/ec2messages-api-operations.html */
const needed = ['ssm:UpdateInstanceInformation', 'ec2messages:GetMessages'];
const neededInstead = ['ssm:UpdateInstanceInformation', 'ssmmessages:OpenControlChannel'];

/** An instance that Systems Manager knows: it reads EC2's rows and IAM's policies, as its agent's own calls would show them. */
export interface Managed {
  readonly instance: InstanceRow;
  readonly role: string;
  readonly address: string;
  readonly online: boolean;
}

/** Every instance whose agent has said who it is. */
export function managedInstances(scope: ReadScope, machines: Machines): readonly Managed[] {
  return [...all(instances, scope)].flatMap((instance) => managed(instance, scope, machines) ?? []);
}

export function managedInstance(scope: ReadScope, machines: Machines, id: string): Managed | undefined {
  const instance = instances.rows.get(scope, id);
  return instance === undefined ? undefined : managed(instance, scope, machines);
}

function managed(instance: InstanceRow, scope: ReadScope, machines: Machines): Managed | undefined {
  if (instance.boots === 0 || instance.state === 'terminated' || instance.state === 'shutting-down') return undefined;
  const role = roleOf(instance, scope);
  if (role === undefined) return undefined;
  const machine = { account: scope.account, region: scope.region, instance: instance.id };
  return {
    instance,
    role,
    address: interfaces.rows.get(scope, instance.interface)?.address ?? '',
    online: instance.state === 'running' && machines.hasAgent(machine),
  };
}

/** The role of the profile, where it lets the agent speak to Systems Manager. */
function roleOf(instance: InstanceRow, scope: ReadScope): string | undefined {
  const arn = instance.profile?.arn ?? '';
  const profile = instanceProfiles.get(scope, arn.slice(arn.lastIndexOf('/') + 1));
  const role = profile?.role === undefined ? undefined : roles.get(scope, profile.role);
  if (role === undefined) return undefined;
  const caller = agentOf(instance, role, scope);
  const own = principalPolicies(caller, scope);
  const may = (action: string) =>
    evaluate({
      principal: caller,
      action,
      resource: '*',
      resourceAccount: scope.account,
      identityPolicies: own.identity.map(compiled),
      ...(own.boundaries === undefined ? {} : { permissionBoundaries: own.boundaries.map(compiled) }),
    }).decision === 'allowed';
  return needed.every(may) || neededInstead.every(may) ? role.name : undefined;
}

/** The agent as a caller, by the credentials and from the address of its instance. */
export interface Agent {
  readonly as: Caller;
  readonly sourceIp: string;
  readonly userAgent: string;
}

export function agentCaller(scope: ReadScope, id: string): Agent | undefined {
  const instance = instances.rows.get(scope, id);
  const arn = instance?.profile?.arn ?? '';
  const profile = instanceProfiles.get(scope, arn.slice(arn.lastIndexOf('/') + 1));
  const role = profile?.role === undefined ? undefined : roles.get(scope, profile.role);
  if (instance === undefined || role === undefined) return undefined;
  const nic = interfaces.rows.get(scope, instance.interface);
  return {
    as: agentOf(instance, role, scope),
    sourceIp: nic?.publicAddress ?? nic?.address ?? '',
    // Its form was observed in CloudTrail records, and is not documented.
    userAgent: `aws-sdk-go/1.55.5 (go1.23.4; linux; amd64) amazon-ssm-agent/${agentVersion}`,
  };
}

function agentOf(instance: InstanceRow, role: Role, { account }: ReadScope): Caller {
  return {
    kind: 'assumed-role',
    account,
    arn: `arn:aws:sts::${account}:assumed-role/${role.name}/${instance.id}`,
    roleArn: role.arn,
    roleId: role.id,
    roleName: role.name,
    sessionName: instance.id,
    accessKeyId: '',
    session: { issuedAt: instance.launchedAt, expiresAt: Number.MAX_SAFE_INTEGER, mfa: false },
  };
}

function compiled({ name, document }: NamedPolicy) {
  return { name, policy: compiledOf(document) };
}
