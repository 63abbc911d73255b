import { blanks, skipBalanced } from '../skip.ts';

/**
 * Whether a JSON text that begins so holds events of CloudWatch Logs: what a subscription delivers, or an answer of
 * FilterLogEvents, GetLogEvents or GetQueryResults. Undefined where more of it must be seen.
 */
export function isLogEvents(head: string): boolean | undefined {
  const bytes = Buffer.from(head);
  let at = blanks(bytes, 0);
  if (at >= bytes.length) return undefined;
  if (bytes[at] !== 0x7b) return false;
  for (;;) {
    at = blanks(bytes, at + 1);
    const end = skipBalanced(bytes, at, bytes.length);
    const value = blanks(bytes, blanks(bytes, end) + 1);
    if (value >= bytes.length) return undefined;
    const name = bytes.toString('utf8', at + 1, end - 1);
    if (telling.has(name)) return true;
    if (name === 'events' || name === 'results') return isListOf(name, bytes, value);
    if (!before.has(name)) return false;
    at = blanks(bytes, skipBalanced(bytes, value, bytes.length));
    if (at >= bytes.length) return undefined;
    if (bytes[at] !== 0x2c) return false;
  }
}

/** Others list events and results too: the first of these says which they are. */
function isListOf(name: string, bytes: Buffer, list: number): boolean | undefined {
  if (bytes[list] !== 0x5b) return false;
  const first = blanks(bytes, list + 1);
  if (first >= bytes.length) return undefined;
  if (bytes[first] === 0x5d) return true;
  const end = skipBalanced(bytes, first, bytes.length);
  const text = bytes.toString('utf8', first, end);
  if (name === 'results' ? asked.test(text) : answered.test(text) && text.includes('"message"')) return true;
  return end < bytes.length ? false : undefined;
}

const answered = /"(?:timestamp|ingestionTime)"\s*:\s*\d/;
const asked = /^\[\s*\{\s*"(?:field|value)"\s*:/;

const telling: ReadonlySet<string> = new Set(['messageType', 'logEvents', 'searchedLogStreams', 'nextForwardToken']);
/** Members that may come before those. */
const before: ReadonlySet<string> = new Set([
  ...['owner', 'logGroup', 'logStream', 'subscriptionFilters', 'policyLevel', 'nextToken', 'nextBackwardToken'],
  ...['queryLanguage', 'status', 'statistics', 'encryptionKey'],
]);
