import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import { operation } from '../../operation.ts';
import { type EventSelector, putTrail, type Trail, trailOf } from './tables.ts';

/** What a new trail selects: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html */
const defaults: readonly EventSelector[] = [
  { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
];

const dataTypes: ReadonlySet<string> = new Set(['AWS::S3::Object', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table']);

export const PutEventSelectors = operation<{
  TrailName: string;
  EventSelectors?: readonly EventSelector[];
  AdvancedEventSelectors?: unknown;
}>({
  handle(input, call) {
    if (input.AdvancedEventSelectors !== undefined) {
      throw new AwsError(
        'NotImplemented',
        'cloudtrail: AdvancedEventSelectors are not built in this range yet: use EventSelectors.',
        { status: 501 },
      );
    }
    const trail = trailOf(call, input.TrailName);
    for (const selector of input.EventSelectors ?? []) {
      for (const { Type = '' } of selector.DataResources ?? []) {
        if (!dataTypes.has(Type)) {
          throw new AwsError('InvalidEventSelectorsException', `Value ${Type} for DataResources.Type is invalid.`, {
            status: 400,
          });
        }
      }
    }
    const selectors = (input.EventSelectors ?? []).map((selector) => ({ ...defaults[0], ...selector }));
    putTrail(call, { ...trail, selectors });
    return { TrailARN: trail.arn, EventSelectors: selectors };
  },
});

export const GetEventSelectors = operation<{ TrailName: string }>({
  handle(input, call) {
    const trail = trailOf(call, input.TrailName);
    return { TrailARN: trail.arn, EventSelectors: trail.selectors ?? defaults };
  },
});

/** Whether a trail writes this record into its files. */
export function selects(trail: Trail, record: JsonObject): boolean {
  const readOnly = record['readOnly'] === true;
  return (trail.selectors ?? defaults).some((selector) => {
    const kind = selector.ReadWriteType ?? 'All';
    if (kind !== 'All' && (kind === 'ReadOnly') !== readOnly) return false;
    if (record['eventCategory'] === 'Data') return dataSelected(selector, record);
    const excluded = selector.ExcludeManagementEventSources ?? [];
    return selector.IncludeManagementEvents !== false && !excluded.includes(String(record['eventSource']));
  });
}

/** A value selects what begins with it: a bucket's `arn:aws:s3:::name/`, all of a type by its bare prefix. */
function dataSelected(selector: EventSelector, record: JsonObject): boolean {
  const resources = (record['resources'] ?? []) as readonly JsonObject[];
  return (selector.DataResources ?? []).some(({ Type, Values = [] }) =>
    resources.some(({ type, ARN }) => type === Type && Values.some((value) => String(ARN).startsWith(value))),
  );
}
