import type { ReadScope, Scope } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { outOfRange } from './errors.ts';
import { detectors, filters, lists, type Tags } from './tables.ts';

interface ByArn {
  readonly ResourceArn: string;
}

export const TagResource = operation<ByArn & { Tags: Tags }>({
  handle(input, call) {
    const { tags, put } = taggedOf(call, input.ResourceArn);
    put(call, { ...tags, ...input.Tags });
    return {};
  },
});

export const UntagResource = operation<ByArn & { TagKeys: readonly string[] }>({
  handle(input, call) {
    const { tags, put } = taggedOf(call, input.ResourceArn);
    put(call, Object.fromEntries(Object.entries(tags).filter(([key]) => !input.TagKeys.includes(key))));
    return {};
  },
});

export const ListTagsForResource = operation<ByArn>({
  handle: (input, call) => ({ Tags: taggedOf(call, input.ResourceArn).tags }),
});

export function tagsOf(arn: string, scope: ReadScope): Tags | undefined {
  return find(scope, arn)?.tags;
}

interface Tagged {
  readonly tags: Tags;
  put(scope: Scope, tags: Tags): void;
}

function taggedOf(scope: ReadScope, arn: string): Tagged {
  const tagged = find(scope, arn);
  if (tagged === undefined) throw outOfRange();
  return tagged;
}

/** `arn:aws:guardduty:<region>:<account>:detector/<id>[/filter|ipset|threatintelset/<id>]`. */
function find(scope: ReadScope, arn: string): Tagged | undefined {
  const [, detectorId = '', kind, id = ''] = arn.slice(arn.indexOf('detector/')).split('/');
  const detector = detectors.get(scope, detectorId);
  if (detector === undefined) return undefined;
  const tagged = <T extends { readonly tags: Tags }>(
    row: T | undefined,
    rows: { put(scope: Scope, id: string, row: T): void },
    key: string,
  ): Tagged | undefined =>
    row === undefined ? undefined : { tags: row.tags, put: (to, tags) => rows.put(to, key, { ...row, tags }) };
  if (kind === undefined) return tagged(detector, detectors, detectorId);
  if (kind === 'filter') return tagged(filters.get(scope, id), filters, id);
  if (kind === 'ipset' || kind === 'threatintelset') return tagged(lists.get(scope, id), lists, id);
  return undefined;
}
