import { isIp } from '../../callers.ts';
import { call, times } from '../../examples.ts';
import { readsOnly } from '../../families.ts';
import { onFirstSeen } from '../../on-first-seen.ts';
import { accessKey } from '../../subjects.ts';

/** Services without regions: all their calls are recorded in one, which nobody chose. */
const global = new Set(
  [
    'iam',
    'organizations',
    'cloudfront',
    'route53',
    'route53domains',
    'globalaccelerator',
    'support',
    'health',
    'shield',
    'budgets',
    'ce',
    'account',
    'signin',
    'networkmanager',
  ].map((service) => `${service}.amazonaws.com`),
);

const dayMs = 24 * 3_600_000;

/** Attackers like regions that nobody looks at. Only changes count: consoles and scanners list everywhere. */
export const newRegion = onFirstSeen({
  type: 'Custom:IAMUser/ChangeInNewRegion',
  title: {
    en: 'An identity changes something in a region that it did not use before',
    ja: 'これまで使われていないリージョンで変更が行われました',
  },
  advice: {
    en: 'Ask whether this region is used. If not, close it with a service control policy and look for resources there.',
    ja: 'このリージョンを利用しているか確認してください。利用していなければサービスコントロールポリシーで閉じ、作成されたリソースを調べます。',
  },
  severity: 2,
  technique: 'T1535',
  logs: ['cloudtrail-management'],
  falsePositives: {
    en: 'A team expands to a new region, or an administrator works somewhere for the first time.',
    ja: '新しいリージョンへの展開や、管理者が初めて利用する場合。',
  },
  on: {
    kind: 'api-call',
    families: ['Persistence', 'PrivilegeEscalation', 'DefenseEvasion', 'Exfiltration', 'Execution', 'Impact', 'Other'],
    refused: false,
    who: (who) => who.text('userIdentity.type') !== 'AWSService',
    from: isIp,
  },
  reads: [],
  when: (seen) =>
    seen.region !== '' && !global.has(seen.source) && !readsOnly(seen.name) && seen.flag('readOnly') !== true,
  key: (seen) => seen.principal,
  value: (seen) => seen.region,
  steady: true,
  learnMs: 7 * dayMs,
  windowMs: 90 * dayMs,
  resource: accessKey,
  counterpart: (seen) => seen.region,
  says: (seen, region) => ({
    en: `${seen.principal} called ${seen.name} in ${region}, where it changed nothing in the last 90 days.`,
    ja: `${seen.principal} が ${region} で ${seen.name} を呼び出しました。このリージョンでの変更は過去 90 日間ありません。`,
  }),
  examples: {
    fires: {
      'after eight days at home': [...atHome(8), call('ec2:RunInstances', { at: 8 * 86_400, region: 'ap-south-1' })],
    },
    stays: {
      'while it is still new': [...atHome(3), call('ec2:RunInstances', { at: 3 * 86_400, region: 'ap-south-1' })],
      'it only looks': [...atHome(8), call('ec2:DescribeInstances', { at: 8 * 86_400, region: 'ap-south-1' })],
      'it is refused': [
        ...atHome(8),
        call('ec2:RunInstances', { at: 8 * 86_400, region: 'ap-south-1', error: 'UnauthorizedOperation' }),
      ],
      'of a service without regions': [
        ...atHome(8),
        call('cloudfront:CreateInvalidation', { at: 8 * 86_400, region: 'us-east-1' }),
      ],
      'where it always was': [...atHome(8), call('ec2:StopInstances', { at: 8 * 86_400 })],
    },
  },
});

function atHome(days: number) {
  return times(days, (_, at) => call('ec2:RunInstances', { at }), 86_400);
}
