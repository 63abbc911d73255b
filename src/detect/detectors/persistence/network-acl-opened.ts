import type { JsonObject } from '../../../model/json.ts';
import { byPipeline } from '../../callers.ts';
import type { Seen } from '../../detector.ts';
import { onCall } from '../../on-call.ts';

const id = 'requestParameters.networkAclId';
const rule = [
  'requestParameters.egress',
  'requestParameters.ruleAction',
  'requestParameters.cidrBlock',
  'requestParameters.ipv6CidrBlock',
  'requestParameters.aclProtocol',
  'requestParameters.portRange.from',
  'requestParameters.portRange.to',
] as const;

/** One rule that lets in all there is: what was kept apart before is so no longer. */
export const networkAclOpened = onCall<typeof id | (typeof rule)[number]>({
  type: 'Custom:EC2NetworkAcl/OpenedToEverybody',
  title: {
    en: 'A network ACL lets everything in from everywhere',
    ja: 'ネットワーク ACL がすべての通信を全世界から許可しました',
  },
  advice: {
    en: 'Take the entry out, or narrow it to the ports and networks that are needed; look in the flow logs for who came in.',
    ja: 'エントリを削除するか、必要なポートとネットワークに限定してください。接続元はフローログで確認します。',
  },
  falsePositives: {
    en: 'Security groups alone are meant to decide, as with the default ACL.',
    ja: '既定の ACL のように、セキュリティグループだけで制御する構成の場合。',
  },
  severity: (seen) => (byPipeline(seen) ? 2 : 5),
  technique: 'T1562.007',
  calls: 'ec2:CreateNetworkAclEntry ec2:ReplaceNetworkAclEntry',
  target: [id],
  reads: rule,
  when: (seen) => isIngress(seen) && isEverybody(seen) && isEverything(seen),
  fires: {
    'all protocols': { request: entry({ aclProtocol: '-1' }) },
    'all ports': { request: entry({ aclProtocol: '6', portRange: { from: 0, to: 65_535 } }) },
    'an entry is replaced': { name: 'ec2:ReplaceNetworkAclEntry', request: entry({ aclProtocol: '-1' }) },
  },
  stays: {
    'one port': { request: entry({ aclProtocol: '6', portRange: { from: 443, to: 443 } }) },
    'one network': { request: entry({ aclProtocol: '-1', cidrBlock: '10.0.0.0/8' }) },
    'what leaves': { request: entry({ aclProtocol: '-1', egress: true }) },
    'it is denied': { request: entry({ aclProtocol: '-1', ruleAction: 'deny' }) },
  },
});

type Read = typeof id | (typeof rule)[number];

function isIngress(seen: Seen<Read>): boolean {
  return seen.flag('requestParameters.egress') !== true && seen.text('requestParameters.ruleAction') === 'allow';
}

function isEverybody(seen: Seen<Read>): boolean {
  const range = seen.text('requestParameters.cidrBlock') ?? seen.text('requestParameters.ipv6CidrBlock') ?? '';
  return range.endsWith('/0');
}

function isEverything(seen: Seen<Read>): boolean {
  if (seen.text('requestParameters.aclProtocol') === '-1') return true;
  const from = seen.number('requestParameters.portRange.from') ?? Number.NaN;
  const to = seen.number('requestParameters.portRange.to') ?? Number.NaN;
  // Answers come back to high ports: those alone are not everything.
  return from <= 22 && to >= 65_000;
}

function entry(more: JsonObject): JsonObject {
  return {
    networkAclId: 'acl-1',
    ruleNumber: 1,
    egress: false,
    ruleAction: 'allow',
    cidrBlock: '0.0.0.0/0',
    ...more,
  };
}
