import type { Account } from '../../indexes.ts';
import { invalid, notBuilt } from './errors.ts';
import { defaultMemoryMb, defaultTimeoutS, environmentBytesMax, memoryMbMax, timeoutSMax } from './limits.ts';
import { checkRuntime } from './runtimes.ts';
import type { LambdaFunction } from './tables.ts';

export interface ConfigurationInput {
  readonly Runtime?: string;
  readonly Role?: string;
  readonly Handler?: string;
  readonly Description?: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly LoggingConfig?: { readonly LogFormat?: string; readonly LogGroup?: string };
  readonly [notBuilt: string]: unknown;
}

type Configured = Pick<
  LambdaFunction,
  'runtime' | 'role' | 'handler' | 'description' | 'timeoutS' | 'memoryMb' | 'environment' | 'logGroup'
>;

/** What is given over what was; checked. */
export function configured(
  input: ConfigurationInput,
  before: Partial<Configured>,
  name: string,
  vintage: Account['vintage'],
): Configured {
  refuseNotBuilt(input);
  const runtime = input.Runtime ?? before.runtime;
  const handler = input.Handler ?? before.handler;
  if (runtime === undefined || handler === undefined) {
    throw invalid('Runtime and Handler are mandatory parameters for functions created with deployment packages.');
  }
  if (input.Runtime !== undefined) checkRuntime(runtime, vintage);
  return {
    runtime,
    handler,
    role: input.Role ?? before.role ?? '',
    description: input.Description ?? before.description ?? '',
    timeoutS: timeout(input.Timeout ?? before.timeoutS ?? defaultTimeoutS),
    memoryMb: memory(input.MemorySize ?? before.memoryMb ?? defaultMemoryMb, memoryMbMax[vintage]),
    environment:
      input.Environment === undefined ? (before.environment ?? {}) : environment(input.Environment.Variables ?? {}),
    logGroup: input.LoggingConfig?.LogGroup ?? before.logGroup ?? `/aws/lambda/${name}`,
  };
}

function timeout(seconds: number): number {
  if (seconds >= 1 && seconds <= timeoutSMax) return seconds;
  throw invalid(
    `1 validation error detected: Value '${seconds}' at 'timeout' failed to satisfy constraint: Member must have value less than or equal to ${timeoutSMax}`,
  );
}

function memory(mb: number, max: number): number {
  if (mb <= max) return mb;
  throw invalid(`'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to ${max}`);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reserved: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

function environment(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const trouble =
    'Lambda was unable to configure your environment variables because the environment variables you have provided';
  const taken = Object.keys(variables).filter((name) => reserved.has(name));
  if (taken.length > 0) {
    throw invalid(
      `${trouble} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(', ')}`,
    );
  }
  const text = JSON.stringify(variables);
  if (Buffer.byteLength(text) > environmentBytesMax) {
    throw invalid(`${trouble} exceeded the 4KB limit. String measured: ${text}`);
  }
  return variables;
}

/** What would change how the function runs, and does not here. Values that change nothing are taken. */
const without: Readonly<Record<string, (value: never) => boolean>> = {
  VpcConfig: (value: { SubnetIds?: readonly string[] }) => (value.SubnetIds ?? []).length === 0,
  DeadLetterConfig: (value: { TargetArn?: string }) => (value.TargetArn ?? '') === '',
  KMSKeyArn: (value: string) => value === '',
  TracingConfig: (value: { Mode?: string }) => value.Mode !== 'Active',
  Layers: (value: readonly string[]) => value.length === 0,
  FileSystemConfigs: (value: readonly unknown[]) => value.length === 0,
  ImageConfig: () => false,
  EphemeralStorage: (value: { Size: number }) => value.Size === 512,
  SnapStart: (value: { ApplyOn?: string }) => value.ApplyOn !== 'PublishedVersions',
  LoggingConfig: (value: { LogFormat?: string }) => (value.LogFormat ?? 'Text') === 'Text',
  PackageType: (value: string) => value === 'Zip',
  CodeSigningConfigArn: (value: string) => value === '',
  CapacityProviderConfig: () => false,
  DurableConfig: () => false,
  TenancyConfig: () => false,
  PublishTo: () => false,
  Publish: (value: boolean) => !value,
};

export function refuseNotBuilt(input: Readonly<Record<string, unknown>>): void {
  for (const [member, harmless] of Object.entries(without)) {
    const value = input[member];
    if (value !== undefined && !harmless(value as never)) throw notBuilt(`a function with ${member}`);
  }
}
