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
    ...(via === undefined ? {} : { via: [via] }),
    principalTags,
  };
  const ofService = foldedOnce(() => sentKeys(exchange));
  return (key) => {
    const value = globalKey(facts, key);
    return value === undefined ? ofService(key) : listOf(value);
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
  const ofInput = foldedOnce(() => requirement.keys);
  const ofState = foldedOnce(() => ({
    ...resourceKeysOf(service.name, owner.account, resource === '*' ? {} : service.tags?.(resource, owner)),
    ...(resource === '*' ? {} : service.keys?.(resource, owner)),
  }));
  return (key) => ofInput(key) ?? request(key) ?? ofState(key);
}

function sentKeys({ service, caller, region, via, signature }: Exchange): ConditionKeys {
  const callerAccount = accountOf(caller);
  return serviceKeysOf(service.name, {
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
  });
}

/** Made at the first question; the case of a key never matters. */
function foldedOnce(make: () => ConditionKeys): KeyLookup {
  let folded: Map<string, readonly string[]> | undefined;
  return (key) => {
    if (folded === undefined) {
      folded = new Map();
      for (const [name, value] of Object.entries(make())) folded.set(name.toLowerCase(), listOf(value));
    }
    return folded.get(key);
  };
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
