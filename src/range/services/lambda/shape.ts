import type { JsonObject } from '../../../model/json.ts';
import { parameters } from '../../chain/parameters.ts';
import type { TrailShape } from '../../operation.ts';
import type { LambdaFunction } from './tables.ts';

/** A function's configuration as AWS answers it. */
export function shapeOf(fn: LambdaFunction) {
  return {
    FunctionName: fn.name,
    FunctionArn: fn.arn,
    Runtime: fn.runtime,
    Role: fn.role,
    Handler: fn.handler,
    CodeSize: fn.code.size,
    Description: fn.description,
    Timeout: fn.timeoutS,
    MemorySize: fn.memoryMb,
    LastModified: new Date(fn.modifiedAt).toISOString().replace('Z', '+0000'),
    CodeSha256: Buffer.from(fn.code.sha256, 'hex').toString('base64'),
    Version: '$LATEST',
    ...(Object.keys(fn.environment).length === 0 ? {} : { Environment: { Variables: fn.environment } }),
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: fn.revision,
    PackageType: 'Zip',
    Architectures: [fn.architecture],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: { LogFormat: 'Text', LogGroup: fn.logGroup },
  };
}

/** There is nothing to wait for: whoever looks again finds it done. */
export const done = { State: 'Active', LastUpdateStatus: 'Successful' } as const;

/**
 * Code and environment never stand in a record; an environment that was given shows as empty.
 * https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html (names with dates: observed)
 */
export function configurationTrail(name: string): TrailShape {
  return { name, request: hidden, response: hidden };
}

function hidden(members: Readonly<Record<string, unknown>>): JsonObject | null {
  const { Environment: environment, Tags: tags, ...others } = members;
  const shown: JsonObject = {
    ...parameters(others),
    ...(environment === undefined ? {} : { environment: {} }),
    ...(tags === undefined ? {} : { tags: tags as JsonObject }),
  };
  return Object.keys(shown).length === 0 ? null : shown;
}
