import type { JsonObject } from '../../../../model/json.ts';
import { tagsOf } from '../properties.ts';
import type { ResourceContext } from '../resource-type.ts';

/** The tags that a creating call of EC2 gives to what it makes, as `TagSpecifications`. */
export function tagged(ResourceType: string, properties: JsonObject, context: ResourceContext) {
  return { TagSpecifications: [{ ResourceType, Tags: tagsOf(properties, context) }] };
}

/** Brings the tags of what was made to those of now. */
export async function retag(id: string, now: JsonObject, was: JsonObject, context: ResourceContext): Promise<void> {
  const Tags = tagsOf(now, context);
  const gone = tagsOf(was, { ...context, tags: {} }).filter(({ Key }) => !Tags.some((tag) => tag.Key === Key));
  if (gone.length > 0) {
    await context.call('ec2', 'DeleteTags', { Resources: [id], Tags: gone.map(({ Key }) => ({ Key })) });
  }
  await context.call('ec2', 'CreateTags', { Resources: [id], Tags });
}
