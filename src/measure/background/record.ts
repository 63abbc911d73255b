import { undated } from '../../model/call-name.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { type Caller, stamp } from './caller.ts';
import type { Luck } from './luck.ts';

/** One call, as the log tells of it. Everything that is not said has the usual value. */
export interface Call {
  readonly request?: JsonObject | null;
  readonly response?: JsonObject | null;
  /** `AccessDenied: User … is not authorized …` */
  readonly error?: string;
  readonly region?: string;
  /** An S3 data event. */
  readonly data?: boolean;
  readonly more?: JsonObject;
  readonly resources?: Json;
  readonly reads?: boolean;
}

/** `service:Operation` by a caller, as a CloudTrail record. */
export function recordOf(time: number, luck: Luck, caller: Caller, name: string, call: Call): JsonObject {
  const [service = '', operation = ''] = name.split(':');
  const { request = null, response = null, error, data = false, more, resources } = call;
  const separator = error?.indexOf(': ') ?? -1;
  return {
    eventVersion: '1.11',
    userIdentity: caller.identity,
    eventTime: stamp(time),
    eventSource: `${service}.amazonaws.com`,
    eventName: operation,
    awsRegion: call.region ?? regionOf(service, operation, caller.region),
    sourceIPAddress: caller.from,
    userAgent: caller.agent,
    ...(error === undefined ? {} : { errorCode: error.slice(0, separator), errorMessage: error.slice(separator + 2) }),
    requestParameters: request,
    responseElements: error === undefined ? response : null,
    requestID: luck.uuid(),
    eventID: luck.uuid(),
    readOnly: call.reads ?? reading.test(operation),
    ...(resources === undefined ? {} : { resources }),
    eventType: 'AwsApiCall',
    managementEvent: !data,
    recipientAccountId: caller.account,
    ...(caller.endpoint === undefined ? {} : { vpcEndpointId: caller.endpoint }),
    eventCategory: data ? 'Data' : 'Management',
    ...(caller.from.endsWith('.com')
      ? {}
      : {
          tlsDetails: {
            tlsVersion: 'TLSv1.3',
            cipherSuite: 'TLS_AES_128_GCM_SHA256',
            clientProvidedHostHeader: `${service}.${caller.region}.amazonaws.com`,
          },
        }),
    ...(caller.console === true ? { sessionCredentialFromConsole: 'true' } : {}),
    ...more,
  };
}

const reading =
  /^(List|Describe|Get|BatchGet|Head|Lookup|Search|Query|Scan|Select|Simulate|Validate|Decrypt|Encrypt|GenerateDataKey|AssumeRole)/;

/** Global services log in one region. */
function regionOf(service: string, operation: string, region: string): string {
  if (service === 'sts') return region;
  return global.has(service) || (service === 'signin' && operation !== 'ConsoleLogin') ? 'us-east-1' : region;
}

const global = new Set([
  'iam',
  'organizations',
  'route53',
  'cloudfront',
  'support',
  'ce',
  'health',
  'budgets',
  'trustedadvisor',
  'account',
  'globalaccelerator',
]);

/** The error of a call that no policy of the caller allows, in the words of its service. */
export function denial(caller: Caller, name: string): string {
  const action = undated(name).replace(/^monitoring:/, 'cloudwatch:');
  const code = name.startsWith('ec2:')
    ? 'Client.UnauthorizedOperation'
    : name.startsWith('iam:') || name.startsWith('s3:')
      ? 'AccessDenied'
      : 'AccessDeniedException';
  return `${code}: User: ${String(caller.identity['arn'])} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
}
