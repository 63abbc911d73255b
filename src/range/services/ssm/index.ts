import type { Service } from '../../operation.ts';
import { instances } from '../ec2/instances.ts';
import type { Machines } from '../ec2/machines.ts';
import { all } from '../ec2/resource.ts';
import * as command from './commands.ts';
import { cancelOver, deadlineOver, deliverOver, ended } from './delivery.ts';
import { output } from './output.ts';
import { selected } from './parameter.ts';
import * as parameter from './parameters.ts';
import { hits, sendCommandOver } from './send-command.ts';
import { parameters, type Target } from './tables.ts';

const { describeInstancesOver, ...ofCommands } = command;

export function ssm(machines: Machines): Service {
  return {
    name: 'ssm',
    operations: {
      ...parameter,
      ...ofCommands,
      SendCommand: sendCommandOver(machines),
      DescribeInstanceInformation: describeInstancesOver(machines),
    },
    tags(arn, scope) {
      if (!arn.includes(':parameter/')) return undefined;
      const { name } = selected(arn);
      return (parameters.get(scope, name) ?? parameters.get(scope, `/${name}`))?.tags;
    },
    resolvers: {
      'ssm:targets': (text, scope) => {
        const targets = JSON.parse(String(text)) as readonly Target[];
        const hit = [...all(instances, scope)].filter((row) => targets.every((target) => hits(target, row)));
        return hit.map(({ id }) => `arn:aws:ec2:${scope.region}:${scope.account}:instance/${id}`);
      },
    },
    consumers: [deliverOver(machines), ended, output, deadlineOver(machines), cancelOver(machines)],
  };
}
