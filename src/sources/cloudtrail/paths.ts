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

export function callTrie(reads: Iterable<Path>): Trie {
  return trieOf([...headPaths, ...shapePaths, ...identityPaths, ...callPaths, ...reads]);
}
