import type { Json, JsonObject } from '../../model/json.ts';
import { isObject, parsed, textOf } from '../json-activity.ts';
import { given, isNothing, isoOf, timeGiven } from './fields.ts';

/**
 * The CloudTrail record behind an API Activity, Authentication or Account Change. What has no place in OCSF stands
 * under `unmapped`, by its path.
 * https://github.com/ocsf/examples/tree/main/mappings/markdown/AWS
 */
export function callOf(record: JsonObject): JsonObject {
  const call: Record<string, Json> = {};
  for (const [path, value] of pairsOf(given(record, 'unmapped'))) put(call, path, plain(value));
  for (const [path, ...from] of mapped) put(call, path, given(record, ...from));
  for (const [path, from] of jsonTexts) put(call, path, fromJson(given(record, from)));
  const time = timeGiven(record, 'time', 'time_dt');
  if (time !== undefined) put(call, 'eventTime', isoOf(time));
  const created = timeGiven(record, 'actor.session.created_time_dt', 'actor.session.created_time');
  if (created !== undefined) put(call, `${session}.attributes.creationDate`, isoOf(created));
  const isMfa = given(record, 'actor.session.is_mfa', 'actor.session.mfa');
  if (isMfa !== undefined) put(call, `${session}.attributes.mfaAuthenticated`, String(isMfa));
  // A login's own word for it; it has no session yet.
  if (typeof record['is_mfa'] === 'boolean') put(call, 'additionalEventData.MFAUsed', record['is_mfa'] ? 'Yes' : 'No');
  names(call, record);
  const resources = given(record, 'resources');
  if (Array.isArray(resources)) put(call, 'resources', (resources as readonly Json[]).filter(isObject).map(resourceOf));
  return call;
}

const session = 'userIdentity.sessionContext';

/** Where CloudTrail has it, and where OCSF has it: later versions first. */
const mapped: readonly (readonly [path: string, ...from: string[]])[] = [
  ['eventVersion', 'metadata.product.version'],
  ['eventSource', 'api.service.name'],
  ['eventName', 'api.operation'],
  ['eventID', 'metadata.uid'],
  ['eventType', 'metadata.event_code'],
  ['eventCategory', 'metadata.product.feature.name'],
  ['awsRegion', 'cloud.region'],
  ['apiVersion', 'api.version'],
  ['requestID', 'api.request.uid'],
  ['errorCode', 'api.response.error'],
  ['errorMessage', 'api.response.message'],
  ['sourceIPAddress', 'src_endpoint.ip', 'src_endpoint.domain'],
  ['vpcEndpointId', 'src_endpoint.uid'],
  ['userAgent', 'http_request.user_agent'],
  ['userIdentity.type', 'actor.user.type'],
  ['userIdentity.userName', 'actor.user.name'],
  ['userIdentity.accountId', 'actor.user.account.uid', 'actor.user.account_uid'],
  ['userIdentity.accessKeyId', 'actor.user.credential_uid'],
  ['userIdentity.invokedBy', 'actor.invoked_by'],
  ['userIdentity.identityProvider', 'actor.idp.name'],
  [`${session}.sessionIssuer.arn`, 'actor.session.issuer'],
  ['recipientAccountId', 'cloud.account.uid', 'cloud.account_uid'],
];

/** JSON in a text. */
const jsonTexts: readonly (readonly [path: string, from: string])[] = [
  ['requestParameters', 'api.request.data'],
  ['responseElements', 'api.response.data'],
];

/** Version 1 calls the ARN `uuid` and the id `uid`; version 2 calls them `uid` and `uid_alt`. */
function names(call: Record<string, Json>, record: JsonObject): void {
  const all = ['uid', 'uuid', 'uid_alt'].map((name) => textOf(given(record, `actor.user.${name}`)));
  put(
    call,
    'userIdentity.arn',
    all.find((name) => name?.startsWith('arn:')),
  );
  put(
    call,
    'userIdentity.principalId',
    all.find((name) => name !== undefined && !name.startsWith('arn:')),
  );
}

function resourceOf(resource: JsonObject): Json {
  const told = {
    ARN: given(resource, 'uid'),
    accountId: given(resource, 'owner.account.uid', 'account.uid', 'account_uid'),
    type: given(resource, 'type'),
  };
  return Object.fromEntries(Object.entries(told).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** Sets what stands under a dotted path, unless it is there. */
function put(call: Record<string, Json>, path: string, value: Json | undefined): void {
  if (isNothing(value)) return;
  const parts = path.split('.');
  let at = call;
  for (const part of parts.slice(0, -1)) {
    // What a record calls `__proto__` must not lead to what all objects share.
    const inner = Object.hasOwn(at, part) ? at[part] : {};
    if (!isObject(inner)) return;
    at[part] = inner;
    at = inner as Record<string, Json>;
  }
  at[parts.at(-1)!] ??= value!;
}

/** A map, also where a reader of tables leaves it the list of pairs as which it is stored. */
function pairsOf(map: Json | undefined): readonly (readonly [path: string, value: Json])[] {
  const stored = isObject(map) ? (map['key_value'] ?? map) : map;
  if (isObject(stored)) return Object.entries(stored);
  if (!Array.isArray(stored)) return [];
  return (stored as readonly Json[]).filter(isObject).map(({ key, value }) => [String(key), value ?? null]);
}

/** A map of texts holds all values as such: lists and objects are JSON in them. */
function plain(value: Json): Json {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^[{[]/.test(value) ? (fromJson(value) ?? value) : value;
}

function fromJson(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? parsed(value) : value;
}
