import type { Json, JsonObject } from '../../../model/json.ts';

/** An AccessControlPolicy as CloudTrail has it: the XML's names, the grantee's type as its attribute. */
export function aclOfRecord(policy: object): JsonObject {
  const { Grants, Owner } = policy as { Grants?: readonly Record<string, unknown>[]; Owner?: JsonObject };
  const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/';
  const grants: Json[] = (Grants ?? []).map((grant) => {
    const { Type, ...grantee } = (grant['Grantee'] ?? {}) as Record<string, Json>;
    const typed = { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xsi:type': Type ?? null, ...grantee };
    return { Grantee: typed, Permission: String(grant['Permission']) };
  });
  return { xmlns, ...(Owner === undefined ? {} : { Owner: { ...Owner } }), AccessControlList: { Grant: grants } };
}
