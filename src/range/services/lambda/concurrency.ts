import { operation } from '../../operation.ts';
import { invalid, notBuilt } from './errors.ts';
import { concurrencyMax } from './limits.ts';
import { functionOf, functions } from './tables.ts';

/** 0 stops a function, which is what a defender uses it for; other values would need runs beside each other. */
export const PutFunctionConcurrency = operation<{ FunctionName: string; ReservedConcurrentExecutions: number }>({
  trail: { name: 'PutFunctionConcurrency20171031' },
  handle(input, call) {
    const fn = functionOf(call, input.FunctionName);
    const { ReservedConcurrentExecutions: reserved } = input;
    if (reserved > concurrencyMax - 100) {
      throw invalid(
        `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].`,
      );
    }
    if (reserved !== 0) throw notBuilt('reserved concurrency other than 0');
    functions.put(call, fn.name, { ...fn, reserved });
    return { ReservedConcurrentExecutions: reserved };
  },
});

export const GetFunctionConcurrency = operation<{ FunctionName: string }>({
  trail: { name: 'GetFunctionConcurrency20190930' },
  handle(input, call) {
    const { reserved } = functionOf(call, input.FunctionName);
    return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
  },
});

export const DeleteFunctionConcurrency = operation<{ FunctionName: string }>({
  trail: { name: 'DeleteFunctionConcurrency20171031' },
  handle(input, call) {
    const { reserved: _, ...fn } = functionOf(call, input.FunctionName);
    functions.put(call, fn.name, fn);
    return {};
  },
});
