import type { Service } from '../../operation.ts';
import { selected } from './parameter.ts';
import * as parameter from './parameters.ts';
import { parameters } from './tables.ts';

export const ssm: Service = {
  name: 'ssm',
  operations: { ...parameter },
  tags(arn, scope) {
    return arn.includes(':parameter/') ? parameters.get(scope, selected(arn).name)?.tags : undefined;
  },
};
