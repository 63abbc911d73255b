/** Which instance, wherever it is. */
export interface MachineId {
  readonly account: string;
  readonly region: string;
  readonly instance: string;
}

/** The simulated hosts behind the instances. Given to the range by the wiring. */
export interface Machines {
  /** Powers on: a first boot runs user data, a later one does not. */
  on(machine: MachineId): void;
  off(machine: MachineId): void;
  /** The disk goes with it. */
  destroy(machine: MachineId): void;
  /** What the console would show; '' before anything was said. */
  consoleOutput(machine: MachineId): string;
  /** Whether Systems Manager's agent runs on the host. */
  hasAgent(machine: MachineId): boolean;
  /** Gives the agent a script, whose end comes as work of the topic `ssm.ended`. False: nobody takes it now. */
  run(machine: MachineId, work: AgentWork): boolean;
  /** Ends what the agent runs for a command, if it still does. */
  kill(machine: MachineId, command: string): void;
}

export interface AgentWork {
  readonly command: string;
  readonly script: string;
  /** Where it runs; '' where the agent would. */
  readonly folder: string;
}
