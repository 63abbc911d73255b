import type { Call, Consumer, Scope } from '../../operation.ts';
import { addresses, freeAddress, setPublicAddress } from './addresses.ts';
import { type InstanceRow, type InstanceState, instances, putInstance } from './instances.ts';
import type { Machines } from './machines.ts';
import { interfaces } from './network-interfaces.ts';
import { all } from './resource.ts';

interface Move {
  readonly instance: string;
  readonly to: InstanceState;
  readonly moves: number;
}

/** Plans the end of a transition; a later transition overtakes it. */
export function move(instance: InstanceRow, to: InstanceState, call: Call, afterMs: number): void {
  const work: Move = { instance: instance.id, to, moves: instance.moves };
  call.later('ec2.power', work, call.time + afterMs);
}

export function powerOf(machines: Machines): Consumer<Move> {
  return {
    topic: 'ec2.power',
    async handle({ instance: id, to, moves }, work) {
      const machine = { account: work.account, region: work.region, instance: id };
      const moved = await work.commit((scope) => {
        const instance = instances.rows.get(scope, id);
        if (instance === undefined || instance.moves !== moves) return false;
        arrive(instance, to, scope);
        return true;
      });
      if (!moved) return;
      // The commit is done: a kill from here on is a power loss, and a restart powers on what runs.
      if (to === 'running') machines.on(machine);
      if (to === 'stopped') machines.off(machine);
      if (to === 'terminated') machines.destroy(machine);
    },
  };
}

function arrive(instance: InstanceRow, to: InstanceState, scope: Scope & Pick<Call, 'later' | 'ids'>): void {
  const { stateReason: _, ...row } = instance;
  if (to === 'running') {
    const nic = interfaces.rows.get(scope, instance.interface);
    if (instance.publicOnLaunch && nic !== undefined && nic.publicAddress === undefined)
      setPublicAddress(scope, nic, freeAddress(scope));
    putInstance(scope, { ...row, state: 'running', boots: row.boots + 1 });
  }
  if (to === 'stopped') {
    const nic = interfaces.rows.get(scope, instance.interface);
    // An elastic address stays; one that was given at launch goes back.
    if (instance.publicOnLaunch && nic !== undefined && !nic.elastic) setPublicAddress(scope, nic, undefined);
    putInstance(scope, {
      ...row,
      state: 'stopped',
      stateReason: 'Client.UserInitiatedShutdown: User initiated shutdown',
    });
  }
  if (to === 'terminated') {
    const nic = interfaces.rows.get(scope, instance.interface);
    if (nic !== undefined) {
      for (const row of all(addresses, scope)) {
        if (row.networkInterface !== nic.id) continue;
        const { networkInterface: _nic, association: _association, ...bare } = row;
        addresses.rows.put(scope, row.id, bare);
      }
      setPublicAddress(scope, nic, undefined);
      interfaces.rows.remove(scope, nic.id);
    }
    putInstance(scope, {
      ...row,
      state: 'terminated',
      stateReason: 'Client.UserInitiatedShutdown: User initiated shutdown',
    });
  }
}
