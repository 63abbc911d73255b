import { type AclEntry, lastRuleNumber } from '../../../aws/network/nacl.ts';
import type { ReadScope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { block, canonical } from './blocks.ts';
import { type DescribeInput, describe } from './describe.ts';
import { entriesPerDirectionMax, ruleNumberMax } from './limits.ts';
import { protocolOf } from './protocols.ts';
import { all, found, inUse, kind, newId, type Row, refuse } from './resource.ts';
import { subnets } from './subnets.ts';
import { type TagSpecification, tagSet, tagsFor } from './tags.ts';
import { vpcs } from './vpcs.ts';

export interface AclRow extends Row {
  readonly vpc: string;
  readonly isDefault: boolean;
  readonly entries: readonly AclEntry[];
  /** Association id -> subnet. A subnet in no row has its VPC's default ACL. */
  readonly associations: Readonly<Record<string, string>>;
}

export const acls = kind<AclRow>({
  prefix: 'acl',
  type: 'network-acl',
  notFound: 'InvalidNetworkAclID.NotFound',
  words: 'The networkAcl ID',
});

/** The default ACL admits everything, a new one nothing; both end with the entry that cannot be removed. */
export function defaultEntries(action: 'allow' | 'deny'): readonly AclEntry[] {
  const entry = (RuleNumber: number, RuleAction: 'allow' | 'deny', Egress: boolean): AclEntry => ({
    RuleNumber,
    RuleAction,
    Egress,
    Protocol: '-1',
    CidrBlock: '0.0.0.0/0',
  });
  const first = action === 'allow' ? [entry(100, 'allow', true), entry(100, 'allow', false)] : [];
  return [...first, entry(lastRuleNumber, 'deny', true), entry(lastRuleNumber, 'deny', false)];
}

interface EntryInput {
  readonly NetworkAclId: string;
  readonly RuleNumber: number;
  readonly Egress: boolean;
  readonly Protocol?: string;
  readonly RuleAction?: 'allow' | 'deny';
  readonly CidrBlock?: string;
  readonly Ipv6CidrBlock?: string;
  readonly PortRange?: { readonly From?: number; readonly To?: number };
  readonly IcmpTypeCode?: { readonly Type?: number; readonly Code?: number };
}

export const CreateNetworkAcl = operation<{ VpcId: string; TagSpecifications?: readonly TagSpecification[] }>({
  handle(input, call) {
    const acl: AclRow = {
      id: newId(call, acls),
      vpc: found(vpcs, call, input.VpcId).id,
      isDefault: false,
      entries: defaultEntries('deny'),
      associations: {},
      tags: tagsFor('network-acl', input.TagSpecifications, call),
    };
    acls.rows.put(call, acl.id, acl);
    return { NetworkAcl: render(acl, [], call.account) };
  },
});

export const CreateNetworkAclEntry = operation<EntryInput>({
  handle(input, call) {
    const acl = found(acls, call, input.NetworkAclId);
    if (find(acl, input) !== undefined) {
      throw refuse(
        'NetworkAclEntryAlreadyExists',
        `The network acl entry identified by ${input.RuleNumber} already exists.`,
      );
    }
    const inDirection = acl.entries.filter(
      ({ Egress, RuleNumber }) => Egress === input.Egress && RuleNumber !== lastRuleNumber,
    );
    if (inDirection.length >= entriesPerDirectionMax) {
      throw refuse('NetworkAclEntryLimitExceeded', `The maximum number of network acl entries has been reached.`);
    }
    acls.rows.put(call, acl.id, { ...acl, entries: [...acl.entries, checked(input)] });
    return {};
  },
});

export const ReplaceNetworkAclEntry = operation<EntryInput>({
  handle(input, call) {
    const acl = found(acls, call, input.NetworkAclId);
    const before = find(acl, input);
    if (before === undefined) throw noEntry(input.RuleNumber);
    acls.rows.put(call, acl.id, {
      ...acl,
      entries: acl.entries.map((entry) => (entry === before ? checked(input) : entry)),
    });
    return {};
  },
});

export const DeleteNetworkAclEntry = operation<{ NetworkAclId: string; RuleNumber: number; Egress: boolean }>({
  handle(input, call) {
    const acl = found(acls, call, input.NetworkAclId);
    const gone = find(acl, input);
    if (gone === undefined || gone.RuleNumber === lastRuleNumber) throw noEntry(input.RuleNumber);
    acls.rows.put(call, acl.id, { ...acl, entries: acl.entries.filter((entry) => entry !== gone) });
    return {};
  },
});

/** Moves a subnet from one ACL to another. A subnet's association is made the first time somebody looks at it. */
export const ReplaceNetworkAclAssociation = operation<{ AssociationId: string; NetworkAclId: string }>({
  handle(input, call) {
    const to = found(acls, call, input.NetworkAclId);
    const subnet = subnetOf(call, input.AssociationId);
    if (subnet === undefined) {
      throw refuse('InvalidAssociationID.NotFound', `The association ID '${input.AssociationId}' does not exist`);
    }
    for (const acl of [...all(acls, call)]) {
      const kept = Object.fromEntries(Object.entries(acl.associations).filter(([, each]) => each !== subnet));
      if (Object.keys(kept).length !== Object.keys(acl.associations).length)
        acls.rows.put(call, acl.id, { ...acl, associations: kept });
    }
    const id = `aclassoc-${call.ids.hex(17)}`;
    const now = found(acls, call, to.id);
    acls.rows.put(call, to.id, { ...now, associations: { ...now.associations, [id]: subnet } });
    return { NewAssociationId: id };
  },
});

export const DescribeNetworkAcls = operation<DescribeInput & { NetworkAclIds?: readonly string[] }>({
  handle(input, call) {
    const loose = looseSubnets(call);
    const { rows, token } = describe(acls, call, input, input.NetworkAclIds, (acl) => {
      const associated = associationsOf(acl, loose);
      return {
        'network-acl-id': acl.id,
        'vpc-id': acl.vpc,
        default: String(acl.isDefault),
        'association.network-acl-id': associated.length === 0 ? undefined : acl.id,
        'association.subnet-id': associated.map(([, subnet]) => subnet),
        'association.association-id': associated.map(([id]) => id),
        'entry.cidr': acl.entries.flatMap(({ CidrBlock }) => CidrBlock ?? []),
        'entry.egress': acl.entries.map(({ Egress }) => String(Egress)),
        'entry.rule-action': acl.entries.flatMap(({ RuleAction }) => RuleAction ?? []),
        'entry.rule-number': acl.entries.map(({ RuleNumber }) => String(RuleNumber)),
        'entry.protocol': acl.entries.flatMap(({ Protocol }) => Protocol ?? []),
        'owner-id': call.account,
      };
    });
    return { NetworkAcls: rows.map((acl) => render(acl, associationsOf(acl, loose), call.account)), ...token };
  },
});

export const DeleteNetworkAcl = operation<{ NetworkAclId: string }>({
  handle(input, call) {
    const acl = found(acls, call, input.NetworkAclId);
    if (acl.isDefault) throw refuse('InvalidParameterValue', `cannot delete default network ACL ${acl.id}`);
    if (Object.keys(acl.associations).length > 0) throw inUse('networkAcl', acl.id);
    acls.rows.remove(call, acl.id);
    return {};
  },
});

/** The ACL of a subnet: the one it was moved to, else its VPC's default. */
export function aclOfSubnet(scope: ReadScope, subnet: string, vpc: string): AclRow | undefined {
  let fallback: AclRow | undefined;
  for (const acl of all(acls, scope)) {
    if (acl.vpc !== vpc) continue;
    if (Object.values(acl.associations).includes(subnet)) return acl;
    if (acl.isDefault) fallback = acl;
  }
  return fallback;
}

/** Subnets that no ACL names, by VPC: they have the default one, under an id that their own gives. */
function looseSubnets(scope: ReadScope): ReadonlyMap<string, readonly (readonly [string, string])[]> {
  const named = new Set([...all(acls, scope)].flatMap((acl) => Object.values(acl.associations)));
  const loose = new Map<string, (readonly [string, string])[]>();
  for (const subnet of all(subnets, scope)) {
    if (named.has(subnet.id)) continue;
    loose.set(subnet.vpc, [...(loose.get(subnet.vpc) ?? []), [`aclassoc-${subnet.id.slice(7)}`, subnet.id]]);
  }
  return loose;
}

function subnetOf(scope: ReadScope, association: string): string | undefined {
  for (const acl of all(acls, scope))
    if (acl.associations[association] !== undefined) return acl.associations[association];
  const subnet = `subnet-${association.slice('aclassoc-'.length)}`;
  return subnets.rows.get(scope, subnet)?.id;
}

function associationsOf(acl: AclRow, loose: ReadonlyMap<string, readonly (readonly [string, string])[]>) {
  return [
    ...Object.entries(acl.associations),
    ...(acl.isDefault ? (loose.get(acl.vpc) ?? []) : []),
  ] as readonly (readonly [string, string])[];
}

function find(acl: AclRow, { RuleNumber, Egress }: { RuleNumber: number; Egress: boolean }): AclEntry | undefined {
  return acl.entries.find((entry) => entry.RuleNumber === RuleNumber && entry.Egress === Egress);
}

function noEntry(ruleNumber: number) {
  return refuse('InvalidNetworkAclEntry.NotFound', `The network acl entry identified by ${ruleNumber} does not exist`);
}

function checked(input: EntryInput): AclEntry {
  const { RuleNumber, Egress } = input;
  if (RuleNumber < 1 || RuleNumber > ruleNumberMax) {
    throw refuse(
      'InvalidParameterValue',
      `Value (${RuleNumber}) for parameter ruleNumber is invalid. Rule number must be between 1 and ${ruleNumberMax}.`,
    );
  }
  if (input.CidrBlock === undefined && input.Ipv6CidrBlock === undefined) {
    throw refuse('MissingParameter', 'The request must contain the parameter cidrBlock or ipv6CidrBlock');
  }
  const protocol = protocolOf(input.Protocol ?? '');
  const ports = protocol === 6 || protocol === 17;
  if (ports && input.PortRange === undefined)
    throw refuse('MissingParameter', 'The request must contain the parameter portRange');
  if ((protocol === 1 || protocol === 58) && input.IcmpTypeCode === undefined) {
    throw refuse('MissingParameter', 'The request must contain the parameter icmpTypeCode');
  }
  return {
    RuleNumber,
    Egress,
    RuleAction: input.RuleAction,
    Protocol: String(protocol),
    ...(input.CidrBlock === undefined ? {} : { CidrBlock: canonical(block(input.CidrBlock, 'cidrBlock')) }),
    ...(input.Ipv6CidrBlock === undefined ? {} : { Ipv6CidrBlock: input.Ipv6CidrBlock }),
    ...(ports ? { PortRange: input.PortRange } : {}),
    ...(protocol === 1 || protocol === 58 ? { IcmpTypeCode: input.IcmpTypeCode } : {}),
  };
}

function render(acl: AclRow, associations: readonly (readonly [string, string])[], account: string) {
  return {
    NetworkAclId: acl.id,
    VpcId: acl.vpc,
    IsDefault: acl.isDefault,
    OwnerId: account,
    Entries: [...acl.entries].sort(
      (a, b) => Number(b.Egress) - Number(a.Egress) || (a.RuleNumber ?? 0) - (b.RuleNumber ?? 0),
    ),
    Associations: associations.map(([id, subnet]) => ({
      NetworkAclAssociationId: id,
      NetworkAclId: acl.id,
      SubnetId: subnet,
    })),
    Tags: tagSet(acl),
  };
}
