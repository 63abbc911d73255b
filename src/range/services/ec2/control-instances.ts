import type { Call } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { filtered } from './describe.ts';
import { type InstanceRow, type InstanceState, instanceOf, instances, putInstance, stateOf } from './instances.ts';
import { bootMs, stopMs, terminateMs } from './limits.ts';
import { interfaces } from './network-interfaces.ts';
import { move } from './power.ts';
import { powerTrail } from './power-trail.ts';
import { all, found, refuse } from './resource.ts';
import { type MetadataInput, metadataOf, profileOf, type RunInput } from './run-instances.ts';
import { groups } from './security-groups.ts';

interface Named {
  readonly InstanceIds: readonly string[];
}

const examples = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html';

export const StartInstances = operation<Named>({
  trail: powerTrail({ seen: examples }),
  handle: (input, call) => ({
    StartingInstances: input.InstanceIds.map((id) =>
      change(call, id, 'pending', 'running', bootMs, ['stopped'], ['pending', 'running']),
    ),
  }),
});

/** A stop takes away the public address that was given at launch, and what is only in memory. */
export const StopInstances = operation<Named & { Force?: boolean; Hibernate?: boolean }>({
  trail: powerTrail({ seen: examples, force: true }),
  handle: (input, call) => ({
    StoppingInstances: input.InstanceIds.map((id) =>
      change(call, id, 'stopping', 'stopped', stopMs, ['running', 'pending'], ['stopping', 'stopped']),
    ),
  }),
});

export const TerminateInstances = operation<Named>({
  trail: powerTrail(),
  handle(input, call) {
    for (const id of input.InstanceIds) {
      if (instanceOf(call, id).terminationProtected) {
        throw refuse(
          'OperationNotPermitted',
          `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
        );
      }
    }
    return {
      TerminatingInstances: input.InstanceIds.map((id) =>
        change(
          call,
          id,
          'shutting-down',
          'terminated',
          terminateMs,
          ['running', 'pending', 'stopped', 'stopping'],
          ['shutting-down', 'terminated'],
        ),
      ),
    };
  },
});

/** The instance runs on: same addresses, same credentials. Only its system goes down and up. */
export const RebootInstances = operation<Named>({
  handle(input, call) {
    for (const id of input.InstanceIds) {
      const instance = instanceOf(call, id);
      if (instance.state !== 'running') throw wrongState(instance);
      call.later('ec2.reboot', { instance: id });
    }
    return {};
  },
});

export const ModifyInstanceMetadataOptions = operation<{ InstanceId: string } & MetadataInput>({
  handle(input, call) {
    const instance = instanceOf(call, input.InstanceId);
    const { metadata } = putInstance(call, { ...instance, metadata: metadataOf(input, instance.metadata) });
    return {
      InstanceId: instance.id,
      InstanceMetadataOptions: {
        State: 'pending',
        HttpTokens: metadata.tokens,
        HttpPutResponseHopLimit: metadata.hopLimit,
        HttpEndpoint: metadata.enabled ? 'enabled' : 'disabled',
      },
    };
  },
});

export const ModifyInstanceAttribute = operation<{
  InstanceId: string;
  Groups?: readonly string[];
  UserData?: { readonly Value?: Uint8Array };
  InstanceType?: { readonly Value?: string };
  DisableApiTermination?: { readonly Value?: boolean };
  Attribute?: string;
  Value?: string;
}>({
  handle(input, call) {
    const instance = instanceOf(call, input.InstanceId);
    if (input.Groups !== undefined) {
      for (const id of input.Groups) found(groups, call, id);
      interfaces.rows.put(call, instance.interface, {
        ...found(interfaces, call, instance.interface),
        groups: input.Groups,
      });
    }
    const userData =
      input.UserData?.Value === undefined ? undefined : Buffer.from(input.UserData.Value).toString('base64');
    if ((userData !== undefined || input.InstanceType !== undefined) && instance.state !== 'stopped') {
      throw refuse('IncorrectInstanceState', `The instance '${instance.id}' is not in the 'stopped' state.`);
    }
    putInstance(call, {
      ...instance,
      type: input.InstanceType?.Value ?? instance.type,
      terminationProtected: input.DisableApiTermination?.Value ?? instance.terminationProtected,
      ...(userData === undefined ? {} : { userData }),
    });
    return {};
  },
});

export const DescribeInstanceAttribute = operation<{ InstanceId: string; Attribute: string }>({
  handle(input, call) {
    const instance = instanceOf(call, input.InstanceId);
    const nic = interfaces.rows.get(call, instance.interface);
    switch (input.Attribute) {
      case 'userData':
        return {
          InstanceId: instance.id,
          UserData: instance.userData === undefined ? {} : { Value: instance.userData },
        };
      case 'instanceType':
        return { InstanceId: instance.id, InstanceType: { Value: instance.type } };
      case 'disableApiTermination':
        return { InstanceId: instance.id, DisableApiTermination: { Value: instance.terminationProtected } };
      case 'groupSet':
        return { InstanceId: instance.id, Groups: (nic?.groups ?? []).map((id) => ({ GroupId: id })) };
      case 'instanceInitiatedShutdownBehavior':
        return { InstanceId: instance.id, InstanceInitiatedShutdownBehavior: { Value: 'stop' } };
      default:
        throw refuse('NotImplemented', `The instance attribute ${input.Attribute} is not built in this range yet.`);
    }
  },
});

export const AssociateIamInstanceProfile = operation<{
  InstanceId: string;
  IamInstanceProfile: RunInput['IamInstanceProfile'];
}>({
  handle(input, call) {
    const instance = instanceOf(call, input.InstanceId);
    if (instance.profile !== undefined) {
      throw refuse('IncorrectState', `There is an existing association for instance ${instance.id}`);
    }
    const changed = putInstance(call, { ...instance, ...profileOf(input.IamInstanceProfile, call) });
    return { IamInstanceProfileAssociation: association(changed) };
  },
});

export const DisassociateIamInstanceProfile = operation<{ AssociationId: string }>({
  handle(input, call) {
    const instance = [...all(instances, call)].find(({ profile }) => profile?.association === input.AssociationId);
    if (instance === undefined) {
      throw refuse('NoSuchAssociation', `An invalid association-id of '${input.AssociationId}' was given`);
    }
    const { profile: _, ...bare } = instance;
    putInstance(call, bare);
    return { IamInstanceProfileAssociation: { ...association(instance), State: 'disassociating' } };
  },
});

export const DescribeIamInstanceProfileAssociations = operation<{
  AssociationIds?: readonly string[];
  Filters?: readonly { Name?: string; Values?: readonly string[] }[];
}>({
  handle(input, call) {
    const associated = [...all(instances, call)].filter(
      ({ profile }) => profile !== undefined && (input.AssociationIds?.includes(profile.association) ?? true),
    );
    const rows = filtered(associated, input.Filters, ({ id }) => ({ 'instance-id': id, state: 'associated' }));
    return { IamInstanceProfileAssociations: rows.map(association) };
  },
});

function association(instance: InstanceRow) {
  return {
    AssociationId: instance.profile?.association,
    InstanceId: instance.id,
    IamInstanceProfile: { Arn: instance.profile?.arn, Id: instance.profile?.id },
    State: 'associated',
  };
}

/** A transition from one of `from`; in one of `already` it answers without doing anything. */
function change(
  call: Call,
  id: string,
  via: InstanceState,
  to: InstanceState,
  afterMs: number,
  from: readonly InstanceState[],
  already: readonly InstanceState[],
) {
  const instance = instanceOf(call, id);
  const answer = (current: InstanceState) => ({
    InstanceId: id,
    PreviousState: stateOf(instance.state),
    CurrentState: stateOf(current),
  });
  if (already.includes(instance.state)) return answer(instance.state);
  if (!from.includes(instance.state)) throw wrongState(instance);
  const { stateReason: _, ...row } = instance;
  const moving = putInstance(call, {
    ...row,
    state: via,
    moves: instance.moves + 1,
    ...(to === 'running' ? { launchedAt: call.time } : {}),
  });
  move(moving, to, call, afterMs);
  return answer(via);
}

function wrongState(instance: InstanceRow) {
  return refuse(
    'IncorrectInstanceState',
    `The instance '${instance.id}' is not in a state from which it can be started.`,
  );
}
