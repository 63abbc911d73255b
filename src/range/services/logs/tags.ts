import { operation } from '../../operation.ts';
import { checkedTags } from './groups.ts';
import { groupOf, type LogGroup, logGroups, nameIn } from './tables.ts';

type Tags = Readonly<Record<string, string>>;

export const TagResource = operation<{ resourceArn: string; tags: Tags }>({
  handle: (input, call) => tag(call, groupOf(call, nameIn(input.resourceArn)), input.tags),
});

export const UntagResource = operation<{ resourceArn: string; tagKeys: readonly string[] }>({
  handle: (input, call) => untag(call, groupOf(call, nameIn(input.resourceArn)), input.tagKeys),
});

export const ListTagsForResource = operation<{ resourceArn: string }>({
  handle: (input, call) => ({ tags: groupOf(call, nameIn(input.resourceArn)).tags }),
});

export const TagLogGroup = operation<{ logGroupName: string; tags: Tags }>({
  handle: (input, call) => tag(call, groupOf(call, input.logGroupName), input.tags),
});

export const UntagLogGroup = operation<{ logGroupName: string; tags: readonly string[] }>({
  handle: (input, call) => untag(call, groupOf(call, input.logGroupName), input.tags),
});

export const ListTagsLogGroup = operation<{ logGroupName: string }>({
  handle: (input, call) => ({ tags: groupOf(call, input.logGroupName).tags }),
});

type WriteScope = Parameters<typeof logGroups.put>[0];

function tag(scope: WriteScope, group: LogGroup, tags: Tags) {
  logGroups.put(scope, group.name, { ...group, tags: checkedTags({ ...group.tags, ...tags }) });
  return {};
}

function untag(scope: WriteScope, group: LogGroup, keys: readonly string[]) {
  const tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !keys.includes(key)));
  logGroups.put(scope, group.name, { ...group, tags });
  return {};
}
