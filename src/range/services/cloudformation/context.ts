import { AwsError } from '../../../aws/error.ts';
import type { Caller } from '../../caller.ts';
import { accessKeys } from '../../indexes.ts';
import type { Work } from '../../operation.ts';
import type { ResourceContext } from './resource-type.ts';
import { responsesOf } from './responses.ts';
import type { Begun, Resource, Stack } from './tables.ts';

export const principal = 'cloudformation.amazonaws.com';

/** A call that a service refused, with what CloudFormation says about it. */
export class CallFailure extends Error {
  readonly code: string;
  readonly service: string;
  readonly status: number;

  constructor(service: string, error: AwsError) {
    super(error.message);
    this.service = service;
    this.code = error.code;
    this.status = error.status ?? 400;
  }
}

/** The calls of one step on one resource: as the stack's caller, or as its service role, through the gateway. */
export async function contextFor(
  stack: Stack,
  row: Resource,
  begun: Begun,
  work: Work,
): Promise<Omit<ResourceContext, 'holds'>> {
  const as = stack.roleArn === undefined ? stack.caller : await roleSession(stack.roleArn, work);
  let count = 0;
  const call: ResourceContext['call'] = async (service, operation, input) => {
    try {
      const { account, region } = work;
      // What is read is read anew; what was made before a crash is not made again.
      const once = /^(Get|List|Describe|Head)/.test(operation)
        ? {}
        : { once: `${answersOf(stack)}${++count} ${service}:${operation}` };
      return await work.invoke({ as, account, region, service, operation, input, via: principal, ...once });
    } catch (error) {
      throw error instanceof AwsError ? new CallFailure(service, error) : error;
    }
  };
  return {
    account: work.account,
    region: work.region,
    stackId: stack.id,
    stackName: stack.name,
    logicalId: row.logicalId,
    type: row.type,
    now: work.now(),
    since: begun.since,
    token: begun.token,
    again: begun.again === true,
    responses: responsesOf(`${stack.id}|${row.logicalId}|${begun.token}`, work),
    tags: {
      ...stack.tags,
      'aws:cloudformation:stack-name': stack.name,
      'aws:cloudformation:stack-id': stack.id,
      'aws:cloudformation:logical-id': row.logicalId,
    },
    name: (longest) => generatedName(stack.name, row, longest),
    call,
    async callUnless(codes, service, operation, input) {
      try {
        return await call(service, operation, input);
      } catch (error) {
        if (error instanceof CallFailure && codes.includes(error.code)) return undefined;
        throw error;
      }
    },
  };
}

/** What names the calls of one step of a stack. */
export function answersOf({ id, serial }: Pick<Stack, 'id' | 'serial'>): string {
  return `${id}|${serial}|`;
}

/** Long stack names and logical ids give way, the random end stays. */
function generatedName(stackName: string, row: Resource, longest: number): string {
  const room = longest - row.suffix.length - 2;
  const logical = row.logicalId.slice(0, Math.max(1, Math.ceil(room / 2), room - stackName.length));
  return `${stackName.slice(0, Math.max(1, room - logical.length))}-${logical}-${row.suffix}`;
}

async function roleSession(roleArn: string, work: Work): Promise<Caller> {
  const answer = await work.invoke({
    as: { kind: 'service', service: principal },
    account: work.account,
    region: work.region,
    service: 'sts',
    operation: 'AssumeRole',
    input: { RoleArn: roleArn, RoleSessionName: 'AWSCloudFormation' },
  });
  const { AccessKeyId } = answer['Credentials'] as { AccessKeyId: string };
  const session = await work.commit((scope) => accessKeys.get(scope.tx, AccessKeyId), { keep: true });
  if (session === undefined) throw new Error(`the session ${AccessKeyId} of ${roleArn} is not there`);
  return session.caller;
}
