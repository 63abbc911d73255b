import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import type { Detector, Seen } from '../../detector.ts';
import { example } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { objectsUnder } from '../../policies.ts';
import { askedFor, doorOf, requestPaths, statusOf } from '../../requests.ts';

// What web ACLs know of what is sent to applications from the internet. Strangers try everything everywhere, all day: so
// one finding is about one door, however many try, and what was turned away is told of quietly or not at all.

export const lookAtApplication: Words = {
  en: 'Look at what the application answered and did. If it is vulnerable, take it off the internet, and let the web ACL block such requests.',
  ja: 'アプリケーションの応答と動作を確認し、脆弱であれば公開を止めて、ウェブ ACL で同様の要求をブロックしてください。',
};
const tested: Words = {
  en: 'A scanner of yours, or a page that answers everything alike.',
  ja: '自社の脆弱性スキャンや、どの要求にも同じ応答を返すページの場合。',
};
const groups = 'ruleGroupList';
const terminating = 'terminatingRuleId';
type Read = (typeof requestPaths)[number] | typeof groups | typeof terminating;

/** Rule groups of AWS whose rules know one attack each; the others count what is merely odd. */
const knownExploits = /AWSManagedRules(?:KnownBadInputs|SQLi|Linux|Unix|Windows|PHP|WordPress)RuleSet/;

export const applicationsAttacked: readonly Detector[] = [knownToAcl(true), knownToAcl(false)];

/** What a web ACL knows and lets through is as if there were none; what it blocks tells that somebody tries. */
function knownToAcl(letThrough: boolean): Detector {
  const title = letThrough
    ? {
        en: 'A web ACL knew an attack and only counted it',
        ja: 'ウェブ ACL が既知の攻撃を検知しましたが、カウントのみで通過させました',
      }
    : { en: 'A web ACL blocked known attacks', ja: 'ウェブ ACL が既知の攻撃をブロックしました' };
  return onActivity<Read>({
    type: `Custom:WebACL/${letThrough ? 'KnownExploitLetThrough' : 'KnownExploitBlocked'}`,
    title,
    advice: lookAtApplication,
    falsePositives: tested,
    severity: (seen) => (letThrough && isCertain(seen) ? 5 : 2),
    technique: 'T1190',
    logs: ['waf'],
    on: { kind: 'http-request' },
    reads: [...requestPaths, groups, terminating],
    when: (seen) => seen.source === 'waf' && isKnown(seen) && statusOf(seen) < 400 === letThrough,
    resource: doorOf,
    role: () => 'TARGET',
    says: (seen) => ({
      en: `${title.en}: ${seen.address?.text ?? ''} asked for ${askedFor(seen).slice(0, 200)}.`,
      ja: `${title.ja}。${seen.address?.text ?? ''} からの要求: ${askedFor(seen).slice(0, 200)}`,
    }),
    examples: {
      fires: letThrough
        ? { 'a rule counts it': [seenByAcl('ALLOW', 'KnownBadInputs')] }
        : { 'a rule blocks it': [seenByAcl('BLOCK', 'KnownBadInputs')], 'a query': [seenByAcl('BLOCK', 'SQLi')] },
      stays: {
        'the other way': [seenByAcl(letThrough ? 'BLOCK' : 'ALLOW', 'KnownBadInputs')],
        'a rule that counts what is odd': [seenByAcl(letThrough ? 'ALLOW' : 'BLOCK', 'Common')],
      },
    },
  });
}

/** Rules about languages and shells take what people search for and write for an attack, so they are often only watched. */
function isCertain(seen: Seen<Read>): boolean {
  return isKnown(seen, /AWSManagedRulesKnownBadInputsRuleSet/);
}

function isKnown(seen: Seen<Read>, rules = knownExploits): boolean {
  if (rules.test(seen.text(terminating) ?? '')) return true;
  return objectsUnder(seen.json(groups), '').some((group) => {
    const counted = objectsUnder(group, 'nonTerminatingMatchingRules').length > 0;
    const ended = objectsUnder(group, 'terminatingRule').length > 0;
    return rules.test(String(group['ruleGroupId'])) && (counted || ended);
  });
}

function seenByAcl(action: 'ALLOW' | 'BLOCK', group: string): JsonObject {
  const rule = { ruleId: 'Some_QUERYARGUMENTS', action: action === 'ALLOW' ? 'COUNT' : 'BLOCK' };
  const matched =
    action === 'ALLOW'
      ? { nonTerminatingMatchingRules: [rule] }
      : { terminatingRule: rule, nonTerminatingMatchingRules: [] };
  return {
    timestamp: example.start,
    webaclId: `arn:aws:wafv2:${example.region}:${example.account}:regional/webacl/front/1`,
    action,
    terminatingRuleId: action === 'ALLOW' ? 'Default_Action' : `AWS-AWSManagedRules${group}RuleSet`,
    ruleGroupList: [{ ruleGroupId: `AWS#AWSManagedRules${group}RuleSet`, ...matched }],
    httpRequest: {
      clientIp: example.listed,
      uri: '/',
      args: 'q=1',
      httpMethod: 'GET',
      requestId: `${action} ${group}`,
    },
  };
}
