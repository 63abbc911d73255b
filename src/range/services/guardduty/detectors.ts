import type { Call, Preparation } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { linkedRole, linkedRoleArn } from '../iam/service-linked-roles.ts';
import { badRequest, invalid, notBuilt } from './errors.ts';
import { principal } from './principal.ts';
import {
  type Detector,
  detectorHere,
  detectorOf,
  detectors,
  episodes,
  type Frequency,
  feedbacks,
  filters,
  findings,
  listContents,
  lists,
  places,
  publications,
  type Status,
  type Tags,
} from './tables.ts';

interface Settings {
  readonly Enable?: boolean;
  readonly FindingPublishingFrequency?: Frequency;
  readonly DataSources?: {
    readonly S3Logs?: { readonly Enable: boolean };
    readonly Kubernetes?: { readonly AuditLogs: { readonly Enable: boolean } };
    readonly MalwareProtection?: { readonly ScanEc2InstanceWithFindings?: { readonly EbsVolumes?: boolean } };
  };
  readonly Features?: readonly { readonly Name?: string; readonly Status?: Status }[];
}

interface ById {
  readonly DetectorId: string;
}

export const CreateDetector = operation<Settings & { Tags?: Tags }>({
  prepare: (_input, preparation) => ensureRole(preparation),
  handle(input, call) {
    if (detectorHere(call) !== undefined) throw badRequest('a detector already exists for the current account.');
    const detector: Detector = {
      id: call.ids.hex(32),
      enabled: input.Enable === true,
      frequency: input.FindingPublishingFrequency ?? 'SIX_HOURS',
      features: featuresOf(input, defaultFeatures(call.time), call.time),
      createdAt: call.time,
      updatedAt: call.time,
      tags: input.Tags ?? {},
    };
    save(call, detector, undefined);
    return { DetectorId: detector.id };
  },
});

export const GetDetector = operation<ById>({
  handle(input, call) {
    const { enabled, frequency, features, createdAt, updatedAt, tags } = detectorOf(call, input.DetectorId);
    const on = { Status: enabled ? 'ENABLED' : 'DISABLED' };
    const status = (name: string) => ({ Status: features[name]?.status ?? 'DISABLED' });
    const always = ['CLOUD_TRAIL', 'DNS_LOGS', 'FLOW_LOGS'].map((Name) => ({
      Name,
      ...on,
      UpdatedAt: new Date(updatedAt),
    }));
    return {
      CreatedAt: new Date(createdAt).toISOString(),
      UpdatedAt: new Date(updatedAt).toISOString(),
      FindingPublishingFrequency: frequency,
      ServiceRole: linkedRoleArn(principal, call.account),
      Status: on.Status,
      DataSources: {
        CloudTrail: on,
        DNSLogs: on,
        FlowLogs: on,
        S3Logs: status('S3_DATA_EVENTS'),
        Kubernetes: { AuditLogs: status('EKS_AUDIT_LOGS') },
        MalwareProtection: {
          ScanEc2InstanceWithFindings: { EbsVolumes: status('EBS_MALWARE_PROTECTION') },
          ServiceRole: `arn:aws:iam::${call.account}:role/aws-service-role/malware-protection.guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDutyMalwareProtection`,
        },
      },
      Tags: tags,
      Features: [
        ...always,
        ...Object.entries(features).map(([Name, { status: Status, updatedAt: at }]) => ({
          Name,
          Status,
          UpdatedAt: new Date(at),
          AdditionalConfiguration: [],
        })),
      ],
    };
  },
});

export const UpdateDetector = operation<ById & Settings>({
  handle(input, call) {
    const before = detectorOf(call, input.DetectorId);
    save(
      call,
      {
        ...before,
        enabled: input.Enable ?? before.enabled,
        frequency: input.FindingPublishingFrequency ?? before.frequency,
        features: featuresOf(input, before.features, call.time),
        updatedAt: call.time,
      },
      before,
    );
    return {};
  },
});

export const ListDetectors = operation<{ MaxResults?: number; NextToken?: string }>({
  handle: (_input, call) => ({ DetectorIds: [...detectors.list(call)].map(([id]) => id), NextToken: '' }),
});

/** Its lists, filters and findings go with it. */
export const DeleteDetector = operation<ById>({
  handle(input, call) {
    const { id } = detectorOf(call, input.DetectorId);
    detectors.remove(call, id);
    places.remove(call, call.region);
    for (const rows of [lists, listContents, filters, findings, episodes, feedbacks, publications]) {
      for (const [row] of [...rows.list(call)]) rows.remove(call, row);
    }
    return {};
  },
});

function save(call: Call, detector: Detector, before: Detector | undefined): void {
  detectors.put(call, detector.id, detector);
  const since = !detector.enabled
    ? undefined
    : before?.enabled === true
      ? places.get(call, call.region)?.since
      : call.time;
  const s3Data = detector.features['S3_DATA_EVENTS']?.status === 'ENABLED';
  places.put(call, call.region, { detector: detector.id, s3Data, ...(since === undefined ? {} : { since }) });
}

type Features = Detector['features'];

/** https://docs.aws.amazon.com/guardduty/latest/ug/guardduty-feature-object-api-changes-march2023.html */
function defaultFeatures(updatedAt: number): Features {
  const on = { status: 'ENABLED', updatedAt } as const;
  const off = { status: 'DISABLED', updatedAt } as const;
  return {
    S3_DATA_EVENTS: on,
    EKS_AUDIT_LOGS: on,
    EBS_MALWARE_PROTECTION: on,
    RDS_LOGIN_EVENTS: on,
    EKS_RUNTIME_MONITORING: off,
    LAMBDA_NETWORK_LOGS: on,
    RUNTIME_MONITORING: off,
  };
}

function featuresOf({ DataSources, Features }: Settings, before: Features, time: number): Features {
  if (DataSources !== undefined && Features !== undefined) {
    throw badRequest('both dataSources and features are specified as input parameters.');
  }
  const changes: [string, Status][] = [];
  const set = (name: string, on: boolean | undefined) => {
    if (on !== undefined) changes.push([name, on ? 'ENABLED' : 'DISABLED']);
  };
  set('S3_DATA_EVENTS', DataSources?.S3Logs?.Enable);
  set('EKS_AUDIT_LOGS', DataSources?.Kubernetes?.AuditLogs.Enable);
  set('EBS_MALWARE_PROTECTION', DataSources?.MalwareProtection?.ScanEc2InstanceWithFindings?.EbsVolumes);
  for (const { Name, Status } of Features ?? []) {
    if (Name === undefined || Status === undefined) throw invalid('features');
    // Needs an agent on hosts: turned on, it would promise findings that cannot come.
    if (Name.endsWith('RUNTIME_MONITORING') && Status === 'ENABLED') throw notBuilt(`The feature ${Name}`);
    changes.push([Name, Status]);
  }
  return { ...before, ...Object.fromEntries(changes.map(([name, status]) => [name, { status, updatedAt: time }])) };
}

/** Enabling makes the role by which GuardDuty reads, as whoever enables it. */
async function ensureRole({ call, invoke }: Preparation): Promise<undefined> {
  if (linkedRole(principal, call) !== undefined) return;
  await invoke({
    as: call.caller,
    account: call.account,
    region: call.region,
    service: 'iam',
    operation: 'CreateServiceLinkedRole',
    input: { AWSServiceName: principal },
    via: principal,
  });
}
