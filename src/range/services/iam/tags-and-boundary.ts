import { operation } from '../../operation.ts';
import type { Table } from '../../table.ts';
import { found, type PageInput, type TagInput, tagList, tagsOf } from './entity.ts';
import { boundaryOf } from './managed-policy.ts';
import type { Tagged } from './tables.ts';

interface Bounded extends Tagged {
  readonly name: string;
  readonly boundary?: string;
}

/** What users and roles answer alike. `member` is the name of the parameter that names one. */
export function tagsAndBoundary<Member extends 'UserName' | 'RoleName', Row extends Bounded>(
  table: Table<Row>,
  kind: 'user' | 'role',
  member: Member,
) {
  type Named = { readonly [name in Member]: string };
  return {
    tag: operation<Named & { Tags: readonly TagInput[] }>({
      handle(input, call) {
        const row = found(table, call, kind, input[member]);
        table.put(call, row.name, { ...row, tags: { ...row.tags, ...tagsOf(input.Tags) } });
        return {};
      },
    }),
    untag: operation<Named & { TagKeys: readonly string[] }>({
      handle(input, call) {
        const row = found(table, call, kind, input[member]);
        const tags = Object.fromEntries(Object.entries(row.tags).filter(([key]) => !input.TagKeys.includes(key)));
        table.put(call, row.name, { ...row, tags });
        return {};
      },
    }),
    listTags: operation<Named & PageInput>({
      handle: (input, call) => ({ Tags: tagList(found(table, call, kind, input[member]).tags), IsTruncated: false }),
    }),
    putBoundary: operation<Named & { PermissionsBoundary: string }>({
      handle(input, call) {
        const row = found(table, call, kind, input[member]);
        table.put(call, row.name, { ...row, boundary: boundaryOf(input.PermissionsBoundary, call) });
        return {};
      },
    }),
    deleteBoundary: operation<Named>({
      handle(input, call) {
        const { boundary: _, ...row } = found(table, call, kind, input[member]);
        // A row may be without a boundary, which its type alone does not tell.
        table.put(call, row.name, row as unknown as Row);
        return {};
      },
    }),
  };
}
