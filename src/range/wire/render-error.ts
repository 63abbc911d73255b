import type { AwsError } from '../../aws/error.ts';
import type { Rendered } from './message.ts';
import type { ServicePlan, Shape } from './plan.ts';
import { hostId, lengthOf, requestIds, textAnswer, xmlHead } from './render.ts';
import type { Misrouted, Routed } from './wire.ts';
import { writeJson } from './write-json.ts';
import { escapeXml, writeXml } from './write-xml.ts';

interface Refusal {
  /** What goes over the wire: `AWS.SimpleQueueService.NonExistentQueue`. */
  readonly code: string;
  /** The shape's name, by which JSON clients tell errors apart. */
  readonly name: string;
  readonly status: number;
  readonly message: string;
  readonly shape: Shape | undefined;
  readonly members: Readonly<Record<string, unknown>>;
}

export function renderError(
  spoken: Routed | Misrouted,
  error: AwsError,
  requestId: string,
  service: ServicePlan | undefined,
): Rendered {
  const refusal = refusalOf(spoken, error, service);
  switch (spoken.protocol) {
    case 'query':
      return queryError(refusal, requestId, service);
    case 'ec2':
      return ec2Error(refusal, requestId);
    case 'json-1.0':
    case 'json-1.1':
      return jsonError(refusal, requestId, service, spoken.protocol);
    case 'rest-json':
      return restJsonError(refusal, requestId);
    default:
      return restXmlError(spoken, refusal, requestId);
  }
}

function refusalOf(spoken: Routed | Misrouted, error: AwsError, service: ServicePlan | undefined): Refusal {
  const shape = service?.error(error.code);
  const json = spoken.protocol === 'json-1.0' || spoken.protocol === 'json-1.1';
  const modelled = shape?.errorStatus;
  // The JSON front ends answer 400 for every fault of the sender, whatever status a schema was given for other protocols.
  const fromShape = json && modelled !== undefined && modelled < 500 ? 400 : modelled;
  const named = json ? statusOfJson[error.code] : statusOf[error.code];
  return {
    code: shape?.errorCode ?? error.code,
    name: shape?.name ?? error.code,
    status: error.status ?? fromShape ?? named ?? 400,
    message: error.message,
    shape,
    members: error.members,
  };
}

const statusOfJson: Readonly<Record<string, number>> = {
  InternalFailure: 500,
  InternalServerError: 500,
  NotImplemented: 501,
  ServiceUnavailable: 503,
  ServiceUnavailableException: 503,
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and the CommonErrors pages of the query services. */
const statusOf: Readonly<Record<string, number>> = {
  ...statusOfJson,
  AccessDenied: 403,
  AccessDeniedException: 403,
  AccountProblem: 403,
  AllAccessDisabled: 403,
  BucketAlreadyExists: 409,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  ExpiredToken: 403,
  ExpiredTokenException: 403,
  IncompleteSignature: 403,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidBucketState: 409,
  InvalidClientTokenId: 403,
  InvalidObjectState: 403,
  InvalidRange: 416,
  InvalidSignatureException: 403,
  MethodNotAllowed: 405,
  MissingAuthenticationToken: 403,
  MissingAuthenticationTokenException: 403,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchBucketPolicy: 404,
  NoSuchCORSConfiguration: 404,
  NoSuchKey: 404,
  NoSuchLifecycleConfiguration: 404,
  NoSuchPublicAccessBlockConfiguration: 404,
  NoSuchTagSet: 404,
  NoSuchUpload: 404,
  NoSuchVersion: 404,
  NoSuchWebsiteConfiguration: 404,
  ObjectLockConfigurationNotFoundError: 404,
  OperationAborted: 409,
  OptInRequired: 403,
  OwnershipControlsNotFoundError: 404,
  PreconditionFailed: 412,
  ReplicationConfigurationNotFoundError: 404,
  RequestTimeTooSkewed: 403,
  ServerSideEncryptionConfigurationNotFoundError: 404,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  UnauthorizedOperation: 403,
  UnrecognizedClientException: 403,
};

function queryError(
  { code, status, message, shape, members }: Refusal,
  requestId: string,
  service?: ServicePlan,
): Rendered {
  const more = shape === undefined ? '' : writeXml(withoutMessage(members), shape, plainStyle);
  const namespace = service?.xmlNamespace ? ` xmlns="${service.xmlNamespace}"` : '';
  const text = `<ErrorResponse${namespace}><Error><Type>${senderOf(status)}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>${more}</Error><RequestId>${escapeXml(requestId)}</RequestId></ErrorResponse>`;
  return textAnswer(status, 'text/xml', text, requestId);
}

const plainStyle = { item: 'member', wholeSeconds: true };

function senderOf(status: number): string {
  return status >= 500 ? 'Receiver' : 'Sender';
}

function ec2Error({ code, status, message }: Refusal, requestId: string): Rendered {
  const text = `${xmlHead}<Response><Errors><Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message></Error></Errors><RequestID>${escapeXml(requestId)}</RequestID></Response>`;
  return textAnswer(status, 'text/xml;charset=UTF-8', text, requestId);
}

/** Services of JSON 1.0 say the shape's whole name. */
const typePrefixes: Readonly<Record<string, string>> = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810#',
  sqs: 'com.amazonaws.sqs#',
};

function jsonError(refusal: Refusal, requestId: string, service: ServicePlan | undefined, version: string): Rendered {
  const { name, code, status } = refusal;
  const prefix = refusal.shape === undefined ? '' : (typePrefixes[service?.name ?? ''] ?? '');
  const body = JSON.stringify({ __type: prefix + name, ...membersOf(refusal) });
  const rendered = textAnswer(status, `application/x-amz-${version}`, body, requestId);
  // Clients of services that moved from query to JSON tell errors apart by the old code.
  if (service?.queryCompatible) rendered.headers['x-amzn-query-error'] = `${code};${senderOf(status)}`;
  return rendered;
}

function restJsonError(refusal: Refusal, requestId: string): Rendered {
  const rendered = textAnswer(refusal.status, 'application/json', JSON.stringify(membersOf(refusal)), requestId);
  rendered.headers['x-amzn-errortype'] = refusal.name;
  return rendered;
}

/** The error's modelled members, its text under the name that the model gives it. */
function membersOf({ shape, members, message, name }: Refusal): Record<string, unknown> {
  const given = shape === undefined ? { ...members } : writeJson(members, shape);
  const text = shape?.members.find((one) => /^message$/i.test(one.name));
  // Services' common refusals say `Message`, the modelled ones what their shape says; observed, not documented.
  const key = text?.wireName ?? (name === 'AccessDeniedException' ? 'Message' : 'message');
  return message === '' ? given : { [key]: message, ...given };
}

function withoutMessage(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !/^message$/i.test(name)));
}

function restXmlError(spoken: Routed | Misrouted, refusal: Refusal, requestId: string): Rendered {
  const { code, status, message, members } = refusal;
  const { method, target } = spoken.request;
  const more = Object.entries(members).map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`);
  const path = target.split('?')[0]!;
  const resource =
    'Resource' in members || members['BucketName'] !== undefined ? '' : `<Resource>${escapeXml(path)}</Resource>`;
  const text = `${xmlHead}<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>${more.join('')}${resource}<RequestId>${escapeXml(requestId)}</RequestId><HostId>${hostId(requestId)}</HostId></Error>`;
  const body = method === 'HEAD' || status === 304 ? '' : text;
  const headers: Record<string, string> = { ...requestIds('s3', requestId), 'content-type': 'application/xml' };
  if (method !== 'HEAD' && status !== 304) headers['content-length'] = lengthOf(body);
  return { status, headers, body };
}
