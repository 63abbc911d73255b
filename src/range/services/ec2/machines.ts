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
}
