const unreserved = /^[A-Za-z0-9\-._~]*$/;
const unreservedPath = /^[A-Za-z0-9\-._~/]*$/;

/** Percent-encoding as signatures want it: all but letters, digits and `-._~`. */
export function encodeStrictly(text: string): string {
  if (unreserved.test(text)) return text;
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function encodePath(path: string): string {
  return path.split('/').map(encodeStrictly).join('/');
}

/** S3 signs the path encoded once and never tidied. What is no valid encoding stays as it is. */
export function onceEncoded(path: string): string {
  if (unreservedPath.test(path)) return path;
  try {
    return encodePath(decodeURIComponent(path));
  } catch {
    return path;
  }
}

/** All others sign the path without its dots and empty parts, encoded again as it was sent. */
export function twiceEncoded(path: string): string {
  if (path === '/' || path === '') return '/';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(encodeStrictly(part));
  }
  return `/${parts.join('/')}${parts.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

/** Names and values decoded, encoded strictly and sorted; without `X-Amz-Signature`. */
export function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs: [string, string][] = [];
  for (const part of query.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = recode(equals < 0 ? part : part.slice(0, equals));
    if (name === 'X-Amz-Signature') continue;
    pairs.push([name, equals < 0 ? '' : recode(part.slice(equals + 1))]);
  }
  pairs.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : x > y ? 1 : 0));
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

function recode(text: string): string {
  if (unreserved.test(text)) return text;
  try {
    return encodeStrictly(decodeURIComponent(text.replaceAll('+', '%20')));
  } catch {
    return text;
  }
}
