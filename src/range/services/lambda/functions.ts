import { operation, type Preparation } from '../../operation.ts';
import { type CodeInput, dropCode, takeCode } from './code.ts';
import { type ConfigurationInput, configured, refuseNotBuilt } from './configuration.ts';
import { checkRole, vintageOf } from './create-function.ts';
import { notBuilt, preconditionFailed } from './errors.ts';
import { codeStorageBytesMax, concurrencyMax, listPageMax, unzippedBytesMax, zipBytesMax } from './limits.ts';
import { configurationTrail, done, shapeOf } from './shape.ts';
import { type Code, dropped, environments, functionOf, functions, type LambdaFunction } from './tables.ts';

interface Named {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

/** The link to the code is left out: there is no place to fetch it from. */
export const GetFunction = operation<Named>({
  trail: { name: 'GetFunction20150331v2' },
  handle(input, call) {
    const fn = functionOf(call, input.FunctionName, input.Qualifier);
    return {
      Configuration: { ...shapeOf(fn), ...done },
      Code: { RepositoryType: 'S3' },
      ...(Object.keys(fn.tags).length === 0 ? {} : { Tags: fn.tags }),
      ...(fn.reserved === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: fn.reserved } }),
    };
  },
});

export const GetFunctionConfiguration = operation<Named>({
  trail: { name: 'GetFunctionConfiguration20150331v2' },
  handle: (input, call) => ({ ...shapeOf(functionOf(call, input.FunctionName, input.Qualifier)), ...done }),
});

export const ListFunctions = operation<{ Marker?: string; MaxItems?: number; FunctionVersion?: string }>({
  trail: { name: 'ListFunctions20150331' },
  handle(input, call) {
    const size = Math.min(input.MaxItems ?? listPageMax, listPageMax);
    const after = input.Marker === undefined ? {} : { after: input.Marker };
    const rows = [...functions.list(call, { ...after, limit: size + 1 })].map(([, fn]) => fn);
    const page = rows.slice(0, size);
    return { Functions: page.map(shapeOf), ...(rows.length > size ? { NextMarker: page.at(-1)?.name } : {}) };
  },
});

export const ListVersionsByFunction = operation<Named>({
  trail: { name: 'ListVersionsByFunction20150331' },
  handle: (input, call) => {
    const fn = functionOf(call, input.FunctionName);
    return { Versions: [{ ...shapeOf(fn), FunctionArn: `${fn.arn}:$LATEST` }] };
  },
});

export const DeleteFunction = operation<Named>({
  trail: {
    seen: 'https://docs.aws.amazon.com/lambda/latest/dg/logging-using-cloudtrail.html',
    name: 'DeleteFunction20150331',
    response: () => null,
  },
  handle(input, call) {
    if (input.Qualifier !== undefined) throw notBuilt('DeleteFunction of one version');
    const fn = functionOf(call, input.FunctionName);
    functions.remove(call, fn.name);
    environments.remove(call, fn.name);
    dropCode(call, fn.code.blob);
    for (const [id] of [...dropped.list(call, { prefix: `${fn.name}:` })]) dropped.remove(call, id);
    return { StatusCode: 204 };
  },
});

type UpdateCodeInput = CodeInput & {
  readonly FunctionName: string;
  readonly RevisionId?: string;
  readonly DryRun?: boolean;
  readonly Architectures?: readonly string[];
};

export const UpdateFunctionCode = operation<UpdateCodeInput, object, Code>({
  trail: configurationTrail('UpdateFunctionCode20150331v2'),
  async prepare(input, preparation) {
    refuseNotBuilt({ ...input });
    checkRevision(functionOf(preparation.call, input.FunctionName), input.RevisionId);
    return takeCode(input, preparation);
  },
  handle(input, call, code) {
    const fn = functionOf(call, input.FunctionName);
    checkRevision(fn, input.RevisionId);
    const architecture = input.Architectures?.[0] ?? fn.architecture;
    const changed = { ...fn, code, architecture, modifiedAt: call.time, revision: call.ids.uuid() };
    if (input.DryRun !== true) functions.put(call, fn.name, changed);
    dropCode(call, input.DryRun === true ? code.blob : fn.code.blob);
    return { ...shapeOf(changed), ...updating };
  },
});

type UpdateConfigurationInput = ConfigurationInput & { readonly FunctionName: string; readonly RevisionId?: string };

export const UpdateFunctionConfiguration = operation<UpdateConfigurationInput>({
  trail: configurationTrail('UpdateFunctionConfiguration20150331v2'),
  async prepare(input, preparation: Preparation) {
    const fn = functionOf(preparation.call, input.FunctionName);
    checkRevision(fn, input.RevisionId);
    configured(input, fn, fn.name, vintageOf(preparation.call));
    if (input.Role !== undefined) await checkRole(input.Role, fn.name, preparation);
    return undefined;
  },
  handle(input, call) {
    const fn = functionOf(call, input.FunctionName);
    checkRevision(fn, input.RevisionId);
    const settings = configured(input, fn, fn.name, vintageOf(call));
    const changed = { ...fn, ...settings, modifiedAt: call.time, revision: call.ids.uuid() };
    functions.put(call, fn.name, changed);
    return { ...shapeOf(changed), ...updating };
  },
});

const updating = {
  State: 'Active',
  LastUpdateStatus: 'InProgress',
  LastUpdateStatusReason: 'The function is being created.',
  LastUpdateStatusReasonCode: 'Creating',
} as const;

function checkRevision(fn: LambdaFunction, revision: string | undefined): void {
  if (revision !== undefined && revision !== fn.revision) throw preconditionFailed();
}

export const GetAccountSettings = operation({
  trail: { name: 'GetAccountSettings20160819' },
  handle(_input, call) {
    const all = [...functions.list(call)].map(([, fn]) => fn);
    const reserved = all.reduce((sum, fn) => sum + (fn.reserved ?? 0), 0);
    return {
      AccountLimit: {
        TotalCodeSize: codeStorageBytesMax,
        CodeSizeUnzipped: unzippedBytesMax,
        CodeSizeZipped: zipBytesMax,
        ConcurrentExecutions: concurrencyMax,
        UnreservedConcurrentExecutions: concurrencyMax - reserved,
      },
      AccountUsage: { TotalCodeSize: all.reduce((sum, fn) => sum + fn.code.size, 0), FunctionCount: all.length },
    };
  },
});
