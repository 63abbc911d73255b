import type { JsonObject } from '../../../model/json.ts';
import type { Work } from '../../operation.ts';
import { contextFor } from './context.ts';
import { reasonOf } from './reason.ts';
import type { Existing } from './resource-type.ts';
import { typeOf } from './resources/index.ts';
import type { Begun, Made, Resource, Stack } from './tables.ts';

/** What one step does outside of state: the calls for one resource. */
export interface Task {
  readonly stack: Stack;
  readonly row: Resource;
  readonly begun: Begun;
  /** What it shall be. */
  readonly properties: JsonObject;
  /** What it is, where it is. */
  readonly existing?: Existing;
}

export type Outcome =
  | { readonly ok: true; readonly made?: Made; readonly againMs?: number }
  /** `held`: what is there all the same, and must go with the stack. */
  | { readonly ok: false; readonly reason: string; readonly held?: Made };

export async function attempt(task: Task, work: Work): Promise<Outcome> {
  const { stack, row, begun, properties, existing } = task;
  let held: Made | undefined = begun.waiting;
  const holds = (made: Made) => {
    held = made;
  };
  try {
    const type = typeOf(row.type);
    const calls = await contextFor(stack, row, begun, work);
    const context = { ...calls, holds };
    if (begun.waiting !== undefined && type.settle !== undefined) {
      return { ok: true, made: await type.settle(properties, begun.waiting, context) };
    }
    if (begun.mode === 'remove') {
      const againMs = existing === undefined ? undefined : await type.remove(existing, context);
      return { ok: true, ...(typeof againMs === 'number' ? { againMs } : {}) };
    }
    if (begun.mode === 'update' && existing !== undefined && type.update !== undefined) {
      return { ok: true, made: await type.update(properties, existing, context) };
    }
    return { ok: true, made: await type.create(properties, context) };
  } catch (error) {
    return { ok: false, reason: reasonOf(error, begun.token), ...(held === undefined ? {} : { held }) };
  }
}
