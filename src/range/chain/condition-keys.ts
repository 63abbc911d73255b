import { globalKey, type RequestFacts, resourceKeysOf } from '../../aws/authorization/keys.ts';
import type { ConditionKeys, Requirement } from '../../aws/authorization/requirement.ts';
import { serviceKeysOf } from '../../aws/authorization/service-keys.ts';
import type { KeyLookup } from '../../aws/iam/request.ts';
import { accountOf } from '../caller.ts';
import type { ReadScope, Service } from '../operation.ts';
import type { Exchange } from './exchange.ts';

/** The condition keys of a call, each made when a policy asks for it. */
export function requestKeys(exchange: Exchange, principalTags: Readonly<Record<string, string>>): KeyLookup {
  const { caller, time, region, sourceIp, userAgent, via } = exchange;
  const facts: RequestFacts = {
    caller,
    time,
    region,
    sourceIp,
    userAgent,
    // The loopback endpoint stands for AWS's, which speaks TLS only.
    secure: true,
    via: via === undefined ? undefined : [via],
    principalTags,
  };
  let ofService: ConditionKeys | undefined;
  return (key) => {
    const value = globalKey(facts, key);
    if (value !== undefined) return listOf(value);
    ofService ??= sentKeys(exchange);
    return keyIn(ofService, key);
  };
}

/** The same for one resource of one requirement, whose input and state say some more: no key is of two of these. */
export function keysAbout(
  requirement: Extract<Requirement, { kind: 'decided' }>,
  resource: string,
  service: Service,
  owner: ReadScope,
  request: KeyLookup,
): KeyLookup {
  let ofResource: ConditionKeys | undefined;
  let ofState: ConditionKeys | undefined;
  return (key) => {
    const known = request(key) ?? keyIn(requirement.keys, key);
    if (known !== undefined) return known;
    ofResource ??= resourceKeysOf(service.name, owner.account, resource === '*' ? {} : service.tags?.(resource, owner));
    ofState ??= (resource === '*' ? undefined : service.keys?.(resource, owner)) ?? none;
    return keyIn(ofState, key) ?? keyIn(ofResource, key);
  };
}

const none: ConditionKeys = {};

function sentKeys({ service, caller, region, via, signature }: Exchange): ConditionKeys {
  return serviceKeysOf(service.name, () => {
    const callerAccount = accountOf(caller);
    return {
      region,
      ...(signature === undefined
        ? {}
        : {
            authType: signature.type === 'QueryString' ? 'REST-QUERY-STRING' : 'REST-HEADER',
            signatureVersion: signature.version,
            ...(signature.type === 'QueryString' ? { signatureAgeMs: signature.ageMs } : {}),
          }),
      ...(callerAccount === '' ? {} : { callerAccount }),
      ...(via === undefined ? {} : { via }),
    };
  });
}

/** The case of a key never matters. They are few, and few are asked for: looking through them costs less than a map. */
function keyIn(keys: ConditionKeys, key: string): readonly string[] | undefined {
  let found: string | readonly string[] | undefined;
  // Where two names differ in nothing but their case, the last one counts.
  for (const name in keys) if (name.toLowerCase() === key) found = keys[name];
  return found === undefined ? undefined : listOf(found);
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
