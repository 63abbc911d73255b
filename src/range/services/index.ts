import type { Service } from '../operation.ts';
import { cloudtrail } from './cloudtrail/index.ts';
import { events } from './events/index.ts';
import { iam } from './iam/index.ts';
import { logs } from './logs/index.ts';
import { s3 } from './s3/index.ts';
import { sns } from './sns/index.ts';
import { sts } from './sts/index.ts';

/** The services that are built. An operation of any other known service is refused by name. */
export const services: readonly Service[] = [cloudtrail, events, iam, logs, s3, sns, sts];
