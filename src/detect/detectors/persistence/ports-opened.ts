import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import type { Detector, Seen } from '../../detector.ts';
import { onCall } from '../../on-call.ts';
import { objectsUnder, textsUnder } from '../../policies.ts';

// A rule is recorded in one of three shapes: lists of permissions, one flat rule, or the rule of a modification.

const items = 'requestParameters.ipPermissions';
const modified = 'requestParameters.ModifySecurityGroupRulesRequest.SecurityGroupRule';
const flat = [
  'requestParameters.cidrIp',
  'requestParameters.ipProtocol',
  'requestParameters.fromPort',
  'requestParameters.toPort',
] as const;
const groupId = 'requestParameters.groupId';
type Read =
  | typeof items
  | typeof modified
  | typeof groupId
  | 'requestParameters.ModifySecurityGroupRulesRequest.GroupId'
  | (typeof flat)[number];

/** Remote desktops, Windows management, Docker, Kubernetes, databases and caches: nothing that strangers should reach. */
const adminPorts = [
  20, 21, 23, 135, 139, 445, 1433, 1434, 1521, 2375, 2376, 3306, 3389, 5432, 5500, 5601, 5900, 5985, 5986, 6379, 6443,
  9200, 9300, 11_211, 27_017, 27_018,
];

const open: JsonObject = { items: [{ cidrIp: '0.0.0.0/0' }] };
const advice: Words = {
  en: 'Close the port to the internet, use Session Manager or a narrow range instead, and look for strangers in the flow logs.',
  ja: 'ポートをインターネットに公開せず、Session Manager を使うか、接続元のアドレス範囲を限定してください。見知らぬ接続元がないかフローログで確認します。',
};

export const portsOpened: readonly Detector[] = [
  opened({
    type: 'Persistence:EC2/ExternalRemoteServices',
    signal: 'EC2SecurityGroupPublicSSH',
    title: { en: 'A security group opens SSH to everybody', ja: 'セキュリティグループが SSH を全世界に公開しました' },
    ports: [22],
    other: 443,
  }),
  opened({
    type: 'Custom:EC2SecurityGroup/AdminPortOpened',
    title: {
      en: 'A security group opens an administrative port to everybody',
      ja: 'セキュリティグループが管理用ポートを全世界に公開しました',
    },
    ports: adminPorts,
    other: 22,
  }),
];

interface Opening {
  readonly type: string;
  readonly signal?: string;
  readonly title: Words;
  readonly ports: readonly number[];
  /** A port that is not one of these. */
  readonly other: number;
}

function opened({ type, signal, title, ports, other }: Opening): Detector {
  const first = ports[0]!;
  const permission = (port: number, cidrIp: string): JsonObject => ({
    ipProtocol: 'tcp',
    fromPort: port,
    toPort: port,
    ipRanges: { items: [{ cidrIp }] },
    ipv6Ranges: {},
  });
  const nested = (...rules: JsonObject[]) => ({ request: { groupId: 'sg-1', ipPermissions: { items: rules } } });
  return onCall<Read>({
    type,
    ...(signal === undefined ? {} : { signal }),
    title,
    advice,
    falsePositives: {
      en: 'A jump host or a test network that is meant to be reached from anywhere.',
      ja: 'どこからでも接続できることを意図した踏み台や検証用ネットワークの場合。',
    },
    severity: 5,
    technique: 'T1133',
    calls: 'ec2:AuthorizeSecurityGroupIngress ec2:ModifySecurityGroupRules',
    target: [groupId, 'requestParameters.ModifySecurityGroupRulesRequest.GroupId'],
    reads: [items, modified, ...flat],
    when: (seen) => rulesOf(seen).some((rule) => isOpen(rule) && ports.some((port) => holds(rule, port))),
    fires: {
      'a permission for everybody': nested(permission(first, '0.0.0.0/0')),
      'a flat rule': {
        request: { groupId: 'sg-1', ipProtocol: 'tcp', fromPort: first, toPort: first, cidrIp: '0.0.0.0/0' },
      },
      'a rule is changed': {
        name: 'ec2:ModifySecurityGroupRules',
        request: {
          ModifySecurityGroupRulesRequest: {
            GroupId: 'sg-1',
            SecurityGroupRule: {
              SecurityGroupRule: { IpProtocol: 'tcp', FromPort: first, ToPort: first, CidrIpv6: '::/0' },
            },
          },
        },
      },
      'all protocols': {
        request: { groupId: 'sg-1', ipPermissions: { items: [{ ipProtocol: '-1', ipRanges: open }] } },
      },
    },
    stays: {
      'for one network': nested(permission(first, '192.0.2.0/24')),
      'another port': nested(permission(other, '0.0.0.0/0')),
      'the port for one network and another for all': nested(
        permission(first, '10.0.0.0/8'),
        permission(other, '0.0.0.0/0'),
      ),
    },
  });
}

interface Rule {
  readonly protocol: unknown;
  readonly from: unknown;
  readonly to: unknown;
  readonly ranges: readonly string[];
}

function rulesOf(seen: Seen<Read>): readonly Rule[] {
  if (seen.has(modified)) {
    return objectsUnder(seen.json(modified), 'SecurityGroupRule').map((rule) => ({
      protocol: rule['IpProtocol'],
      from: rule['FromPort'],
      to: rule['ToPort'],
      ranges: [...textsUnder(rule, 'CidrIpv4'), ...textsUnder(rule, 'CidrIpv6')],
    }));
  }
  const listed = objectsUnder(seen.json(items), 'items').map((rule) => ({
    protocol: rule['ipProtocol'],
    from: rule['fromPort'],
    to: rule['toPort'],
    ranges: [...textsUnder(rule, 'ipRanges.items.cidrIp'), ...textsUnder(rule, 'ipv6Ranges.items.cidrIpv6')],
  }));
  if (listed.length > 0) return listed;
  const [range, protocol, from, to] = flat;
  return [
    {
      protocol: seen.text(protocol),
      from: seen.number(from),
      to: seen.number(to),
      ranges: [seen.text(range) ?? ''],
    },
  ];
}

function isOpen({ ranges }: Rule): boolean {
  // Whatever stands before it, a prefix of no bits is everybody.
  return ranges.some((range) => range.endsWith('/0'));
}

function holds({ protocol, from, to }: Rule, port: number): boolean {
  if (protocol === '-1') return true;
  return (protocol === 'tcp' || protocol === '6') && Number(from) <= port && port <= Number(to);
}
