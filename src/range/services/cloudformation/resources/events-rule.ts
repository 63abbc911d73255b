import type { JsonObject } from '../../../../model/json.ts';
import { documentOf, given, neededText, objectsOf, tagsOf, textOf } from '../properties.ts';
import { type Existing, type ResourceContext, resourceType } from '../resource-type.ts';
import type { Made } from '../tables.ts';

const gone = ['ResourceNotFoundException'];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html */
export const eventsRule = resourceType({
  type: 'AWS::Events::Rule',
  properties: [
    ...['Description', 'EventBusName', 'EventPattern', 'Name', 'RoleArn', 'ScheduleExpression', 'State', 'Tags'],
    'Targets',
  ],
  replacedBy: ['Name', 'EventBusName'],
  named: 'Name',
  async create(properties, context) {
    const name = textOf(properties, 'Name') ?? context.name(64);
    const made = await put(name, properties, context);
    context.holds(made);
    await putTargets(name, properties, context);
    return made;
  },
  async update(properties, before, context) {
    const name = nameOf(before);
    const made = await put(name, properties, context);
    const now = targetIds(properties);
    await removeTargets(
      before,
      targetIds(before.properties).filter((id) => !now.includes(id)),
      context,
    );
    await putTargets(name, properties, context);
    return made;
  },
  async remove(existing, context) {
    await removeTargets(existing, targetIds(existing.properties), context);
    await context.callUnless(gone, 'events', 'DeleteRule', { Name: nameOf(existing), ...bus(existing.properties) });
  },
});

async function put(name: string, properties: JsonObject, context: ResourceContext): Promise<Made> {
  const { RuleArn } = await context.call('events', 'PutRule', {
    Name: name,
    ...given({
      Description: textOf(properties, 'Description'),
      EventPattern: documentOf(properties, 'EventPattern'),
      ScheduleExpression: textOf(properties, 'ScheduleExpression'),
      State: textOf(properties, 'State'),
      RoleArn: textOf(properties, 'RoleArn'),
    }),
    ...bus(properties),
    ...(properties['Tags'] === undefined ? {} : { Tags: tagsOf(properties, { ...context, tags: {} }) }),
  });
  const busName = textOf(properties, 'EventBusName');
  const ref = busName === undefined || busName === 'default' ? name : `${busName}|${name}`;
  return { physicalId: ref, attributes: { Arn: String(RuleArn) } };
}

/** Targets stand in templates as PutTargets takes them. */
async function putTargets(name: string, properties: JsonObject, context: ResourceContext): Promise<void> {
  const targets = objectsOf(properties, 'Targets');
  for (let at = 0; at < targets.length; at += 100) {
    const Targets = targets.slice(at, at + 100);
    const answer = await context.call('events', 'PutTargets', { Rule: name, Targets, ...bus(properties) });
    refuseFailed(answer);
  }
}

async function removeTargets(existing: Existing, ids: readonly string[], context: ResourceContext): Promise<void> {
  if (ids.length === 0) return;
  const input = { Rule: nameOf(existing), Ids: ids, ...bus(existing.properties) };
  await context.callUnless(gone, 'events', 'RemoveTargets', input);
}

function refuseFailed(answer: Record<string, unknown>): void {
  const failed = (answer['FailedEntries'] as readonly JsonObject[] | undefined)?.[0];
  if (failed !== undefined) throw new Error(`target ${String(failed['TargetId'])}: ${String(failed['ErrorMessage'])}`);
}

function targetIds(properties: JsonObject): readonly string[] {
  return objectsOf(properties, 'Targets').map((target) => neededText(target, 'Id'));
}

function nameOf({ made }: Existing): string {
  return made.physicalId.slice(made.physicalId.indexOf('|') + 1);
}

function bus(properties: JsonObject): { EventBusName?: string } {
  const name = textOf(properties, 'EventBusName');
  return name === undefined ? {} : { EventBusName: name };
}
