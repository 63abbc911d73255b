import type { JsonObject } from '../../../model/json.ts';
import type { Caller } from '../caller.ts';
import type { Estate } from '../estate.ts';
import type { Luck } from '../luck.ts';
import { type Habit, second } from '../timeline.ts';

/** `service:Operation`, what it asks and what it answers. */
export type Asked = readonly [name: string, request: JsonObject, response?: JsonObject];

/** Makes these calls one after another. */
export function* does(estate: Estate, luck: Luck, caller: Caller, calls: readonly Asked[]): Habit {
  for (const [name, request, response = null] of calls) {
    estate.write(caller, name, { request, response });
    yield luck.about(5 * second);
  }
}

/** A rule of a security group that lets one TCP port in. */
export function ingress(id: string, port: number, cidrIp: string): JsonObject {
  return {
    groupId: `sg-${id}`,
    ipPermissions: {
      items: [
        {
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
          groups: {},
          ipRanges: { items: [{ cidrIp }] },
          ipv6Ranges: {},
          prefixListIds: {},
        },
      ],
    },
  };
}

/** What an application of the company may do with its own table and bucket. */
export function appPolicy(id: string): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['dynamodb:GetItem', 'dynamodb:PutItem', 's3:GetObject'],
        Resource: [`arn:aws:dynamodb:*:111122223333:table/${id.slice(0, 4)}`, `arn:aws:s3:::${id.slice(0, 4)}/*`],
      },
    ],
  };
}
