import { AwsError } from '../../../aws/error.ts';
import { accessKeys } from '../../indexes.ts';
import { type Call, operation, type Preparation, type ReadScope } from '../../operation.ts';
import { vintageOf } from './create-function.ts';
import { notBuilt } from './errors.ts';
import type { EventInput } from './event.ts';
import { eventPayloadBytesMax, syncPayloadBytesMax, tailBytes } from './limits.ts';
import { type Run, run } from './run.ts';
import { environments, functionArn, functionOf, functions, type LambdaFunction, parseName } from './tables.ts';

interface InvokeInput {
  readonly FunctionName: string;
  readonly InvocationType?: 'Event' | 'RequestResponse' | 'DryRun';
  readonly LogType?: 'None' | 'Tail';
  readonly ClientContext?: string;
  readonly Payload?: Uint8Array;
  readonly Qualifier?: string;
  readonly DurableExecutionName?: string;
  readonly TenantId?: string;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const Invoke = operation<InvokeInput, object, Run | undefined>({
  trail: {
    category: 'Data',
    readOnly: false,
    request: (input) => ({
      functionName: String(input['FunctionName']),
      ...(input['Qualifier'] === undefined ? {} : { qualifier: String(input['Qualifier']) }),
      invocationType: String(input['InvocationType'] ?? 'RequestResponse'),
    }),
    response: () => null,
    resources: (input, call) => [
      {
        accountId: call.account,
        type: 'AWS::Lambda::Function',
        ARN: functionArn(call, parseName(String(input['FunctionName'])).name),
      },
    ],
  },
  async prepare(input, preparation) {
    const { call } = preparation;
    const fn = checked(input, call);
    const payload = text(input, call);
    if ((input.InvocationType ?? 'RequestResponse') !== 'RequestResponse') return undefined;
    return run(fn, environments.get(call, fn.name), payload, call.requestId, running(preparation));
  },
  handle(input, call, prepared) {
    if (prepared === undefined) return withoutRun(input, call);
    const { name } = parseName(input.FunctionName);
    // It may have deleted itself.
    if (functions.get(call, name) !== undefined) environments.put(call, name, prepared.environment);
    const { payload, error, log } = prepared.outcome;
    const tail = Buffer.from(log.map(({ message }) => message).join('')).subarray(-tailBytes);
    return {
      StatusCode: 200,
      ...(error === undefined ? {} : { FunctionError: error }),
      ...(input.LogType === 'Tail' ? { LogResult: tail.toString('base64') } : {}),
      Payload: Buffer.from(payload),
      ExecutedVersion: '$LATEST',
    };
  },
});

function withoutRun(input: InvokeInput, call: Call) {
  const fn = checked(input, call);
  if (input.InvocationType === 'DryRun') return { StatusCode: 204, ExecutedVersion: '$LATEST' };
  const work: EventInput = { function: fn.name, payload: text(input, call), requestId: call.requestId, failed: 0 };
  call.later('lambda.event', work);
  return { StatusCode: 202 };
}

function checked(input: InvokeInput, scope: ReadScope): LambdaFunction {
  for (const member of ['ClientContext', 'DurableExecutionName', 'TenantId'] as const) {
    if (input[member] !== undefined) throw notBuilt(`Invoke with ${member}`);
  }
  const fn = functionOf(scope, input.FunctionName, input.Qualifier);
  if (fn.reserved === 0) {
    throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
      status: 429,
      members: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' },
    });
  }
  return fn;
}

/** The payload as JSON text; none is an empty object. */
function text(input: InvokeInput, scope: ReadScope): string {
  const type = input.InvocationType ?? 'RequestResponse';
  const bytes = input.Payload?.byteLength ?? 0;
  const max = type === 'Event' ? eventPayloadBytesMax[vintageOf(scope)] : syncPayloadBytesMax;
  if (bytes > max) {
    // Observed, not documented.
    throw new AwsError(
      'RequestEntityTooLargeException',
      `${bytes} byte payload is too large for the ${type} invocation type (limit ${max} bytes)`,
      { status: 413 },
    );
  }
  const payload = bytes === 0 ? '{}' : Buffer.from(input.Payload ?? []).toString();
  try {
    JSON.parse(payload);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${why}`, {
      status: 400,
    });
  }
  return payload;
}

function running({ call, task, functions, invoke }: Preparation) {
  const { account, region, ids, time: now, tx } = call;
  return {
    account,
    region,
    task,
    functions,
    invoke,
    ids,
    now,
    async caller(accessKeyId: string) {
      const key = accessKeys.get(tx, accessKeyId);
      if (key === undefined) throw new Error(`no session of ${accessKeyId}`);
      return key.caller;
    },
  };
}
