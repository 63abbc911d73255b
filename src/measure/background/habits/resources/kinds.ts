import { compute } from './compute.ts';
import { events } from './events.ts';
import { identity } from './identity.ts';
import type { Kinds } from './kind.ts';
import { network } from './network.ts';
import { secrets } from './secrets.ts';
import { storage } from './storage.ts';

// Luck draws by place: another order gives another background.
export const kinds = {
  bucket: storage.bucket,
  role: identity.role,
  policy: identity.policy,
  function: compute.function,
  group: network.group,
  network: network.network,
  key: secrets.key,
  logGroup: events.logGroup,
  alarm: events.alarm,
  database: storage.database,
  queue: events.queue,
  secret: secrets.secret,
  rule: events.rule,
  service: compute.service,
  balancer: network.balancer,
  machine: compute.machine,
  table: storage.table,
  parameter: secrets.parameter,
  provider: identity.provider,
  mailUser: identity.mailUser,
  vendorRole: identity.vendorRole,
  logBucket: storage.logBucket,
} satisfies Kinds;

export const kindNames = Object.keys(kinds) as (keyof typeof kinds)[];
