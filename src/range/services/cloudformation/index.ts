import type { Service } from '../../operation.ts';
import * as changeSetOperations from './change-sets.ts';
import * as describeOperations from './describe.ts';
import { CreateStack, DeleteStack, UpdateStack, UpdateTerminationProtection } from './stacks.ts';
import { stackNamed } from './tables.ts';
import * as templateOperations from './templates.ts';
import { turn } from './turn.ts';

export const cloudformation: Service = {
  name: 'cloudformation',
  operations: {
    ...changeSetOperations,
    ...describeOperations,
    ...templateOperations,
    CreateStack,
    DeleteStack,
    UpdateStack,
    UpdateTerminationProtection,
  },
  tags(arn, scope) {
    const name = /:stack\/([^/]+)/.exec(arn)?.[1];
    return name === undefined ? undefined : stackNamed(scope, name)?.tags;
  },
  resolvers: {
    // A name of no stack is authorised as AWS does it, with any id.
    'cloudformation:stack': (name, scope) =>
      stackNamed(scope, String(name))?.id ??
      (String(name).startsWith('arn:')
        ? String(name)
        : `arn:aws:cloudformation:${scope.region}:${scope.account}:stack/${String(name)}/*`),
  },
  consumers: [turn],
};
