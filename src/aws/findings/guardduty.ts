import type { Action, Finding, FindingRef, InstanceDetails, RemoteIp, Resource } from '../../model/finding.ts';
import type { JsonObject } from '../../model/json.ts';
import { derivedId } from '../id.ts';

/** What GuardDuty's JSON says beyond the finding itself. */
export interface GuardDutyForm {
  detectorId(account: string, region: string): string;
}

/** Over files there is no detector: its id is derived, so that the same facts give the same ARN. */
export const derivedForm: GuardDutyForm = {
  detectorId: (account, region) => derivedId(['detector', account, region]),
};

/**
 * A finding as GuardDuty's API and EventBridge spell it. It speaks English, as AWS does.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings-summary.html
 */
export function toGuardDuty(finding: Finding, form: GuardDutyForm): JsonObject {
  const { account, region, id } = finding;
  const partition = partitionOf(region);
  const detectorId = form.detectorId(account, region);
  return {
    schemaVersion: '2.0',
    accountId: account,
    region,
    partition,
    id,
    arn: arnOf(finding, form),
    type: finding.type,
    resource: resource(finding.resource),
    service: {
      serviceName: 'guardduty',
      detectorId,
      ...(finding.action === undefined ? {} : { action: action(finding.action, finding.resource) }),
      ...role(finding),
      additionalInfo: additional(finding),
      ...threats(finding),
      eventFirstSeen: isoTime(finding.firstSeen),
      eventLastSeen: isoTime(finding.lastSeen),
      archived: finding.archived,
      count: finding.count,
    },
    severity: finding.severity,
    createdAt: isoTime(finding.createdAt),
    updatedAt: isoTime(finding.updatedAt),
    title: finding.title.en,
    description: finding.description.en,
    ...(finding.story === undefined ? {} : { associatedAttackSequenceArn: arnOf(finding.story, form) }),
  };
}

/** GuardDuty names the resource the target wherever it is not the one that acts; a sequence is about several. */
function role({ role: known, resource: { type } }: Finding): JsonObject {
  if (known !== undefined) return { resourceRole: known };
  return type === 'AttackSequence' ? {} : { resourceRole: 'TARGET' };
}

function arnOf({ account, region, id }: FindingRef, form: GuardDutyForm): string {
  const detectorId = form.detectorId(account, region);
  return `arn:${partitionOf(region)}:guardduty:${region}:${account}:detector/${detectorId}/finding/${id}`;
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}

function partitionOf(region: string): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function resource({ type, accessKey, instance, buckets, lambda }: Resource): JsonObject {
  return {
    resourceType: type,
    ...(accessKey === undefined ? {} : { accessKeyDetails: { ...accessKey } }),
    ...(buckets === undefined ? {} : { s3BucketDetails: buckets.map(bucket) }),
    ...(instance === undefined ? {} : { instanceDetails: instanceDetails(instance) }),
    ...(lambda === undefined ? {} : { lambdaDetails: { ...lambda } }),
  };
}

function bucket(details: NonNullable<Resource['buckets']>[number]): JsonObject {
  const { createdAt, ...rest } = details;
  // GuardDuty gives this one time as epoch seconds.
  const made = createdAt === undefined ? {} : { createdAt: createdAt / 1000 };
  return { ...(rest as unknown as JsonObject), ...made };
}

function instanceDetails({ launchTime, ...rest }: InstanceDetails): JsonObject {
  const launched = launchTime === undefined ? {} : { launchTime: isoTime(launchTime) };
  // The inside type has GuardDuty's own member names, all of them JSON.
  return { ...(rest as unknown as JsonObject), ...launched };
}

function action(given: Action, { type, arn }: Resource): JsonObject {
  if (given.actionType === 'AWS_API_CALL') {
    const { actionType, remoteIp: ip, domain, affectedResources, ...call } = given;
    const affected = { ...affectedResources, ...(arn === undefined || arn === '' ? {} : { [type]: arn }) };
    const remote = ip === undefined ? {} : { remoteIpDetails: remoteIp(ip) };
    const named = domain === undefined ? {} : { domainDetails: { domain } };
    return { actionType, awsApiCallAction: { ...call, ...remote, ...named, affectedResources: affected } };
  }
  if (given.actionType === 'NETWORK_CONNECTION') {
    return {
      actionType: given.actionType,
      networkConnectionAction: {
        connectionDirection: given.direction,
        protocol: given.protocol,
        blocked: given.blocked,
        localIpDetails: { ipAddressV4: given.localIp },
        localPortDetails: port(given.localPort),
        remoteIpDetails: remoteIp(given.remoteIp),
        remotePortDetails: port(given.remotePort),
      },
    };
  }
  if (given.actionType === 'DNS_REQUEST') {
    const { actionType, ...dnsRequestAction } = given;
    return { actionType, dnsRequestAction };
  }
  const portProbeDetails = given.ports.map((probe) => ({
    localPortDetails: port(probe.localPort),
    remoteIpDetails: remoteIp(probe.remoteIp),
  }));
  return { actionType: given.actionType, portProbeAction: { blocked: false, portProbeDetails } };
}

function remoteIp({ ipAddressV4, country, asn, asnOrg }: RemoteIp): JsonObject {
  return {
    [ipAddressV4.includes(':') ? 'ipAddressV6' : 'ipAddressV4']: ipAddressV4,
    ...(country === undefined ? {} : { country: { countryName: country } }),
    ...(asn === undefined ? {} : { organization: { asn, asnOrg: asnOrg ?? '', isp: asnOrg ?? '', org: asnOrg ?? '' } }),
  };
}

function port(number: number): JsonObject {
  return { port: number, portName: portNames[number] ?? 'Unknown' };
}

const portNames: Readonly<Record<number, string>> = {
  22: 'SSH',
  25: 'SMTP',
  53: 'DNS',
  80: 'HTTP',
  443: 'HTTPS',
  3389: 'RDP',
};

/** The fields themselves, as rules read them on the bus, and all of them as one text, as the API gives them. */
function additional({ additional: given = {} }: Finding): JsonObject {
  return { ...given, value: JSON.stringify(given), type: 'default' };
}

function threats({ additional: given = {} }: Finding): JsonObject {
  const { threatListName, threatName } = given;
  if (typeof threatListName !== 'string') return {};
  const threatNames = typeof threatName === 'string' ? [threatName] : [];
  return { evidence: { threatIntelligenceDetails: [{ threatListName, threatNames }] } };
}
