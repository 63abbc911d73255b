import { type FindingType, findingTypes } from '../../../aws/findings/guardduty-types.ts';
import { derivedId } from '../../../aws/id.ts';
import type { Action, BucketDetails, Resource, Sighting } from '../../../model/finding.ts';
import type { Words } from '../../../model/words.ts';
import type { Call, Operation } from '../../operation.ts';
import { operation } from '../../operation.ts';
import { badRequest } from './errors.ts';
import { findingStore } from './finding-store.ts';
import type { GuardDutyPort } from './port.ts';
import { announce } from './publish.ts';
import { sampleWords } from './sample-words.ts';
import { detectorOf, formOn } from './tables.ts';

/**
 * Made-up findings, marked as such: of the types that are asked for, or of all. Asked for again, they are seen again.
 * https://docs.aws.amazon.com/guardduty/latest/ug/sample_findings.html
 */
export function createSampleFindings(port: GuardDutyPort): Operation {
  return operation<{ DetectorId: string; FindingTypes?: readonly string[] }>({
    handle(input, call) {
      detectorOf(call, input.DetectorId);
      const types = (input.FindingTypes ?? [...findingTypes.keys()]).map((name) => {
        const type = findingTypes.get(name);
        if (type === undefined) throw badRequest('an invalid finding type is specified.');
        return type;
      });
      const hub = port.hub(findingStore(call.tx), formOn(call.tx));
      const changes = types.flatMap((type) => hub.take(sampleOf(type, port.titleOf(type.type), call), call.time) ?? []);
      announce(call, changes, call.time, port);
      return {};
    },
  });
}

function sampleOf(kind: FindingType, title: Words | undefined, call: Call): Sighting {
  const { type, resourceType, severity } = kind;
  const { account, region, time, requestId } = call;
  const action = actionOf(resourceType);
  return {
    detector: 'sample',
    account,
    region,
    type,
    ...sampleWords(kind, title, remoteIp.ipAddressV4),
    severity,
    technique: '',
    resource: resourceOf(resourceType, account),
    ...(action === undefined ? {} : { action }),
    role: 'TARGET',
    counterpart: 'sample',
    time,
    evidence: [
      {
        id: derivedId(['sample', type, requestId]),
        kind: 'foreign-finding',
        time,
        source: 'guardduty.amazonaws.com',
        name: 'CreateSampleFindings',
        principal: '',
        address: remoteIp.ipAddressV4,
        error: '',
        place: { file: -1, offset: 0 },
      },
    ],
    additional: { sample: true },
  };
}

/** The names that AWS's samples have: what reacts to findings knows them as nobody's. */
function resourceOf(type: string, account: string): Resource {
  const accessKey = {
    accessKeyId: 'GeneratedFindingAccessKeyId',
    principalId: 'GeneratedFindingPrincipalId',
    userName: 'GeneratedFindingUserName',
    userType: 'IAMUser',
  };
  if (type === 'AccessKey') return { type, accessKey };
  if (type === 'S3Bucket') return { type, accessKey, buckets: [bucket] };
  if (type === 'Instance') return { type, instance };
  if (type === 'Lambda') {
    const functionName = 'GeneratedFindingLambdaFunctionName';
    return {
      type,
      lambda: { functionName, functionArn: `arn:aws:lambda:us-west-2:${account}:function:${functionName}` },
    };
  }
  return { type };
}

function actionOf(resourceType: string): Action | undefined {
  if (resourceType === 'AccessKey' || resourceType === 'S3Bucket') {
    return {
      actionType: 'AWS_API_CALL',
      api: 'GeneratedFindingAPIName',
      serviceName: 'GeneratedFindingAPIServiceName',
      callerType: 'Remote IP',
      remoteIp,
    };
  }
  if (resourceType !== 'Instance') return undefined;
  return {
    actionType: 'NETWORK_CONNECTION',
    direction: 'INBOUND',
    protocol: 'TCP',
    localPort: 22,
    localIp: '10.0.0.23',
    remotePort: 32794,
    remoteIp,
    blocked: false,
  };
}

const remoteIp = {
  ipAddressV4: '198.51.100.0',
  country: 'GeneratedFindingCountryName',
  asn: '-1',
  asnOrg: 'GeneratedFindingASNOrg',
};

const bucket: BucketDetails = {
  name: 'bucketName',
  arn: 'arn:aws:s3:::bucketName',
  type: 'Destination',
  owner: { id: 'CanonicalId of Owner' },
  tags: [],
};

const instance = {
  instanceId: 'i-99999999',
  instanceType: 'm3.xlarge',
  imageId: 'ami-99999999',
  networkInterfaces: [
    {
      networkInterfaceId: 'eni-bfcffe88',
      privateIpAddress: '10.0.0.1',
      publicIp: '198.51.100.0',
      subnetId: 'GeneratedFindingSubnetId',
      vpcId: 'GeneratedFindingVPCId',
      securityGroups: [{ groupId: 'GeneratedFindingSecurityId', groupName: 'GeneratedFindingSecurityGroupName' }],
    },
  ],
  tags: [],
};
