import { instant } from '../../../aws/instant.ts';
import type { JsonObject } from '../../../model/json.ts';
import { parameters, redacted } from '../../chain/parameters.ts';
import { operation } from '../../operation.ts';
import { entryBytesMax } from './limits.ts';
import { busOf } from './tables.ts';

interface Entry {
  readonly Time?: Date;
  readonly Source?: string;
  readonly Resources?: readonly string[];
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
}

/** Each entry fails alone; what is refused says why in its own answer. */
export const PutEvents = operation<{ Entries: readonly Entry[]; EndpointId?: string }>({
  trail: {
    seen: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/logging-using-cloudtrail.html',
    category: 'Data',
    apiVersion: '2015-10-07',
    request: (input) => parameters({ ...input, Entries: ((input['Entries'] ?? []) as readonly Entry[]).map(masked) }),
    resources: (input, call) => {
      const buses = (input['Entries'] as readonly Entry[]).map(({ EventBusName = 'default' }) =>
        EventBusName.startsWith('arn:')
          ? EventBusName
          : `arn:aws:events:${call.region}:${call.account}:event-bus/${EventBusName}`,
      );
      return [...new Set(buses)].map((ARN) => ({ type: 'AWS::Events::EventBus', ARN }));
    },
  },
  handle(input, call) {
    const answers = input.Entries.map((entry) => {
      const complaint = complaintAbout(entry);
      if (complaint !== undefined) return complaint;
      const bus = busOf(call, entry.EventBusName).name;
      const id = call.ids.uuid();
      const event = {
        version: '0',
        id,
        'detail-type': entry.DetailType!,
        source: entry.Source!,
        account: call.account,
        time: instant(entry.Time?.getTime() ?? call.time),
        region: call.region,
        resources: entry.Resources ?? [],
        detail: JSON.parse(entry.Detail!) as JsonObject,
      };
      call.later('events.received', { bus, event });
      return { EventId: id };
    });
    return { FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length, Entries: answers };
  },
});

function complaintAbout(entry: Entry): { ErrorCode: string; ErrorMessage: string } | undefined {
  const invalid = (name: string) => ({
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  });
  if (!entry.Source) return invalid('Source');
  if (!entry.DetailType) return invalid('DetailType');
  if (!entry.Detail) return invalid('Detail');
  if (entry.Source.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (sizeOf(entry) > entryBytesMax) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: 'Total size of the entries in the request is over the limit.',
    };
  }
  try {
    const detail: unknown = JSON.parse(entry.Detail);
    if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return undefined;
  } catch {
    // The answer is the same for text that is no JSON and for JSON that is no object.
  }
  return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

function sizeOf(entry: Entry): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])];
  const time = entry.Time === undefined ? 0 : 14;
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), time);
}

function masked(entry: Entry): Entry {
  return entry.Detail === undefined ? entry : { ...entry, Detail: redacted };
}
