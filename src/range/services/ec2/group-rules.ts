import type { Call } from '../../operation.ts';
import { block, canonical } from './blocks.ts';
import type { FilterFacts } from './describe.ts';
import { protocolName, protocolOf } from './protocols.ts';
import { refuse } from './resource.ts';
import type { GroupRow, RulesInput } from './security-groups.ts';

/** One permission with one counterpart: exactly one of block, ipv6, group and prefixList is set. */
export interface GroupRuleRow {
  readonly id: string;
  readonly protocol: number;
  /** Ports, or ICMP type and code; -1 is any. */
  readonly from: number;
  readonly to: number;
  readonly block?: string;
  readonly ipv6?: string;
  readonly group?: string;
  readonly prefixList?: string;
  readonly description?: string;
}

interface Permission {
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly IpRanges?: readonly { readonly CidrIp?: string; readonly Description?: string }[];
  readonly Ipv6Ranges?: readonly { readonly CidrIpv6?: string; readonly Description?: string }[];
  readonly UserIdGroupPairs?: readonly { readonly GroupId?: string; readonly Description?: string }[];
  readonly PrefixListIds?: readonly { readonly PrefixListId?: string; readonly Description?: string }[];
}

/** A permission names many counterparts; each becomes a rule of its own, as EC2 numbers them. */
export function rulesOf(input: RulesInput, call: Pick<Call, 'ids'>): readonly GroupRuleRow[] {
  const shorthand: Permission = {
    ...(input.IpProtocol === undefined ? {} : { IpProtocol: input.IpProtocol }),
    ...(input.FromPort === undefined ? {} : { FromPort: input.FromPort }),
    ...(input.ToPort === undefined ? {} : { ToPort: input.ToPort }),
    IpRanges: input.CidrIp === undefined ? [] : [{ CidrIp: input.CidrIp }],
  };
  const permissions =
    (input.IpPermissions as readonly Permission[] | undefined) ?? (input.IpProtocol === undefined ? [] : [shorthand]);
  const rules = permissions.flatMap((permission) => rulesOfOne(permission, call));
  if (rules.length === 0)
    throw refuse('MissingParameter', "Either 'ipPermissions' or 'securityGroupRuleIds' should be provided.");
  return rules;
}

function rulesOfOne(permission: Permission, call: Pick<Call, 'ids'>): GroupRuleRow[] {
  const protocol = protocolOf(permission.IpProtocol ?? '');
  const all = protocol === -1 || (protocol !== 6 && protocol !== 17 && protocol !== 1 && protocol !== 58);
  const from = all ? -1 : permission.FromPort;
  const to = all ? -1 : permission.ToPort;
  if (from === undefined || to === undefined) {
    throw refuse(
      'InvalidParameterValue',
      'Invalid value for portRange. Must specify both from and to ports with TCP/UDP.',
    );
  }
  if ((protocol === 6 || protocol === 17) && (from > to || from < 0 || to > 65_535)) {
    throw refuse('InvalidParameterValue', `Invalid value '${from}-${to}' for portRange.`);
  }
  const rule = (peer: Partial<GroupRuleRow>, description: string | undefined): GroupRuleRow => ({
    id: `sgr-${call.ids.hex(17)}`,
    protocol,
    from,
    to,
    ...peer,
    ...(description === undefined ? {} : { description }),
  });
  return [
    ...(permission.IpRanges ?? []).map((each) =>
      rule({ block: canonical(block(each.CidrIp ?? '', 'cidrIp')) }, each.Description),
    ),
    ...(permission.Ipv6Ranges ?? []).map((each) => rule({ ipv6: each.CidrIpv6 ?? '' }, each.Description)),
    ...(permission.UserIdGroupPairs ?? []).map((each) => rule({ group: each.GroupId ?? '' }, each.Description)),
    ...(permission.PrefixListIds ?? []).map((each) => rule({ prefixList: each.PrefixListId ?? '' }, each.Description)),
  ];
}

/** Rules of the same protocol and ports are shown as one permission. */
export function permissionsOf(rules: readonly GroupRuleRow[], account: string) {
  const byPorts = new Map<string, GroupRuleRow[]>();
  for (const rule of rules) {
    const key = `${rule.protocol}/${rule.from}/${rule.to}`;
    byPorts.set(key, [...(byPorts.get(key) ?? []), rule]);
  }
  return [...byPorts.values()].map((same) => {
    const { protocol, from, to } = same[0]!;
    const described = (rule: GroupRuleRow) => (rule.description === undefined ? {} : { Description: rule.description });
    return {
      IpProtocol: protocolName(protocol),
      ...(protocol === -1 ? {} : { FromPort: from, ToPort: to }),
      IpRanges: same.flatMap((rule) => (rule.block === undefined ? [] : [{ CidrIp: rule.block, ...described(rule) }])),
      Ipv6Ranges: same.flatMap((rule) =>
        rule.ipv6 === undefined ? [] : [{ CidrIpv6: rule.ipv6, ...described(rule) }],
      ),
      PrefixListIds: same.flatMap((rule) =>
        rule.prefixList === undefined ? [] : [{ PrefixListId: rule.prefixList, ...described(rule) }],
      ),
      UserIdGroupPairs: same.flatMap((rule) =>
        rule.group === undefined ? [] : [{ GroupId: rule.group, UserId: account, ...described(rule) }],
      ),
    };
  });
}

export function ruleResponse(rule: GroupRuleRow, group: Pick<GroupRow, 'id'>, egress: boolean, account: string) {
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: group.id,
    GroupOwnerId: account,
    IsEgress: egress,
    IpProtocol: protocolName(rule.protocol),
    FromPort: rule.from,
    ToPort: rule.to,
    ...(rule.block === undefined ? {} : { CidrIpv4: rule.block }),
    ...(rule.ipv6 === undefined ? {} : { CidrIpv6: rule.ipv6 }),
    ...(rule.prefixList === undefined ? {} : { PrefixListId: rule.prefixList }),
    ...(rule.group === undefined ? {} : { ReferencedGroupInfo: { GroupId: rule.group, UserId: account } }),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    Tags: [],
  };
}

export function ruleFacts(group: GroupRow): FilterFacts {
  const facts = (prefix: string, rules: readonly GroupRuleRow[]) => ({
    [`${prefix}.cidr`]: rules.flatMap(({ block }) => block ?? []),
    [`${prefix}.ipv6-cidr`]: rules.flatMap(({ ipv6 }) => ipv6 ?? []),
    [`${prefix}.from-port`]: rules.map(({ from }) => String(from)),
    [`${prefix}.to-port`]: rules.map(({ to }) => String(to)),
    [`${prefix}.protocol`]: rules.map(({ protocol }) => protocolName(protocol)),
    [`${prefix}.group-id`]: rules.flatMap(({ group: peer }) => peer ?? []),
  });
  return { ...facts('ip-permission', group.ingress), ...facts('egress.ip-permission', group.egress) };
}
