import { expect } from 'vitest';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** One call by a real client: what the handler must have seen, and what the client must have understood. */
export interface Row {
  readonly call: string;
  send(): Promise<unknown>;
  readonly input?: object;
  readonly output?: object;
  readonly error?: object;
}

export function clientConfig(endpoint: string) {
  return {
    endpoint,
    region: 'us-west-2',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
  };
}

export async function expectCall(
  seen: readonly { readonly call: string; readonly input: object }[],
  { call, send, input, output, error }: Row,
): Promise<void> {
  const outcome = await send().then(
    (value) => ({ value: value as object }),
    (thrown: unknown) => ({ thrown: thrown as object }),
  );
  if (error === undefined && 'thrown' in outcome) throw outcome.thrown;
  const last = seen.at(-1);
  expect(last?.call).toBe(call);
  if (input !== undefined) expect(last?.input).toMatchObject(input);
  if (output !== undefined) expect(outcome).toMatchObject({ value: output });
  if (error !== undefined) expect(outcome).toMatchObject({ thrown: error });
}
