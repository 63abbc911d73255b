import { CloudWatchLogsClient, CreateLogStreamCommand, DeleteLogStreamCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Keys } from './ground.ts';
import { group, region, stepOf } from './model.ts';

export interface Callers {
  /** The highest step that each caller was answered. */
  readonly answered: ReadonlyMap<string, number>;
  /** One of them had an answer. */
  readonly begun: Promise<void>;
  /** All of them were cut off. */
  readonly ended: Promise<void>;
}

/** Each caller does one step after the other with its own session, until the range is gone. */
export function openCallers(
  endpoint: string,
  keys: ReadonlyMap<string, Keys>,
  steps: ReadonlyMap<string, number>,
  broken: boolean,
): Callers {
  const answered = new Map(steps);
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const one = async (caller: string, credentials: Keys) => {
    const client = new CloudWatchLogsClient({
      region,
      endpoint,
      credentials,
      maxAttempts: 1,
    });
    for (let nth = (steps.get(caller) ?? 0) + 1; ; nth++) {
      if (broken) answered.set(caller, nth);
      try {
        await take(client, caller, nth);
      } catch (error) {
        // An answer that is a refusal is a fault of this test; no answer at all is the kill.
        if (error instanceof Error && '$fault' in error) throw error;
        break;
      }
      answered.set(caller, nth);
      begin();
    }
    client.destroy();
  };
  const ended = Promise.all(Array.from(keys, ([caller, credentials]) => one(caller, credentials))).then(() => begin());
  return { answered, begun, ended };
}

function take(client: CloudWatchLogsClient, caller: string, nth: number): Promise<unknown> {
  const { operation, stream } = stepOf(caller, nth);
  const input = { logGroupName: group, logStreamName: stream };
  return operation === 'CreateLogStream'
    ? client.send(new CreateLogStreamCommand(input))
    : client.send(new DeleteLogStreamCommand(input));
}
