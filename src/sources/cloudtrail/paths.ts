import type { Path } from '../../model/activity.ts';
import { callPaths } from '../../model/paths.ts';
import { identityPaths } from '../principal.ts';
import { type Trie, trieOf } from '../trie.ts';

/** What the head of an activity is made of. */
const headPaths = [
  'eventSource',
  'eventName',
  'eventTime',
  'eventID',
  'awsRegion',
  'recipientAccountId',
  'sourceIPAddress',
  'errorCode',
] as const;

/** By these the reader tells what an object is: a record, an envelope around one, or a file of another kind. */
const shapePaths = [
  'detail',
  'eventData',
  'CloudTrailEvent',
  'Records',
  'Events',
  'digestStartTime',
  'insightDetails',
] as const;

/** What every record has besides, so that the scanner expects it. */
const quietPaths = [
  'eventVersion',
  'requestID',
  'resources',
  'additionalEventData',
  'tlsDetails',
  'sessionCredentialFromConsole',
  'sharedEventID',
] as const;

/** Of these hardly any value comes twice. */
export const uniquePaths = [
  'eventID',
  'requestID',
  'sharedEventID',
  'responseElements.credentials.accessKeyId',
  'responseElements.credentials.sessionToken',
] as const;

export function callTrie(reads: Iterable<Path>): Trie {
  const asked = new Set([...headPaths, ...shapePaths, ...identityPaths, ...callPaths, ...reads]);
  return trieOf(
    asked,
    quietPaths.filter((path) => !asked.has(path)),
  );
}
