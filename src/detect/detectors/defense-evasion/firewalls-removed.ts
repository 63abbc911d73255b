import type { Words } from '../../../model/words.ts';
import { lowByPipeline, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { onCall } from '../../on-call.ts';

// What stands before networks and applications is taken away.

const advice: Words = {
  en: 'Put the protection back, and look in the logs of what it stood before for who came through meanwhile.',
  ja: '保護を元に戻し、その間に通過した通信を保護対象のログで確認してください。',
};
const moved: Words = {
  en: 'An application is retired or moves behind another protection.',
  ja: 'アプリケーションを廃止している場合や、別の保護に移している場合。',
};
const failOpen = 'requestParameters.FirewallFailOpen';
const failOpenLower = 'requestParameters.firewallFailOpen';
const protection = 'requestParameters.deleteProtection';
const named = ['requestParameters.firewallName', 'requestParameters.firewallArn'] as const;

export const firewallsRemoved: readonly Detector[] = [
  onCall({
    type: 'Custom:WebACL/ProtectionRemoved',
    title: { en: 'A web ACL or a part of it was removed', ja: 'ウェブ ACL またはその一部が取り外されました' },
    advice,
    falsePositives: moved,
    severity: (seen) => (/WebACL$/.test(seen.name) ? 5 : 2),
    technique: 'T1562.007',
    calls: ['wafv2', 'waf', 'waf-regional']
      .flatMap((service) =>
        ['DeleteWebACL', 'DisassociateWebACL', 'DeleteRuleGroup', 'DeleteRule', 'DeleteIPSet'].map(
          (name) => `${service}:${name}`,
        ),
      )
      .join(' '),
    target: ['requestParameters.resourceArn', 'requestParameters.name', 'requestParameters.webACLId'],
    when: unreviewed,
    fires: {
      'it is deleted': { request: { name: 'front', scope: 'REGIONAL', id: 'w' } },
      'a load balancer loses it': {
        name: 'wafv2:DisassociateWebACL',
        request: { resourceArn: 'arn:aws:elasticloadbalancing:us-west-2:111122223333:loadbalancer/app/a/1' },
      },
      'rules of the classic service': { name: 'waf:DeleteRuleGroup', request: { ruleGroupId: 'r' } },
    },
    stays: {
      'one is put before it': { name: 'wafv2:AssociateWebACL', request: { resourceArn: 'arn' } },
      'a pipeline does it': { by: 'pipeline:Deploy', request: { name: 'front', id: 'w' } },
    },
  }),
  onCall({
    type: 'Custom:NetworkFirewall/Weakened',
    title: {
      en: 'A firewall of the network or its rules were removed',
      ja: 'ネットワークまたは DNS のファイアウォールが弱められました',
    },
    advice,
    falsePositives: moved,
    severity: lowByPipeline(5),
    technique: 'T1562.007',
    calls: `network-firewall:DeleteFirewall network-firewall:DeleteFirewallPolicy network-firewall:DeleteRuleGroup
      network-firewall:DisassociateSubnets network-firewall:UpdateFirewallDeleteProtection
      route53resolver:DeleteFirewallRuleGroup route53resolver:DisassociateFirewallRuleGroup
      route53resolver:DeleteFirewallRule route53resolver:DeleteFirewallDomainList route53resolver:UpdateFirewallConfig`,
    target: [...named, 'requestParameters.ruleGroupName', 'requestParameters.firewallRuleGroupId'],
    reads: [protection, failOpen, failOpenLower],
    when: (seen) => {
      if (seen.name === 'UpdateFirewallDeleteProtection') return seen.flag(protection) === false;
      if (seen.name !== 'UpdateFirewallConfig') return true;
      return (seen.text(failOpen) ?? seen.text(failOpenLower)) === 'ENABLED';
    },
    fires: {
      'it is deleted': { request: { firewallName: 'edge' } },
      'names are let through when it fails': {
        name: 'route53resolver:UpdateFirewallConfig',
        request: { resourceId: 'vpc-1', firewallFailOpen: 'ENABLED' },
      },
    },
    stays: {
      'it is protected': {
        name: 'network-firewall:UpdateFirewallDeleteProtection',
        request: { firewallName: 'edge', deleteProtection: true },
      },
      'names are held back when it fails': {
        name: 'route53resolver:UpdateFirewallConfig',
        request: { resourceId: 'vpc-1', firewallFailOpen: 'DISABLED' },
      },
    },
  }),
  onCall({
    type: 'Custom:Shield/ProtectionRemoved',
    title: { en: 'Protection against floods was removed', ja: 'Shield による保護が外されました' },
    advice,
    falsePositives: moved,
    severity: lowByPipeline(5),
    technique: 'T1562.007',
    calls: `shield:DeleteProtection shield:DeleteProtectionGroup shield:DeleteSubscription
      shield:DisableApplicationLayerAutomaticResponse shield:DisableProactiveEngagement shield:DisassociateDRTRole`,
    target: ['requestParameters.protectionId', 'requestParameters.resourceArn'],
    fires: { 'it is deleted': { request: { protectionId: 'p' } } },
    stays: { 'it is added': { name: 'shield:CreateProtection', request: { name: 'p' } } },
  }),
];
