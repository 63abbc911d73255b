import { type Call, operation } from '../../operation.ts';
import { filtered } from './describe.ts';
import { tagsPerResourceMax } from './limits.ts';
import { kindOf, type Row, refuse } from './resource.ts';

export interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

export interface TagSpecification {
  readonly ResourceType?: string;
  readonly Tags?: readonly Tag[];
}

/** Tags that a creating call gives to what it makes. */
export function tagsFor(
  type: string,
  specifications: readonly TagSpecification[] | undefined,
  call: Pick<Call, 'via'>,
): Record<string, string> {
  const mine = (specifications ?? []).filter(({ ResourceType }) => ResourceType === type);
  const tags = mine.flatMap(({ Tags }) => Tags ?? []);
  checkKeys(tags, call);
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? '', Value ?? '']));
}

/**
 * Nobody tags in the name of AWS; what a stack makes carries the stack's tags.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions (the text: observed)
 */
function checkKeys(tags: readonly Tag[], { via }: Pick<Call, 'via'>): void {
  for (const { Key = '' } of tags) {
    if (!/^aws:/i.test(Key) || (via !== undefined && Key.startsWith('aws:cloudformation:'))) continue;
    const why = "Tag keys starting with 'aws:' are reserved for internal use";
    throw refuse('InvalidParameterValue', `Value ( ${Key} ) for parameter key is invalid. ${why}`);
  }
}

export function tagSet(row: Row): { Key: string; Value: string }[] {
  return Object.entries(row.tags).map(([Key, Value]) => ({ Key, Value }));
}

export const CreateTags = operation<{ Resources: readonly string[]; Tags: readonly Tag[] }>({
  handle(input, call) {
    checkKeys(input.Tags, call);
    for (const id of input.Resources) {
      const { of, row } = tagged(id, call);
      const tags = { ...row.tags, ...Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key ?? '', Value ?? ''])) };
      if (Object.keys(tags).length > tagsPerResourceMax) {
        throw refuse(
          'TagLimitExceeded',
          `The maximum number of Tags for a resource has been reached: ${tagsPerResourceMax}`,
        );
      }
      of.rows.put(call, id, { ...row, tags });
    }
    return {};
  },
});

/** A tag named with a value goes only where it has that value. */
export const DeleteTags = operation<{ Resources: readonly string[]; Tags?: readonly Tag[] }>({
  handle(input, call) {
    for (const id of input.Resources) {
      const { of, row } = tagged(id, call);
      const goes = (key: string, value: string) =>
        input.Tags === undefined ||
        input.Tags.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value));
      const tags = Object.fromEntries(Object.entries(row.tags).filter(([key, value]) => !goes(key, value)));
      of.rows.put(call, id, { ...row, tags });
    }
    return {};
  },
});

export const DescribeTags = operation<{ Filters?: readonly { Name?: string; Values?: readonly string[] }[] }>({
  handle(input, call) {
    const prefix = `${call.account}/${encodeURIComponent(call.region)}/ec2/`;
    const rows = [...call.tx.range<Row>('state', { prefix })].flatMap(([, row]) => {
      const of = typeof row.id === 'string' ? kindOf(row.id) : undefined;
      return of === undefined ? [] : tagSet(row).map((tag) => ({ ...tag, ResourceId: row.id, ResourceType: of.type }));
    });
    return {
      Tags: filtered(rows, input.Filters, (tag) => ({
        key: tag.Key,
        value: tag.Value,
        'resource-id': tag.ResourceId,
        'resource-type': tag.ResourceType,
      })),
    };
  },
});

function tagged(id: string, call: Parameters<typeof CreateTags.handle>[1]) {
  const of = kindOf(id);
  const row = of?.rows.get(call, id);
  if (of === undefined || row === undefined) throw refuse('InvalidID', `The ID '${id}' is not valid`);
  return { of, row };
}
