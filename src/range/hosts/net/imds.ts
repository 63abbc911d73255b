import type { HostInside } from '../host.ts';
import { hostLimits } from '../limits.ts';
import type { HttpAnswer, HttpRequest, RoleCredentials } from '../ports.ts';

const tokens = new WeakMap<HostInside, Map<string, number>>();

/**
 * The instance metadata service, both versions.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export function metadataAnswer(host: HostInside, request: HttpRequest, random: () => number): HttpAnswer {
  const { metadata, clock } = host.ports;
  const { enabled, tokens: mode } = metadata.options();
  if (!enabled) return answer(403, 'Forbidden');
  const path = new URL(request.url).pathname.replace(/\/+/g, '/');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const known = tokens.get(host) ?? new Map<string, number>();
  tokens.set(host, known);
  if (request.method === 'PUT' && path === '/latest/api/token') return newToken(known, headers, clock.now(), random);
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'Method Not Allowed');
  const token = headers['x-aws-ec2-metadata-token'];
  const expires = token === undefined ? undefined : known.get(token);
  if (token === undefined ? mode === 'required' : expires === undefined || expires <= clock.now())
    return answer(401, 'Unauthorized');
  const body = bodyOf(host, path, token === undefined ? '1.0' : '2.0');
  return body === undefined ? answer(404, 'Not Found', notFound) : answer(200, 'OK', body);
}

function newToken(
  known: Map<string, number>,
  headers: Readonly<Record<string, string>>,
  now: number,
  random: () => number,
): HttpAnswer {
  const ttl = Number(headers['x-aws-ec2-metadata-token-ttl-seconds']);
  if (!(ttl >= 1 && ttl <= 21600)) return answer(400, 'Bad Request');
  // A forwarded request is one that a proxy passed on: version 2 refuses it.
  if (headers['x-forwarded-for'] !== undefined) return answer(403, 'Forbidden');
  const bytes = Uint8Array.from({ length: 42 }, () => Math.floor(random() * 256));
  const token = `${Buffer.from(bytes).toString('base64url')}==`;
  if (known.size >= hostLimits.metadataTokens) known.delete(known.keys().next().value ?? '');
  known.set(token, now + ttl * 1000);
  return answer(200, 'OK', token, { 'x-aws-ec2-metadata-token-ttl-seconds': `${ttl}` });
}

function bodyOf(host: HostInside, path: string, delivery: '1.0' | '2.0'): string | undefined {
  const { metadata } = host.ports;
  const [, version = '', kind = '', ...rest] = path.split('/');
  if (version === '') return '1.0\n2021-07-15\n2024-04-11\nlatest';
  if (version !== 'latest' && !/^\d{4}-\d\d-\d\d$|^1\.0$/.test(version)) return undefined;
  const leaf = rest.filter((part) => part !== '').join('/');
  if (kind === '') return 'dynamic\nmeta-data\nuser-data';
  if (kind === 'user-data') {
    const data = metadata.userData();
    return data === undefined ? undefined : Buffer.from(data).toString('utf8');
  }
  if (kind === 'dynamic')
    return leaf === 'instance-identity/document' ? JSON.stringify(metadata.identityDocument(), null, 2) : undefined;
  if (kind !== 'meta-data') return undefined;
  return metaData(leaf, { ...metadata.values(), ...roleValues(metadata.credentials(delivery), delivery) });
}

/** A leaf, or the names below a folder; those that are folders end in a slash. */
function metaData(leaf: string, values: Readonly<Record<string, string>>): string | undefined {
  if (values[leaf] !== undefined) return values[leaf];
  const start = leaf === '' ? '' : `${leaf}/`;
  const below = Object.keys(values)
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(start.length).replace(/\/.*/, '/'));
  // A role's name is listed without a slash, since it has no children.
  return below.length === 0 ? undefined : [...new Set(below)].sort().join('\n');
}

function roleValues(role: RoleCredentials | undefined, _delivery: string): Record<string, string> {
  if (role === undefined) return {};
  const stamp = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
  const lines = (pairs: readonly (readonly [string, string])[]) =>
    `{\n${pairs.map(([name, value]) => `  "${name}" : "${value}"`).join(',\n')}\n}`;
  return {
    'iam/info': lines([
      ['Code', 'Success'],
      ['LastUpdated', stamp(role.issuedAt)],
      ['InstanceProfileArn', role.instanceProfileArn],
      ['InstanceProfileId', role.instanceProfileId],
    ]),
    // One name a line: scripts cut these lines.
    [`iam/security-credentials/${role.roleName}`]: lines([
      ['Code', 'Success'],
      ['LastUpdated', stamp(role.issuedAt)],
      ['Type', 'AWS-HMAC'],
      ['AccessKeyId', role.accessKeyId],
      ['SecretAccessKey', role.secretAccessKey],
      ['Token', role.sessionToken],
      ['Expiration', stamp(role.expiresAt)],
    ]),
  };
}

const notFound = `<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
\t"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head>
  <title>404 - Not Found</title>
 </head>
 <body>
  <h1>404 - Not Found</h1>
 </body>
</html>
`;

function answer(status: number, reason: string, body = '', headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    reason,
    headers: { 'content-type': 'text/plain', server: 'EC2ws', ...headers },
    body: Buffer.from(body),
  };
}
