import { operation } from '../../operation.ts';
import { functionOf, functions } from './tables.ts';

export const TagResource = operation<{ Resource: string; Tags: Readonly<Record<string, string>> }>({
  trail: { name: 'TagResource20170331v2' },
  handle(input, call) {
    const fn = functionOf(call, input.Resource);
    functions.put(call, fn.name, { ...fn, tags: { ...fn.tags, ...input.Tags } });
    return {};
  },
});

export const UntagResource = operation<{ Resource: string; TagKeys: readonly string[] }>({
  trail: { name: 'UntagResource20170331v2' },
  handle(input, call) {
    const fn = functionOf(call, input.Resource);
    const tags = Object.fromEntries(Object.entries(fn.tags).filter(([key]) => !input.TagKeys.includes(key)));
    functions.put(call, fn.name, { ...fn, tags });
    return {};
  },
});

export const ListTags = operation<{ Resource: string }>({
  trail: { name: 'ListTags20170331' },
  handle: (input, call) => ({ Tags: functionOf(call, input.Resource).tags }),
});
