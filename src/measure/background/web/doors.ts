import type { JsonObject } from '../../../model/json.ts';
import { Luck } from '../luck.ts';
import { Timeline } from '../timeline.ts';
import { beginCustomers } from './customers.ts';
import { beginPrograms } from './programs.ts';
import { type Manner, Site, type Visit } from './site.ts';
import { strangers } from './strangers.ts';

// One public site, as each of the doors that can stand before it writes down who came.

/** Lines of a load balancer's access log. */
export function* balancers(seed: number): Generator<string, void, void> {
  const luck = new Luck(seed).fork('balancer');
  const group = `arn:aws:elasticloadbalancing:ap-northeast-1:${luck.whole(100_000_000_000, 999_999_999_999)}:targetgroup/shop/${luck.hex(16)}`;
  const balancer = `app/shop/${luck.hex(16)}`;
  for (const [time, visit] of visits(luck, 'pages')) yield balancerLine(luck, time, visit, { balancer, group });
}

function balancerLine(
  luck: Luck,
  time: number,
  { client, agent, method, path, query, isPlain, status, bytes }: Visit,
  { balancer, group }: { readonly balancer: string; readonly group: string },
): string {
  const at = `${new Date(time).toISOString().slice(0, -1)}${luck.whole(100, 999)}Z`;
  const [scheme, port] = isPlain ? ['http', 80] : ['https', 443];
  const url = `${scheme}://shop.example.com:${port}${path}${query === '' ? '' : `?${query}`}`;
  const address = client.includes(':') ? `[${client}]` : client;
  const target = isPlain ? '-' : `10.20.${luck.whole(0, 60)}.${luck.whole(4, 250)}:8080`;
  const times = isPlain ? '-1 -1 -1' : `0.000 0.0${luck.whole(10, 99)} 0.000`;
  const tls = isPlain ? '- -' : 'TLS_AES_128_GCM_SHA256 TLSv1.3';
  const did = isPlain ? `"redirect" "https://shop.example.com:443${path}"` : '"forward" "-"';
  return `${isPlain ? 'http' : 'h2'} ${at} ${balancer} ${address}:${luck.whole(1_024, 65_000)} ${target} ${times} ${status} ${isPlain ? '-' : status} ${luck.whole(80, 1_800)} ${bytes} "${method} ${url} HTTP/${isPlain ? '1.1' : '2.0'}" "${agent || '-'}" ${tls} ${group} "Root=1-${luck.hex(8)}-${luck.hex(24)}" "shop.example.com" "session-reused" 0 ${at} ${did} "-" "${target}" "${isPlain ? '-' : status}" "-" "-" TID_${luck.hex(32)}`;
}

/** Lines of a distribution's log, with their header. */
export function* distributions(seed: number): Generator<string, void, void> {
  const luck = new Luck(seed).fork('distribution');
  yield '#Version: 1.0';
  yield `#Fields: ${distributionFields}`;
  for (const [time, visit] of visits(luck, 'one page')) yield distributionLine(luck, time, visit);
}

const distributionFields =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end';

function distributionLine(luck: Luck, time: number, visit: Visit): string {
  const { client, agent, method, path, query, isPlain, status, bytes } = visit;
  const [date, clock = ''] = new Date(time).toISOString().split('T');
  const result = isPlain ? 'Redirect' : status >= 400 ? 'Error' : path.startsWith('/assets/') ? 'Hit' : 'Miss';
  return [
    ...[date, clock.slice(0, 8), `NRT${luck.whole(12, 57)}-P${luck.whole(1, 4)}`, bytes, client, method],
    ...['d1kq7m2w5j8.cloudfront.net', path, status, '-', encodeURIComponent(agent) || '-', query || '-', '-', result],
    ...[
      luck.capitals(52),
      'www.example.com',
      isPlain ? 'http' : 'https',
      luck.whole(80, 900),
      `0.0${luck.whole(10, 99)}`,
    ],
    ...['-', isPlain ? '-' : 'TLSv1.3', isPlain ? '-' : 'TLS_AES_128_GCM_SHA256', result],
    ...[
      isPlain ? 'HTTP/1.1' : 'HTTP/2.0',
      '-',
      '-',
      luck.whole(1_024, 65_000),
      '0.010',
      result,
      'text/html',
      '-',
      '-',
      '-',
    ],
  ].join('\t');
}

/** Records of a web ACL before the same site. */
export function* acls(seed: number): Generator<JsonObject, void, void> {
  const luck = new Luck(seed).fork('acl');
  const account = luck.whole(100_000_000_000, 999_999_999_999);
  const acl = `arn:aws:wafv2:ap-northeast-1:${account}:regional/webacl/shop/${luck.uuid()}`;
  const source = `${account}-app/shop/${luck.hex(16)}`;
  for (const [time, visit] of visits(luck, 'pages')) {
    if (!visit.isPlain) yield aclRecord(luck, time, visit, acl, source);
  }
}

function aclRecord(luck: Luck, time: number, visit: Visit, acl: string, source: string): JsonObject {
  const { client, agent, method, path, query } = visit;
  const group = groupOf(`${path}?${query}`);
  // The rules about SQL are watched before they may block: they take many a search for what it is not.
  const isCounted = group === 'SQLi' || group === 'Common';
  const isBlocked = group !== undefined && !isCounted;
  const rule = { ruleId: `${group}_QUERYARGUMENTS`, action: isCounted ? 'COUNT' : 'BLOCK', ruleMatchDetails: [] };
  return {
    timestamp: time,
    formatVersion: 1,
    webaclId: acl,
    terminatingRuleId: isBlocked ? `AWS-AWSManagedRules${group}RuleSet` : 'Default_Action',
    terminatingRuleType: isBlocked ? 'MANAGED_RULE_GROUP' : 'REGULAR',
    action: isBlocked ? 'BLOCK' : 'ALLOW',
    terminatingRuleMatchDetails: [],
    httpSourceName: 'ALB',
    httpSourceId: source,
    ruleGroupList: ['Common', 'KnownBadInputs', 'SQLi'].map((name) => ({
      ruleGroupId: `AWS#AWSManagedRules${name}RuleSet`,
      terminatingRule: isBlocked && name === group ? rule : null,
      nonTerminatingMatchingRules: isCounted && name === group ? [rule] : [],
      excludedRules: null,
      customerConfig: null,
    })),
    rateBasedRuleList: [],
    nonTerminatingMatchingRules: [],
    httpRequest: {
      clientIp: client,
      country: 'JP',
      headers: [{ name: 'user-agent', value: agent }],
      uri: path,
      args: query,
      httpVersion: 'HTTP/2.0',
      httpMethod: method,
      requestId: `1-${luck.hex(8)}-${luck.hex(24)}`,
    },
  };
}

/** Which of AWS's rule groups matches. */
function groupOf(asked: string): string | undefined {
  if (/jndi|\/\.env|\/actuator|\/\.git|\.aws\//.test(asked)) return 'KnownBadInputs';
  if (/union|%27|select/i.test(asked)) return 'SQLi';
  return /etc\/passwd|169\.254|script|\.\.|\.bak$/.test(asked) ? 'Common' : undefined;
}

function* visits(luck: Luck, manner: Manner): Generator<readonly [time: number, visit: Visit], void, void> {
  const timeline = new Timeline(Date.UTC(2026, 0, 5));
  const written: Visit[] = [];
  const site = new Site(luck.fork('site'), timeline, manner, (visit) => written.push(visit));
  beginCustomers(site);
  beginPrograms(site);
  site.begin(strangers(site, site.luck.fork('strangers')));
  while (timeline.turn()) for (const visit of written.splice(0)) yield [timeline.now, visit];
}
