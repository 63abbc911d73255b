import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import type { Detector, Seen } from '../../detector.ts';
import { example, request } from '../../examples.ts';
import { onActivity } from '../../on-activity.ts';
import { objectsUnder } from '../../policies.ts';
import { askedFor, doorOf, doorSources, requestPaths, statusOf } from '../../requests.ts';

// What is sent to applications from the internet. Strangers try everything everywhere, all day: so one finding is about
// one door, however many try, and what was turned away is told of quietly or not at all.

const advice: Words = {
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

const metadataService = /169\.254\.169\.254|\[fd00:ec2::254\]|0xa9fea9fe|\b2852039166\b/i;

/** What no page asks for: climbing out of folders, commands, queries and scripts inside parameters, files of secrets. */
const exploit = new RegExp(
  [
    String.raw`(?:\.\.[/\\]){2}`,
    String.raw`/etc/(?:passwd|shadow)\b`,
    String.raw`\$\{(?:jndi|lower|upper|env|::-)`,
    String.raw`\bunion(?:\s|\+|/\*[^*]*\*/)+(?:all(?:\s|\+|/\*[^*]*\*/)+)?select\b`,
    String.raw`'\s*or\s+'?1'?\s*=\s*'?1`,
    String.raw`\binformation_schema\b`,
    String.raw`<script[\s>]`,
    String.raw`/\.(?:env|git/(?:config|HEAD)|aws/credentials|ssh/id_rsa|htpasswd)(?:$|\?)`,
    String.raw`\bphp://(?:input|filter)`,
    String.raw`[;|${'`'}]\s*(?:wget|curl|cat|whoami|bash)\b`,
    String.raw`\$\((?:wget|curl|whoami|cat|id)\b`,
    String.raw`\bclass\.module\.classloader\b`,
    String.raw`eval-stdin\.php`,
  ].join('|'),
  'i',
);

/** Rule groups of AWS whose rules know one attack each; the others count what is merely odd. */
const knownExploits = /AWSManagedRules(?:KnownBadInputs|SQLi|Linux|Unix|Windows|PHP|WordPress)RuleSet/;

export const applicationsAttacked: readonly Detector[] = [
  attacked({
    type: 'Custom:WebApplication/MetadataServiceAsked',
    title: {
      en: 'An application was asked to fetch credentials of its host, and answered',
      ja: 'アプリケーション経由でインスタンスメタデータサービスへの要求が行われ、応答が返されました',
    },
    severity: 8,
    technique: 'T1552.005',
    when: (seen) => statusOf(seen) < 400 && metadataService.test(askedFor(seen)),
    fires: {
      'in a parameter': [request('/fetch?url=http://169.254.169.254/latest/meta-data/iam/security-credentials/')],
      escaped: [request('/fetch?url=http%3A%2F%2F169.254.169.254%2Flatest%2F')],
    },
    stays: {
      'it is turned away': [request('/fetch?url=http://169.254.169.254/', { status: 403 })],
      'another address': [request('/fetch?url=http://192.0.2.1/')],
    },
  }),
  attacked({
    type: 'Custom:WebApplication/ExploitAnswered',
    title: {
      en: 'An application answered a request that looks like an attack',
      ja: '攻撃とみられる要求にアプリケーションが正常に応答しました',
    },
    severity: 5,
    technique: 'T1190',
    when: (seen) => {
      const status = statusOf(seen);
      return status >= 200 && status < 300 && seen.source !== 'waf' && exploit.test(askedFor(seen));
    },
    fires: {
      'it climbs out of a folder': [request('/download?file=../../../etc/passwd')],
      'a query in a parameter': [request('/items?id=1%20UNION%20SELECT%20password%20FROM%20users')],
      'a file of secrets': [request('/.env')],
    },
    stays: {
      'it is not there': [request('/.env', { status: 404 })],
      'it is turned away': [request('/items?id=1%20UNION%20SELECT%20x', { status: 403 })],
      'an ordinary page': [request('/union/select-committee?page=2')],
    },
  }),
  knownToAcl(true),
  knownToAcl(false),
];

interface Row {
  readonly type: string;
  readonly title: Words;
  readonly severity: number;
  readonly technique: string;
  readonly when: (seen: Seen<Read>) => boolean;
  readonly fires: Readonly<Record<string, readonly JsonObject[]>>;
  readonly stays: Readonly<Record<string, readonly JsonObject[]>>;
}

function attacked({ type, title, severity, technique, when, fires, stays }: Row): Detector {
  return onActivity<Read>({
    type,
    title,
    advice,
    falsePositives: tested,
    severity,
    technique,
    logs: type.startsWith('Custom:WebACL') ? ['waf'] : ['alb', 'cloudfront', 'waf'],
    on: { kind: 'http-request' },
    reads: [...requestPaths, groups, terminating],
    when: (seen) => doorSources.has(seen.source) && when(seen),
    resource: doorOf,
    role: () => 'TARGET',
    says: (seen) => ({
      en: `${title.en}: ${seen.address?.text ?? ''} asked for ${askedFor(seen).slice(0, 200)}.`,
      ja: `${title.ja}。${seen.address?.text ?? ''} からの要求: ${askedFor(seen).slice(0, 200)}`,
    }),
    examples: { fires, stays },
  });
}

/** What a web ACL knows and lets through is as if there were none; what it blocks tells that somebody tries. */
function knownToAcl(letThrough: boolean): Detector {
  return attacked({
    type: `Custom:WebACL/${letThrough ? 'KnownExploitLetThrough' : 'KnownExploitBlocked'}`,
    title: letThrough
      ? {
          en: 'A web ACL knew an attack and only counted it',
          ja: 'ウェブ ACL が既知の攻撃を検知しましたが、カウントのみで通過させました',
        }
      : { en: 'A web ACL blocked known attacks', ja: 'ウェブ ACL が既知の攻撃をブロックしました' },
    severity: letThrough ? 5 : 2,
    technique: 'T1190',
    when: (seen) => seen.source === 'waf' && isKnown(seen) && statusOf(seen) < 400 === letThrough,
    fires: letThrough
      ? { 'a rule counts it': [seenByAcl('ALLOW', 'KnownBadInputs')] }
      : { 'a rule blocks it': [seenByAcl('BLOCK', 'KnownBadInputs')], 'a query': [seenByAcl('BLOCK', 'SQLi')] },
    stays: {
      'the other way': [seenByAcl(letThrough ? 'BLOCK' : 'ALLOW', 'KnownBadInputs')],
      'a rule that counts what is odd': [seenByAcl(letThrough ? 'ALLOW' : 'BLOCK', 'Common')],
    },
  });
}

function isKnown(seen: Seen<Read>): boolean {
  if (knownExploits.test(seen.text(terminating) ?? '')) return true;
  return objectsUnder(seen.json(groups), '').some((group) => {
    const counted = objectsUnder(group, 'nonTerminatingMatchingRules').length > 0;
    const ended = objectsUnder(group, 'terminatingRule').length > 0;
    return knownExploits.test(String(group['ruleGroupId'])) && (counted || ended);
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
