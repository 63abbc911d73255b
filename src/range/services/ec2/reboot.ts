import type { Consumer } from '../../operation.ts';
import { instances } from './instances.ts';
import type { Machines } from './machines.ts';

/** The system goes down and up; the instance, its addresses and its credentials stay. */
export function rebootOf(machines: Machines): Consumer<{ readonly instance: string }> {
  return {
    topic: 'ec2.reboot',
    async handle({ instance }, work) {
      const runs = await work.commit((scope) => instances.rows.get(scope, instance)?.state === 'running');
      if (!runs) return;
      const machine = { account: work.account, region: work.region, instance };
      machines.off(machine);
      machines.on(machine);
    },
  };
}
