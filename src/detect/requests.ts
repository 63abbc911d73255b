import { percentDecoded } from '../aws/percent.ts';
import type { Resource } from '../model/finding.ts';
import type { Seen } from './detector.ts';

// A request as whoever answered it wrote it down: a load balancer, CloudFront, or a web ACL before them.

export const requestPaths = [
  'elb',
  'request',
  'elb_status_code',
  'sent_bytes',
  'cs(Host)',
  'cs-uri-stem',
  'cs-uri-query',
  'sc-status',
  'sc-bytes',
  'webaclId',
  'action',
  'httpRequest.uri',
  'httpRequest.args',
] as const;

export type Requested = Seen<(typeof requestPaths)[number]>;

export const doorSources: ReadonlySet<string> = new Set(['alb', 'cloudfront', 'waf']);

/** Path and query, decoded; '' where the record has none. */
export function askedFor(seen: Requested): string {
  const path = seen.text('cs-uri-stem') ?? seen.text('httpRequest.uri') ?? ofLine(seen.text('request') ?? '');
  const query = seen.text('cs-uri-query') ?? seen.text('httpRequest.args') ?? '';
  return percentDecoded(query === '' ? path : `${path}?${query}`);
}

/** The path alone, decoded. */
export function pageOf(seen: Requested): string {
  return askedFor(seen).replace(/\?.*$/s, '');
}

/** Names of what is asked with. */
export function parametersOf(seen: Requested): readonly string[] {
  const [, query = ''] = /\?(.*)$/s.exec(askedFor(seen)) ?? [];
  return query === '' ? [] : query.split('&').map((each) => each.replace(/=.*$/s, '').slice(0, 64));
}

/** How long the answer was, with its headers. */
export function bytesOf(seen: Requested): number | undefined {
  return seen.number('sent_bytes') ?? seen.number('sc-bytes');
}

/** `/path?query` of `GET https://host:443/path?query HTTP/1.1` */
function ofLine(line: string): string {
  return line
    .replace(/^\S+ /, '')
    .replace(/ HTTP\/[\d.]+$/, '')
    .replace(/^[a-z]+:\/\/[^/]*/, '');
}

/** The status that the client got; 403 for what a web ACL blocked, 200 for what it let through. */
export function statusOf(seen: Requested): number {
  const action = seen.text('action');
  if (seen.source === 'waf') return action === 'ALLOW' || action === 'COUNT' ? 200 : 403;
  return seen.number('elb_status_code') ?? seen.number('sc-status') ?? 0;
}

/** What answered. */
export function doorOf(seen: Requested): Resource {
  const balancer = seen.text('elb');
  if (balancer !== undefined) return { type: 'LoadBalancer', arn: balancer };
  const acl = seen.text('webaclId');
  return acl === undefined ? { type: 'Distribution', arn: seen.text('cs(Host)') ?? '' } : { type: 'WebACL', arn: acl };
}
