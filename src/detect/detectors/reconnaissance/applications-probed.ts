import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import type { Detector } from '../../detector.ts';
import { request, times } from '../../examples.ts';
import { onThreshold } from '../../on-threshold.ts';
import { askedFor, doorOf, doorSources, type Requested, requestPaths, statusOf } from '../../requests.ts';
import { thresholds } from '../../thresholds.ts';
import type { World } from '../../world.ts';

// Many requests of one client to one door.

const { webScan, webGuesses, webFlood } = thresholds;

interface Row {
  readonly type: string;
  readonly title: Words;
  readonly advice: Words;
  readonly falsePositives: Words;
  readonly severity: number;
  readonly technique: string;
  readonly when: (seen: Requested) => boolean;
  /** What tells that it is no such thing: each forgives one that counted. */
  readonly forgives?: (seen: Requested) => boolean;
  readonly distinct?: (seen: Requested) => string;
  /** So many may come together in one entry. */
  readonly crumbs?: number;
  readonly most: { readonly count: number; readonly windowMs: number };
  /** Of one door many are told of together. */
  readonly isCommon: boolean;
  readonly one: (index: number, at: number) => JsonObject;
  readonly stays: (many: number) => Readonly<Record<string, readonly JsonObject[]>>;
}

const signingIn = /log-?in|log-?on|sign-?in|authenticate|\/auth\b|\/session|\/token\b|xmlrpc\.php/i;

export const applicationsProbed: readonly Detector[] = [
  probed({
    type: 'Custom:WebApplication/Scanned',
    title: { en: 'Somebody looks for pages that are not linked', ja: 'アプリケーションのパスがスキャンされています' },
    advice: {
      en: 'Look for what was found, and let a rule of the web ACL slow such clients down.',
      ja: '見つけられたページがないか確認し、ウェブ ACL のレート制限を検討してください。',
    },
    falsePositives: {
      en: 'A scanner of yours, or a site with many broken links.',
      ja: '自社のスキャンや、リンク切れの多いサイトの場合。',
    },
    severity: 2,
    technique: 'T1595.003',
    when: (seen) => statusOf(seen) >= 400 && statusOf(seen) < 500,
    // Crawlers and catalogues find most of what they ask for.
    forgives: isAnswered,
    distinct: askedFor,
    most: webScan,
    isCommon: true,
    one: (index, at) => request(`/p${index}`, { at, status: 404 }),
    stays: (many) => ({
      'they are there': times(many, (index, at) => request(`/p${index}`, { at })),
      'as many are there': times(2 * many, (index, at) =>
        request(`/p${index}`, { at, status: index % 2 === 0 ? 404 : 200 }),
      ),
      'one page again and again': times(many, (_, at) => request('/missing', { at, status: 404 })),
      'by as many clients': times(many, (index, at) =>
        request(`/p${index}`, { at, status: 404, from: `192.0.2.${index}` }),
      ),
    }),
  }),
  probed({
    type: 'Custom:WebApplication/PasswordGuessing',
    title: {
      en: 'Passwords of an application are being guessed',
      ja: 'アプリケーションのパスワードの総当たりが行われています',
    },
    advice: {
      en: 'See whether one attempt succeeded, and limit how often a client may try.',
      ja: '成功した試行がないか確認し、試行回数を制限してください。',
    },
    falsePositives: {
      en: 'Many people behind one address, or a program with an old password.',
      ja: '多くの人が同じアドレスを共有している場合や、古いパスワードを使うプログラムの場合。',
    },
    severity: 5,
    technique: 'T1110',
    when: (seen) => [401, 403, 429].includes(statusOf(seen)) && signsIn(seen),
    // Where many sit behind one address, most get in; who guesses does not.
    forgives: (seen) => isAnswered(seen) && signsIn(seen),
    most: webGuesses,
    isCommon: false,
    one: (_, at) => request('/login', { at, method: 'POST', status: 401 }),
    stays: (many) => ({
      'they succeed': times(many, (_, at) => request('/login', { at, method: 'POST' })),
      'as many succeed': times(2 * many, (index, at) =>
        request('/login', { at, method: 'POST', status: index % 2 === 0 ? 401 : 302 }),
      ),
      'another page': times(many, (_, at) => request('/cart', { at, method: 'POST', status: 401 })),
      'one guess each': times(many, (index, at) =>
        request('/login', { at, method: 'POST', status: 401, from: `192.0.2.${index}` }),
      ),
    }),
  }),
  probed({
    type: 'Custom:WebApplication/Flooded',
    title: {
      en: 'One client floods an application with requests',
      ja: '一つのクライアントから大量の要求が送られています',
    },
    advice: {
      en: 'Block the client with a rate rule of the web ACL, and see whether others still get through.',
      ja: 'ウェブ ACL のレートルールで遮断し、他の利用者に影響がないか確認してください。',
    },
    falsePositives: {
      en: 'A load test, or a gateway that many use.',
      ja: '負荷試験や、多くの人が使うゲートウェイの場合。',
    },
    severity: 5,
    technique: 'T1499',
    when: () => true,
    crumbs: webFlood.count / 100,
    most: webFlood,
    isCommon: false,
    one: (index) => request(`/?${index}`, { at: Math.floor(index / 200) }),
    stays: () => ({
      'over an hour': times(3_000, (index, at) => request(`/?${index}`, { at })),
    }),
  }),
];

function probed(row: Row): Detector {
  const { most, forgives, distinct, crumbs, isCommon, one } = row;
  const many = (count: number, everyS = 1) => times(count, one, everyS);
  return onThreshold<(typeof requestPaths)[number]>({
    type: row.type,
    title: row.title,
    advice: row.advice,
    falsePositives: row.falsePositives,
    severity: row.severity,
    technique: row.technique,
    logs: ['alb', 'cloudfront', 'waf'],
    on: { kind: 'http-request' },
    reads: requestPaths,
    when: (seen, world) =>
      doorSources.has(seen.source) && isClient(seen, world) && (row.when(seen) || forgives?.(seen) === true),
    key: (seen) => `${doorOf(seen).arn ?? ''} ${seen.address?.text ?? ''}`,
    ...(distinct === undefined ? {} : { distinct }),
    ...(crumbs === undefined ? {} : { crumbs, weight: () => 1 }),
    ...(forgives === undefined ? {} : { weight: (seen: Requested) => (forgives(seen) ? -1 : 1) }),
    count: most.count,
    windowMs: most.windowMs,
    resource: doorOf,
    ...(isCommon ? {} : { counterpart: (seen: Requested) => seen.address?.text ?? '' }),
    role: () => 'TARGET',
    says: (seen, { count }) => ({
      en: `${row.title.en}: ${count} requests of ${seen.address?.text ?? ''} within ${most.windowMs / 60_000} minutes, the last for ${askedFor(seen).slice(0, 200)}.`,
      ja: `${row.title.ja}。${seen.address?.text ?? ''} から ${most.windowMs / 60_000} 分以内に ${count} 件、最後の要求: ${askedFor(seen).slice(0, 200)}`,
    }),
    examples: {
      fires: { 'one after the other': many(most.count) },
      stays: { 'one fewer': many(most.count - 1), ...row.stays(most.count) },
    },
  });
}

function isAnswered(seen: Requested): boolean {
  const status = statusOf(seen);
  return status >= 200 && status < 400;
}

function signsIn(seen: Requested): boolean {
  return seen.name === 'POST' && signingIn.test(askedFor(seen));
}

/** Behind CloudFront a load balancer sees its addresses, each of which stands for many. */
function isClient(seen: Requested, world: World): boolean {
  const { address } = seen;
  return address?.kind === 'ip' && !(seen.source === 'alb' && world.facts.isAws(address.text) === true);
}
