import { AwsError } from '../../../aws/error.ts';
import type { Caller } from '../../caller.ts';
import type { LogLine } from '../../functions.ts';
import type { Invoke } from '../../operation.ts';
import { batchBytesMax, batchEventsMax, eventOverheadBytes } from '../logs/limits.ts';

/** As the logs agent of Lambda's environments; the version is observed, not documented. */
const userAgent = 'awslambda-worker/1.0';

/**
 * Writes a run's log with the rights of the execution role: a role without them leaves no log, and nobody is told.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
 */
export async function writeLog(
  lines: readonly LogLine[],
  to: {
    readonly as: Caller;
    readonly account: string;
    readonly region: string;
    readonly group: string;
    readonly stream: string;
    readonly sourceIp: string;
  },
  invoke: Invoke,
): Promise<void> {
  const { as, account, region, sourceIp } = to;
  const stream = { logGroupName: to.group, logStreamName: to.stream };
  const call = (operation: string, input: Record<string, unknown>) =>
    invoke({ as, account, region, service: 'logs', operation, input, sourceIp, userAgent });
  const put = (batch: readonly LogLine[]) =>
    call('PutLogEvents', {
      ...stream,
      logEvents: batch.map(({ time, message }) => ({ timestamp: time, message })),
    });
  try {
    for (const batch of batches(lines)) {
      if (await found(put(batch))) continue;
      if (!(await found(call('CreateLogStream', stream)))) {
        await call('CreateLogGroup', { logGroupName: to.group });
        await call('CreateLogStream', stream);
      }
      await put(batch);
    }
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

/** Whether there was what the call is about: the group or the stream. */
async function found(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return false;
    throw error;
  }
}

function* batches(lines: readonly LogLine[]): Iterable<readonly LogLine[]> {
  let batch: LogLine[] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line.message) + eventOverheadBytes;
    if (batch.length === batchEventsMax || bytes + size > batchBytesMax) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
