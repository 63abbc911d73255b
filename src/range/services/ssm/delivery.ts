import type { Consumer, Scope, Work } from '../../operation.ts';
import type { Machines } from '../ec2/machines.ts';
import { offerEveryMs } from './limits.ts';
import { type CommandRow, commands, type InvocationRow, invocations } from './tables.ts';

interface Which {
  readonly command: string;
  readonly instance: string;
}

/** What the host's agent reports. */
export interface Ended extends Which {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Row = { readonly command: CommandRow; readonly row: InvocationRow };

/** Offers a command to the host until it takes it, or the time to do so is over. */
export function deliverOver(machines: Machines): Consumer<Which> {
  return {
    topic: 'ssm.deliver',
    async handle(which, work) {
      const found = await look(which, work);
      if (found?.row.status !== 'Pending') return;
      const { command } = found;
      const taken = machines.run(machineOf(which, work), {
        command: command.id,
        script: (command.parameters['commands'] ?? []).join('\n'),
        folder: command.parameters['workingDirectory']?.[0] ?? '',
      });
      const now = work.now();
      await work.commit((scope) => {
        if (taken) {
          change(scope, which, { status: 'InProgress', details: 'InProgress', startedAt: now });
          scope.later('ssm.deadline', which, now + command.executionTimeoutS * 1000);
        } else if (now >= command.requestedAt + command.deliveryTimeoutS * 1000) {
          change(scope, which, { status: 'TimedOut', details: 'DeliveryTimedOut', endedAt: now });
        } else scope.later('ssm.deliver', which, now + offerEveryMs);
      });
    },
  };
}

export const ended: Consumer<Ended> = {
  topic: 'ssm.ended',
  async handle({ exit, stdout, stderr, ...which }, work) {
    const now = work.now();
    await work.commit((scope) => {
      const row = invocations.get(scope, keyOf(which));
      if (row?.status !== 'InProgress') return;
      const status = exit === 0 ? 'Success' : 'Failed';
      // The agent's own last line. Observed, not documented.
      const said = exit === 0 ? stderr : `${stderr}failed to run commands: exit status ${exit}`;
      change(scope, which, { status, details: status, exit, stdout, stderr: said, endedAt: now });
      if (commands.get(scope, which.command)?.output !== undefined)
        scope.later('ssm.output', { ...which, stdout, stderr: said });
    });
  },
};

/** A command that ran for too long is ended. */
export function deadlineOver(machines: Machines): Consumer<Which> {
  return endBy(machines, 'ssm.deadline', { status: 'TimedOut', details: 'ExecutionTimedOut' });
}

export function cancelOver(machines: Machines): Consumer<Which> {
  return endBy(machines, 'ssm.cancel', { status: 'Cancelled', details: 'Cancelled' });
}

function endBy(machines: Machines, topic: string, as: Pick<InvocationRow, 'status' | 'details'>): Consumer<Which> {
  return {
    topic,
    async handle(which, work) {
      const now = work.now();
      await work.commit((scope) => {
        const status = invocations.get(scope, keyOf(which))?.status;
        if (status === 'Pending' || status === 'InProgress') change(scope, which, { ...as, endedAt: now });
      });
      machines.kill(machineOf(which, work), which.command);
    },
  };
}

function look(which: Which, work: Work): Promise<Row | undefined> {
  return work.commit(
    (scope) => {
      const command = commands.get(scope, which.command);
      const row = invocations.get(scope, keyOf(which));
      return command === undefined || row === undefined ? undefined : { command, row };
    },
    { keep: true },
  );
}

function change(scope: Scope, which: Which, how: Partial<InvocationRow>): void {
  const row = invocations.get(scope, keyOf(which));
  if (row !== undefined) invocations.put(scope, keyOf(which), { ...row, ...how });
}

function keyOf({ command, instance }: Which): string {
  return `${command}/${instance}`;
}

function machineOf({ instance }: Which, { account, region }: Work) {
  return { account, region, instance };
}
