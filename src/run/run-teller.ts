import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { type RunDetail, runDetailType, runSource } from '../respond/wrapper.ts';

/** Puts a run's events on the default bus: a function's and those of a run by hand are the same. */
export function runTeller(events: EventBridgeClient): (detail: RunDetail) => Promise<void> {
  return async (detail) => {
    const { Entries: [result] = [], FailedEntryCount: failed } = await events.send(
      new PutEventsCommand({
        Entries: [{ Source: runSource, DetailType: runDetailType, Detail: JSON.stringify(detail) }],
      }),
    );
    if (failed) throw new Error(`The bus refused the run's event: ${result?.ErrorCode} ${result?.ErrorMessage}`);
  };
}
