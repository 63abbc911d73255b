import type { Service } from '../../operation.ts';
import { codeDropping } from './code.ts';
import * as concurrencyOperations from './concurrency.ts';
import { CreateFunction } from './create-function.ts';
import { event } from './event.ts';
import * as functionOperations from './functions.ts';
import { Invoke } from './invoke.ts';
import { AddPermission, functionPolicy, GetPolicy, RemovePermission } from './permissions.ts';
import { functions, parseName } from './tables.ts';
import * as tagOperations from './tags.ts';

export const lambda: Service = {
  name: 'lambda',
  operations: {
    ...concurrencyOperations,
    ...functionOperations,
    ...tagOperations,
    AddPermission,
    CreateFunction,
    GetPolicy,
    Invoke,
    RemovePermission,
  },
  /** A function's ARN says whose it is. Its region does not count: Lambda reaches no function of another. */
  home(input) {
    const named = input['FunctionName'] ?? input['Resource'];
    const account = typeof named === 'string' ? parseName(named).account : undefined;
    return account === undefined ? undefined : { account };
  },
  policies(arn, scope) {
    const { name, qualifier = '$LATEST' } = parseName(arn);
    const fn = functions.get(scope, name);
    const document = fn === undefined || qualifier !== '$LATEST' ? undefined : functionPolicy(fn);
    return document === undefined ? [] : [{ kind: 'function policy', document }];
  },
  /** No function here stands in a VPC, so `lambda:VpcIds` is absent. */
  keys: () => ({}),
  tags: (arn, scope) => functions.get(scope, parseName(arn).name)?.tags,
  consumers: [event, codeDropping],
};
