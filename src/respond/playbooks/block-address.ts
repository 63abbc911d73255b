import {
  CreateNetworkAclEntryCommand,
  CreateTagsCommand,
  DeleteNetworkAclEntryCommand,
  DeleteTagsCommand,
  DescribeNetworkAclsCommand,
  type NetworkAcl,
  type NetworkAclEntry,
} from '@aws-sdk/client-ec2';
import { type AclPacket, evaluateNacl, lastRuleNumber } from '../../aws/network/nacl.ts';
import type { Verdict } from '../../model/run.ts';
import { naclEntriesMax, racesMax } from '../limits.ts';
import { type Done, inScope, outOfScope, type Plan, type Playbook, playbook, type Undone } from '../playbook.ts';
import type { Subject, SubjectConnection } from '../subject.ts';
import { entryText, freeNumberBelow, hostCidr, isOwn } from './acl-entries.ts';
import type { World } from './world.ts';

type Target = {
  readonly networkAclId: string;
  readonly number: number;
  readonly egress: boolean;
  readonly cidr: string;
};

const bruteForce = ['UnauthorizedAccess:EC2/SSHBruteForce', 'UnauthorizedAccess:EC2/RDPBruteForce'];

/** Denies the other side's address in the network ACL of the instance's subnet, in the direction of the finding. */
export const blockAddress: Playbook = playbook<Target>({
  slug: 'block-address',
  title: { en: 'Block the address in the network ACL', ja: 'ネットワーク ACL でアドレスを遮断' },
  handles: [...bruteForce, 'UnauthorizedAccess:EC2/MaliciousIPCaller.Custom'],
  permissions: [
    { actions: ['ec2:DescribeNetworkAcls'], resources: ['*'] },
    {
      actions: ['ec2:CreateNetworkAclEntry', 'ec2:DeleteNetworkAclEntry', 'ec2:CreateTags', 'ec2:DeleteTags'],
      resources: ['arn:${Partition}:ec2:${Region}:${Account}:network-acl/*'],
    },
  ],
  plan,
  run,
  verify,
  undo,
});

async function plan(subject: Subject, world: World): Promise<Plan<Target>> {
  const { instance, connection } = subject;
  if (bruteForce.includes(subject.type) && subject.role !== 'TARGET') {
    return {
      kind: 'nothing to do',
      why: {
        en: 'the instance is the attacker here: there is nobody to shield it from',
        ja: 'このインスタンスは攻撃元であり、保護の対象ではありません',
      },
    };
  }
  if (!instance?.subnetId || !connection) {
    return unsupported(
      'the finding names no subnet or no remote address',
      '検出結果にサブネットか相手のアドレスがありません',
    );
  }
  if (!inScope(world, instance.tags)) return outOfScope(world, `instance ${instance.instanceId}`);
  return planIn(await readAcl(world, instance.subnetId), packetOf(subject, connection), subject);
}

/** What stands in the ACL decides: whether it denies the packet already, and whether there is room before what admits it. */
function planIn(acl: NetworkAcl, packet: ReturnType<typeof packetOf>, subject: Subject): Plan<Target> {
  const entries = (acl.Entries ?? []).filter((entry) => (entry.Egress ?? false) === packet.egress);
  const { action, ruleNumber } = evaluateNacl(entries, packet);
  if (action === 'deny') {
    return {
      kind: 'nothing to do',
      why: {
        en: `${acl.NetworkAclId} already denies ${packet.remote} (entry ${ruleNumber})`,
        ja: `${acl.NetworkAclId} は既に ${packet.remote} を拒否しています (エントリ ${ruleNumber})`,
      },
    };
  }
  const own = entries.filter(({ RuleNumber }) => RuleNumber !== lastRuleNumber);
  if (own.length >= naclEntriesMax) {
    return unsupported(
      `${acl.NetworkAclId} has ${own.length} entries in this direction; the quota is ${naclEntriesMax}`,
      `${acl.NetworkAclId} はこの方向のエントリが ${own.length} 件あり、上限は ${naclEntriesMax} 件です`,
    );
  }
  const number = freeNumberBelow(ruleNumber, own);
  if (number === undefined) {
    return unsupported(
      `${acl.NetworkAclId} has no free number below entry ${ruleNumber}, which admits ${packet.remote}`,
      `${acl.NetworkAclId} には ${packet.remote} を許可するエントリ ${ruleNumber} より小さい空き番号がありません`,
    );
  }
  const decides = entries.find(({ RuleNumber }) => RuleNumber === ruleNumber);
  return planned(acl, subject, decides, {
    networkAclId: acl.NetworkAclId ?? '',
    number,
    egress: packet.egress,
    cidr: hostCidr(packet.remote),
  });
}

function planned(
  acl: NetworkAcl,
  subject: Subject,
  decides: NetworkAclEntry | undefined,
  target: Target,
): Plan<Target> {
  const others = (acl.Associations ?? []).flatMap(({ SubnetId }) =>
    SubnetId === undefined || SubnetId === subject.instance?.subnetId ? [] : [SubnetId],
  );
  const way = target.egress ? 'egress' : 'ingress';
  const touched = others.length > 0 ? `; this also holds for ${others.join(', ')}` : '';
  const touchedJa = others.length > 0 ? `。${others.join('、')} にも効きます` : '';
  return {
    kind: 'steps',
    target,
    steps: [
      {
        action: 'ec2:CreateNetworkAclEntry',
        resource: target.networkAclId,
        why: {
          en: `deny ${way} ${target.cidr} as entry ${target.number}${touched}`,
          ja: `エントリ ${target.number} で ${target.cidr} ${target.egress ? 'への送信' : 'からの受信'}を拒否します${touchedJa}`,
        },
        before: decides === undefined ? '' : entryText(decides),
        after: entryText({ RuleNumber: target.number, RuleAction: 'deny', Protocol: '-1', CidrBlock: target.cidr }),
      },
      {
        action: 'ec2:CreateTags',
        resource: target.networkAclId,
        before: '',
        after: `${tagKey(subject)}=${tagValue(target)}`,
        why: {
          en: 'mark the entry as the answer to this finding, so that it can be undone',
          ja: '後で元に戻せるよう、このエントリがこの検出への対応であることをタグに残します',
        },
      },
    ],
  };
}

/** AWS's own conflict decides a race: who finds the number taken plans again. */
async function run(target: Target, subject: Subject, world: World): Promise<Done<Target>> {
  let current = target;
  for (let race = 0; ; race++) {
    try {
      await createEntry(current, world);
      await mark(current, subject, world);
      return {
        target: current,
        evidence: [
          {
            en: `entry ${current.number} of ${current.networkAclId} denies ${current.cidr}`,
            ja: `${current.networkAclId} のエントリ ${current.number} で ${current.cidr} を拒否しました`,
          },
        ],
      };
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'NetworkAclEntryAlreadyExists' || race >= racesMax) throw error;
    }
    const again = await plan(subject, world);
    if (again.kind !== 'steps') return { target: current, evidence: [again.why] };
    current = again.target;
  }
}

async function createEntry({ networkAclId, number, egress, cidr }: Target, world: World): Promise<void> {
  await world.ec2.send(
    new CreateNetworkAclEntryCommand({
      NetworkAclId: networkAclId,
      RuleNumber: number,
      Egress: egress,
      RuleAction: 'deny',
      Protocol: '-1',
      ...(cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }),
    }),
  );
}

/** Entries have no tags of their own: the ACL's says which one is the answer to which finding. */
const tagKey = ({ findingId }: Subject) => `yagura:${findingId}`;
const tagValue = ({ egress, number, cidr }: Target) => `${egress ? 'egress' : 'ingress'} ${number} ${cidr}`;

/** After the entry is made, never before: a mark without an entry could point at somebody else's. */
async function mark(target: Target, subject: Subject, world: World): Promise<void> {
  const tag = { Key: tagKey(subject), Value: tagValue(target) };
  await world.ec2.send(new CreateTagsCommand({ Resources: [target.networkAclId], Tags: [tag] }));
}

/** Looks for the mark, wherever the subnet's association is by now. */
async function undo(subject: Subject, world: World): Promise<Undone> {
  const key = tagKey(subject);
  const [acl] = await readAcls(world, { name: 'tag-key', value: key });
  const value = acl?.Tags?.find(({ Key }) => Key === key)?.Value ?? '';
  const [, way, number, cidr = ''] = /^(ingress|egress) (\d+) (\S+)$/.exec(value) ?? [];
  if (acl === undefined || way === undefined) {
    return nothingToUndo(`no network ACL carries the tag ${key}`, `タグ ${key} の付いたネットワーク ACL はありません`);
  }
  const place = { NetworkAclId: acl.NetworkAclId, RuleNumber: Number(number), Egress: way === 'egress' };
  const entry = (acl.Entries ?? []).find(
    (each) => each.RuleNumber === place.RuleNumber && each.Egress === place.Egress,
  );
  if (entry === undefined || !isOwn(entry, cidr)) {
    return nothingToUndo(
      `entry ${number} (${way}) of ${acl.NetworkAclId} does not deny ${cidr} any more; left as it is`,
      `${acl.NetworkAclId} のエントリ ${number} (${way}) はもう ${cidr} を拒否していないため、そのままにします`,
    );
  }
  await world.ec2.send(new DeleteNetworkAclEntryCommand(place));
  const tags = { Resources: [acl.NetworkAclId ?? ''], Tags: [{ Key: key, Value: value }] };
  await world.ec2.send(new DeleteTagsCommand(tags));
  const removed = {
    en: `entry ${number} (${way}, deny ${cidr}) of ${acl.NetworkAclId} removed`,
    ja: `${acl.NetworkAclId} のエントリ ${number} (${way}、${cidr} の拒否) を削除しました`,
  };
  return { kind: 'undone', evidence: [removed] };
}

/** Evaluates the NACL that the subnet has now, which need not be the one that was changed. */
async function verify(subject: Subject, world: World): Promise<Verdict> {
  const packet = packetOf(subject, subject.connection!);
  const acl = await readAcl(world, subject.instance!.subnetId);
  const { action, ruleNumber } = evaluateNacl(acl.Entries ?? [], packet);
  const way = packet.egress ? 'to' : 'from';
  return {
    verdict: action === 'allow' ? 'remains' : 'resolved',
    evidence: [
      {
        en: `${acl.NetworkAclId}: entry ${ruleNumber} decides (${action}) a packet ${way} ${packet.remote}`,
        ja: `${acl.NetworkAclId}: ${packet.remote} ${packet.egress ? 'への' : 'からの'}パケットはエントリ ${ruleNumber} で${action === 'allow' ? '許可' : '拒否'}されます`,
      },
    ],
  };
}

function packetOf({ type }: Subject, connection: SubjectConnection): AclPacket {
  const egress = !bruteForce.includes(type);
  const protocol = { TCP: 6, UDP: 17, ICMP: 1 }[connection.protocol.toUpperCase()] ?? 6;
  const port = egress ? connection.remotePort : connection.localPort;
  return { egress, remote: connection.remoteIp, protocol, ...(protocol === 1 ? {} : { port }) };
}

async function readAcl(world: World, subnetId: string): Promise<NetworkAcl> {
  const [acl] = await readAcls(world, { name: 'association.subnet-id', value: subnetId });
  if (acl === undefined) throw new Error(`No network ACL is associated with ${subnetId}: was the subnet deleted?`);
  return acl;
}

async function readAcls(world: World, filter: { name: string; value: string }): Promise<readonly NetworkAcl[]> {
  const { NetworkAcls: acls = [] } = await world.ec2.send(
    new DescribeNetworkAclsCommand({ Filters: [{ Name: filter.name, Values: [filter.value] }] }),
  );
  return acls;
}

function nothingToUndo(en: string, ja: string): Undone {
  return { kind: 'nothing to undo', why: { en, ja } };
}

function unsupported(en: string, ja: string): Plan<never> {
  return { kind: 'unsupported', why: { en, ja } };
}
