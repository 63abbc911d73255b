import type { JsonObject } from '../../../model/json.ts';
import type { TrailShape } from '../../operation.ts';

/** Instances are named and answered as `instancesSet`, whatever their list is called in the request and the answer. */
export function powerTrail(more: Pick<TrailShape, 'seen'> & { readonly force?: true } = {}): TrailShape {
  const { force, ...rest } = more;
  return {
    request: (input) => ({
      instancesSet: {
        items: ((input['InstanceIds'] ?? []) as readonly string[]).map((instanceId) => ({ instanceId })),
      },
      ...(force === undefined ? {} : { force: input['Force'] === true }),
    }),
    response: (output, { requestId }) => {
      const [changes] = Object.values(output) as readonly (readonly Change[])[];
      return { requestId, ...(changes === undefined ? {} : { instancesSet: { items: changes.map(changed) } }) };
    },
    ...rest,
  };
}

interface State {
  readonly Code: number;
  readonly Name: string;
}

interface Change {
  readonly InstanceId: string;
  readonly CurrentState: State;
  readonly PreviousState: State;
}

function changed({ InstanceId, CurrentState: now, PreviousState: before }: Change): JsonObject {
  return {
    instanceId: InstanceId,
    currentState: { code: now.Code, name: now.Name },
    previousState: { code: before.Code, name: before.Name },
  };
}
