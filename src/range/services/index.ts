import type { Service } from '../operation.ts';
import type { Wire } from '../wire/wire.ts';
import { cloudformation } from './cloudformation/index.ts';
import { cloudtrail } from './cloudtrail/index.ts';
import { ec2 } from './ec2/index.ts';
import type { Machines } from './ec2/machines.ts';
import { events } from './events/index.ts';
import { guardduty } from './guardduty/index.ts';
import type { GuardDutyPort } from './guardduty/port.ts';
import { iam } from './iam/index.ts';
import { lambda } from './lambda/index.ts';
import { logs } from './logs/index.ts';
import { s3 } from './s3/index.ts';
import { sns } from './sns/index.ts';
import { ssm } from './ssm/index.ts';
import { sts } from './sts/index.ts';

/** The services that are built. An operation of any other known service is refused by name. */
export const services: readonly Service[] = [cloudformation, cloudtrail, events, iam, lambda, logs, s3, sns, sts];

/** What services borrow from the wiring: the faces of the defence, and the hosts behind instances. */
export interface Ports {
  readonly guardduty: GuardDutyPort;
  readonly machines: Machines;
  /** The models, where a service must know what its own answers can hold. */
  readonly wire: Pick<Wire, 'operation'>;
}

/** All services: those above, and those that stand on what the wiring gives. */
export function servicesOver(ports: Ports): readonly Service[] {
  return [...services, ec2(ports.machines), ssm(ports.machines), guardduty(ports.guardduty, ports.wire)];
}
