import type { Host } from '../range/hosts/host.ts';
import type { Range } from '../range/range.ts';
import type { AgentWork, MachineId } from '../range/services/ec2/machines.ts';
import type { Store } from '../range/store/port.ts';

interface AgentParts {
  readonly store: Store;
  readonly range: Pick<Range, 'scope'>;
  host(machine: MachineId): Host | undefined;
  failed(error: unknown): void;
}

export interface Agents {
  hasAgent(machine: MachineId): boolean;
  run(machine: MachineId, work: AgentWork): boolean;
  kill(machine: MachineId, command: string): void;
}

const unit = 'amazon-ssm-agent';
/** Where the agent runs a script that says nothing else. Observed, not documented. */
const folderOfAgent = '/usr/bin';

/** Systems Manager's agents on the hosts: they run scripts as root, and report their end. */
export function createAgents({ store, range, host, failed }: AgentParts): Agents {
  const running = new Map<string, { readonly host: Host; readonly pid: number }>();
  const hasAgent = (machine: MachineId) => host(machine)?.serves(unit) === true;
  return {
    hasAgent,
    run(machine, { command, script, folder }) {
      const on = host(machine);
      if (on === undefined || !hasAgent(machine)) return false;
      const cwd = folder === '' ? folderOfAgent : folder;
      const path = `/var/lib/amazon/ssm/${machine.instance}/document/orchestration/${command}/awsrunShellScript`;
      const shown = `sh -c ${path}/0.awsrunShellScript/_script.sh`;
      const job = on.start(script, { why: `${unit} ${command}`, command: shown, cwd });
      if (job === undefined) return false;
      const key = `${machine.instance}/${command}`;
      running.set(key, { host: on, pid: job.pid });
      job.done
        .then(async ({ stdout, stderr, status }) => {
          running.delete(key);
          const report = { command, instance: machine.instance, exit: status, stdout, stderr };
          await store.commit((tx) => range.scope(tx, machine.account, machine.region).later('ssm.ended', report));
        })
        .catch(failed);
      return true;
    },
    kill(machine, command) {
      const job = running.get(`${machine.instance}/${command}`);
      if (job !== undefined) job.host.kill(job.pid, 9);
    },
  };
}
