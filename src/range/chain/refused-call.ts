import { AwsError } from '../../aws/error.ts';
import { authorizationMessage } from '../../aws/iam/authorization-message.ts';
import type { JsonObject } from '../../model/json.ts';
import { accountOf, type Caller } from '../caller.ts';
import type { Ids } from '../ids.ts';
import { principalPolicies } from '../services/iam/principal.ts';
import type { Reader } from '../store/port.ts';
import { inWords, type Refused } from './authorise.ts';
import type { Exchange } from './exchange.ts';
import { principalIdOf } from './identity.ts';
import { refusalCode } from './refusal-code.ts';
import { sealMessage } from './sealed-message.ts';

/** The error that the client of a call that is not allowed gets. */
export function refusedCall(exchange: Exchange, refused: Refused, reader: Reader, ids: Ids): AwsError {
  const { name } = exchange.service;
  const message = name === 'ec2' ? ofEc2(exchange, refused, reader, ids) : refused.message;
  return new AwsError(refusalCode(name), message, { status: 403 });
}

/**
 * EC2 says more to who may decode it, where the action has a resource. Among the services that are built, it alone does.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
 */
function ofEc2(exchange: Exchange, refused: Refused, reader: Reader, ids: Ids): string {
  const said = `You are not authorized to perform this operation. ${refused.message}`;
  const { caller, account, requestId } = exchange;
  const last = refused.judgements.at(-1);
  if (last === undefined || last.resource === '*' || !('arn' in caller)) return said;
  const message = authorizationMessage(
    {
      action: last.action,
      resource: last.resource,
      principal: {
        id: principalIdOf(caller),
        ...('userName' in caller ? { name: caller.userName } : {}),
        arn: caller.arn,
      },
      keys: refused.keys,
      statement: (policy, statement) => statementOf(policy, statement, caller, reader),
    },
    inWords(last),
  );
  const sealed = sealMessage(message, ids.key(account, 'authorization-message'), requestId);
  return `${said}. Encoded authorization failure message: ${sealed}`;
}

/** A statement of one of the caller's own policies, by its Sid or its index. */
function statementOf(policy: string, id: string | number, caller: Caller, reader: Reader): JsonObject | undefined {
  const own = principalPolicies(caller, { tx: reader, account: accountOf(caller), region: '-' });
  const policies = [...own.identity, ...own.groups, ...(own.boundaries ?? []), ...(own.session ?? [])];
  const written = policies.find(({ name }) => name === policy)?.document['Statement'];
  const statements = Array.isArray(written) ? written : [written];
  const found = statements.find((each, index) => (typeof id === 'number' ? index === id : sidOf(each) === id));
  return isObject(found) ? found : undefined;
}

function sidOf(statement: unknown): unknown {
  return isObject(statement) ? statement['Sid'] : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
