import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { type DescribeInput, describe, filtered } from './describe.ts';
import { type GroupRuleRow, permissionsOf, ruleFacts, ruleResponse, rulesOf } from './group-rules.ts';
import { rulesPerDirectionMax } from './limits.ts';
import { interfaces } from './network-interfaces.ts';
import { all, found, kind, newId, notFound, type Row, refuse } from './resource.ts';
import { type TagSpecification, tagSet, tagsFor } from './tags.ts';
import { vpcs } from './vpcs.ts';

export interface GroupRow extends Row {
  readonly vpc: string;
  readonly name: string;
  readonly description: string;
  readonly ingress: readonly GroupRuleRow[];
  readonly egress: readonly GroupRuleRow[];
}

export const groups = kind<GroupRow>({
  prefix: 'sg',
  type: 'security-group',
  notFound: 'InvalidGroup.NotFound',
  malformed: 'InvalidGroupId.Malformed',
  words: 'The security group',
});

export function openEgress(call: Pick<Call, 'ids'>): GroupRuleRow {
  return { id: `sgr-${call.ids.hex(17)}`, protocol: -1, from: -1, to: -1, block: '0.0.0.0/0' };
}

export function selfIngress(call: Pick<Call, 'ids'>, group: string): GroupRuleRow {
  return { id: `sgr-${call.ids.hex(17)}`, protocol: -1, from: -1, to: -1, group };
}

export const CreateSecurityGroup = operation<{
  GroupName: string;
  Description?: string;
  VpcId?: string;
  TagSpecifications?: readonly TagSpecification[];
}>({
  handle(input, call) {
    if (input.VpcId === undefined) throw refuse('VPCIdNotSpecified', 'No default VPC for this user');
    const vpc = found(vpcs, call, input.VpcId);
    for (const other of all(groups, call)) {
      if (other.vpc === vpc.id && other.name === input.GroupName) {
        throw refuse(
          'InvalidGroup.Duplicate',
          `The security group '${input.GroupName}' already exists for VPC '${vpc.id}'`,
        );
      }
    }
    const group: GroupRow = {
      id: newId(call, groups),
      vpc: vpc.id,
      name: input.GroupName,
      description: input.Description ?? '',
      ingress: [],
      egress: [openEgress(call)],
      tags: tagsFor('security-group', input.TagSpecifications, call),
    };
    groups.rows.put(call, group.id, group);
    return { GroupId: group.id, Tags: tagSet(group), SecurityGroupArn: arnOf(group, call) };
  },
});

export interface RulesInput {
  readonly GroupId?: string;
  readonly GroupName?: string;
  readonly IpPermissions?: readonly Record<string, unknown>[];
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
  readonly CidrIp?: string;
  readonly SecurityGroupRuleIds?: readonly string[];
  readonly TagSpecifications?: readonly TagSpecification[];
}

export const AuthorizeSecurityGroupIngress = operation<RulesInput>({
  handle: (input, call) => authorize(input, call, 'ingress'),
});
export const AuthorizeSecurityGroupEgress = operation<RulesInput>({
  handle: (input, call) => authorize(input, call, 'egress'),
});
export const RevokeSecurityGroupIngress = operation<RulesInput>({
  handle: (input, call) => revoke(input, call, 'ingress'),
});
export const RevokeSecurityGroupEgress = operation<RulesInput>({
  handle: (input, call) => revoke(input, call, 'egress'),
});

export const DescribeSecurityGroups = operation<
  DescribeInput & { GroupIds?: readonly string[]; GroupNames?: readonly string[] }
>({
  handle(input, call) {
    const { rows, token } = describe(groups, call, input, input.GroupIds, (group) => ({
      'group-id': group.id,
      'group-name': group.name,
      'vpc-id': group.vpc,
      description: group.description,
      'owner-id': call.account,
      ...ruleFacts(group),
    }));
    for (const name of input.GroupNames ?? []) {
      if (![...all(groups, call)].some((group) => group.name === name)) throw notFound(groups, name);
    }
    const named = rows.filter(({ name }) => input.GroupNames === undefined || input.GroupNames.includes(name));
    return {
      SecurityGroups: named.map((group) => ({
        GroupId: group.id,
        GroupName: group.name,
        Description: group.description,
        VpcId: group.vpc,
        OwnerId: call.account,
        SecurityGroupArn: arnOf(group, call),
        IpPermissions: permissionsOf(group.ingress, call.account),
        IpPermissionsEgress: permissionsOf(group.egress, call.account),
        Tags: tagSet(group),
      })),
      ...token,
    };
  },
});

export const DescribeSecurityGroupRules = operation<DescribeInput & { SecurityGroupRuleIds?: readonly string[] }>({
  handle(input, call) {
    const every = [...all(groups, call)].flatMap((group) => [
      ...group.ingress.map((rule) => ruleResponse(rule, group, false, call.account)),
      ...group.egress.map((rule) => ruleResponse(rule, group, true, call.account)),
    ]);
    const rules = filtered(every, input.Filters, (rule) => ({
      'group-id': rule.GroupId,
      'security-group-rule-id': rule.SecurityGroupRuleId,
    }));
    const ids = input.SecurityGroupRuleIds;
    for (const id of ids ?? []) {
      if (every.some((rule) => rule.SecurityGroupRuleId === id)) continue;
      throw refuse('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`);
    }
    return {
      SecurityGroupRules: ids === undefined ? rules : rules.filter((rule) => ids.includes(rule.SecurityGroupRuleId)),
    };
  },
});

export const DeleteSecurityGroup = operation<{ GroupId?: string; GroupName?: string }>({
  handle(input, call) {
    const group = found(groups, call, input.GroupId ?? '');
    if (group.name === 'default')
      throw refuse('CannotDelete', `the specified group: "${group.id}" name: "default" cannot be deleted by a user`);
    const used = [...all(interfaces, call)].some((each) => each.groups.includes(group.id));
    const named = [...all(groups, call)].some(
      (other) => other.id !== group.id && [...other.ingress, ...other.egress].some((rule) => rule.group === group.id),
    );
    if (used || named) throw refuse('DependencyViolation', `resource ${group.id} has a dependent object`);
    groups.rows.remove(call, group.id);
    return { Return: true, GroupId: group.id };
  },
});

function authorize(input: RulesInput, call: Call, direction: 'ingress' | 'egress') {
  const group = found(groups, call, input.GroupId ?? '');
  const added = rulesOf(input, call);
  for (const rule of added) {
    if (rule.group !== undefined) found(groups, call, rule.group);
    if (group[direction].some((each) => sameRule(each, rule))) {
      throw refuse('InvalidPermission.Duplicate', `the specified rule "${describeRule(rule)}" already exists`);
    }
  }
  if (group[direction].length + added.length > rulesPerDirectionMax) {
    throw refuse(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    );
  }
  groups.rows.put(call, group.id, { ...group, [direction]: [...group[direction], ...added] });
  return {
    Return: true,
    SecurityGroupRules: added.map((rule) => ruleResponse(rule, group, direction === 'egress', call.account)),
  };
}

function revoke(input: RulesInput, call: Call, direction: 'ingress' | 'egress') {
  const group = found(groups, call, input.GroupId ?? '');
  const ids = input.SecurityGroupRuleIds;
  const wanted = ids === undefined ? rulesOf(input, call) : [];
  for (const rule of wanted) {
    if (!group[direction].some((each) => sameRule(each, rule))) {
      throw refuse('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
    }
  }
  for (const id of ids ?? []) {
    if (!group[direction].some((each) => each.id === id)) {
      throw refuse('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`);
    }
  }
  const goes = (rule: GroupRuleRow) =>
    ids === undefined ? wanted.some((each) => sameRule(each, rule)) : ids.includes(rule.id);
  groups.rows.put(call, group.id, { ...group, [direction]: group[direction].filter((rule) => !goes(rule)) });
  return { Return: true };
}

function sameRule(a: GroupRuleRow, b: GroupRuleRow): boolean {
  return (
    a.protocol === b.protocol &&
    a.from === b.from &&
    a.to === b.to &&
    a.block === b.block &&
    a.group === b.group &&
    a.ipv6 === b.ipv6 &&
    a.prefixList === b.prefixList
  );
}

function describeRule(rule: GroupRuleRow): string {
  const peer = rule.block ?? rule.ipv6 ?? rule.group ?? rule.prefixList;
  const protocol =
    rule.protocol === -1
      ? 'ALL'
      : rule.protocol === 6
        ? 'TCP'
        : rule.protocol === 17
          ? 'UDP'
          : `protocol ${rule.protocol}`;
  const ports = rule.protocol === -1 ? '' : `, from port: ${rule.from}, to port: ${rule.to}`;
  return `peer: ${peer}, ${protocol}${ports}, ALLOW`;
}

function arnOf(group: GroupRow, call: Call): string {
  return `arn:aws:ec2:${call.region}:${call.account}:security-group/${group.id}`;
}
