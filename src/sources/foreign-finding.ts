import { addressOf } from '../aws/address.ts';
import { derivedId } from '../aws/id.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { Place } from '../model/problem.ts';
import { JsonActivity, numberOf, textOf, valueAt } from './json-activity.ts';
import type { Taken } from './listed-batch.ts';
import { timeOf } from './time.ts';

/** Findings of GuardDuty, Macie and Security Hub, as their APIs, EventBridge and exports spell them. */
export function isForeignFinding(record: JsonObject): boolean {
  return shapeOf(record) !== undefined;
}

/** Each is told in the same few fields, so that nobody after this asks whose it was. */
export function foreignFinding(record: JsonObject, place: Place): Taken {
  // GuardDuty and Security Hub make samples of their findings on request.
  if (isSample(record)) return { passed: 'sample finding' };
  const shape = shapeOf(record);
  const told = shape?.(record);
  if (told === undefined || Number.isNaN(told.time)) {
    const reason = 'a finding without a time of its last change; expected updatedAt, UpdatedAt or LastObservedAt';
    return { place, code: 'finding-incomplete', reason };
  }
  const { time, account, region, source, type, principal, address } = told;
  const head = {
    kind: 'foreign-finding',
    time,
    account,
    region,
    source,
    name: type,
    principal,
    error: '',
    place,
  } as const;
  const id = derivedId(['finding', told.id, time]);
  const { id: _id, ...fields } = told;
  return new JsonActivity({ ...head, id, address: addressOf(address) }, { ...fields, foreignId: told.id });
}

function isSample(record: JsonObject): boolean {
  if (anyCase(record, 'service.additionalInfo.sample') === true || record['Sample'] === true) return true;
  const info = textOf(anyCase(record, 'service.additionalInfo.value'));
  return info !== undefined && /"sample"\s*:\s*true/.test(info);
}

interface Told {
  readonly id: string;
  readonly time: number;
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly type: string;
  readonly title: string;
  readonly severity: number;
  readonly principal: string;
  readonly userName: string;
  readonly principalId: string;
  readonly accessKeyId: string;
  readonly instanceId: string;
  readonly bucketArn: string;
  readonly address: string;
}

function shapeOf(record: JsonObject): ((record: JsonObject) => Told) | undefined {
  if ('ProductArn' in record && 'SchemaVersion' in record) return ofSecurityHub;
  if (!('schemaVersion' in record) && !('SchemaVersion' in record)) return undefined;
  if ('classificationDetails' in record || 'policyDetails' in record) return ofMacie;
  return 'service' in record || 'Service' in record ? ofGuardDuty : undefined;
}

/** The API's command line spells members with a capital, EventBridge and exports without. */
function ofGuardDuty(given: JsonObject): Told {
  const text = (path: string) => textOf(anyCase(given, path)) ?? '';
  const account = text('accountId');
  const userName = text('resource.accessKeyDetails.userName');
  const call = 'service.action.awsApiCallAction.remoteIpDetails.ipAddressV4';
  const connection = 'service.action.networkConnectionAction.remoteIpDetails.ipAddressV4';
  return {
    id: text('id'),
    time: timeOf(text('service.eventLastSeen') || text('updatedAt')),
    account,
    region: text('region'),
    source: 'guardduty',
    type: text('type'),
    title: text('title'),
    severity: numberOf(anyCase(given, 'severity')) ?? 0,
    principal: principalOf(account, text('resource.accessKeyDetails.userType'), userName),
    userName,
    principalId: text('resource.accessKeyDetails.principalId'),
    accessKeyId: text('resource.accessKeyDetails.accessKeyId'),
    instanceId: text('resource.instanceDetails.instanceId'),
    bucketArn: textOf(firstOf(anyCase(given, 'resource.s3BucketDetails'), 'arn')) ?? '',
    address: text(call) || text(connection),
  };
}

function ofMacie(given: JsonObject): Told {
  const text = (path: string) => textOf(valueAt(given, path)) ?? '';
  return {
    ...nothing,
    id: text('id'),
    time: timeOf(text('updatedAt')),
    account: text('accountId'),
    region: text('region'),
    source: 'macie',
    type: text('type'),
    title: text('title'),
    severity: scoreOf(text('severity.description')),
    bucketArn: text('resourcesAffected.s3Bucket.arn'),
  };
}

function ofSecurityHub(given: JsonObject): Told {
  const text = (path: string) => textOf(valueAt(given, path)) ?? '';
  const types = given['Types'];
  const type = (Array.isArray(types) ? textOf(types[0]) : undefined) ?? text('GeneratorId');
  const resource = (name: string) => textOf(firstOf(given['Resources'], name)) ?? '';
  const isOf = (kind: string) => resource('Type') === kind;
  return {
    ...nothing,
    id: text('Id'),
    time: timeOf(text('LastObservedAt') || text('UpdatedAt')),
    account: text('AwsAccountId'),
    region: text('Region'),
    source: 'securityhub',
    // `TTPs/Discovery/Recon:IAMUser-TorIPCaller`: the last part is the product's own name.
    type: type.split('/').at(-1) ?? type,
    title: text('Title'),
    severity: scoreOf(text('Severity.Label')),
    principal: isOf('AwsIamUser') || isOf('AwsIamRole') ? resource('Id') : '',
    instanceId: isOf('AwsEc2Instance') ? resource('Id').split('/').at(-1)! : '',
    bucketArn: isOf('AwsS3Bucket') ? resource('Id') : '',
    address: text('Network.SourceIpV4') || text('Action.AwsApiCallAction.RemoteIpDetails.IpAddressV4'),
  };
}

const nothing = { principal: '', userName: '', principalId: '', accessKeyId: '', instanceId: '', address: '' } as const;

function principalOf(account: string, type: string, name: string): string {
  if (type === 'Root') return `arn:aws:iam::${account}:root`;
  if (name === '') return '';
  if (type === 'IAMUser') return `arn:aws:iam::${account}:user/${name}`;
  return type === 'AssumedRole' || type === 'Role' ? `arn:aws:iam::${account}:role/${name}` : '';
}

function scoreOf(label: string): number {
  return { CRITICAL: 9, HIGH: 8, MEDIUM: 5, LOW: 2, INFORMATIONAL: 1 }[label.toUpperCase()] ?? 1;
}

function anyCase(given: Json | undefined, path: string): Json | undefined {
  const capital = path
    .split('.')
    .map((name) => name[0]!.toUpperCase() + name.slice(1))
    .join('.');
  return valueAt(given, path) ?? valueAt(given, capital);
}

function firstOf(list: Json | undefined, name: string): Json | undefined {
  return Array.isArray(list) ? anyCase(list[0] as Json | undefined, name) : undefined;
}
