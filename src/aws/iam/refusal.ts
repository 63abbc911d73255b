import type { Decision, PolicyKind } from './decision.ts';
import { kindNames } from './reasons.ts';
import { refusedResource } from './refused-resource.ts';
import type { EvaluationRequest } from './request.ts';

/**
 * The message of AWS's AccessDenied for a decision that is not `allowed`.
 * The reason behind «because» and «with» is only told within one account; S3 tells others nothing at all.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 */
export function refusal(request: Refusable, { decision, because }: Decision): string {
  const [service = ''] = request.action.split(':');
  if (service === 's3' && !isOneAccount(request)) return 'Access Denied';
  const object = refusedResource(request);
  const head = `${subjectOf(request)} is not authorized to perform: ${actionOf(request)}${object === '' ? '' : ` on resource: ${object}`}`;
  const tail = isOneAccount(request) ? tailOf(decision, because, request) : '';
  return head + tail;
}

type Refusable = Pick<EvaluationRequest, 'principal' | 'action' | 'resource' | 'resourceAccount'>;

/** SNS writes its name in capitals. Observed, not documented. */
function actionOf({ action }: Pick<EvaluationRequest, 'action'>): string {
  return action.replace(/^sns:/, 'SNS:');
}

function subjectOf({ principal }: Pick<EvaluationRequest, 'principal'>): string {
  switch (principal.kind) {
    case 'anonymous':
      return 'User: anonymous';
    case 'service':
      return `User: ${principal.service}`;
    case 'provider':
      return `User: ${principal.provider}`;
    default:
      return `User: ${principal.arn}`;
  }
}

function isOneAccount({ principal, resourceAccount }: Pick<EvaluationRequest, 'principal' | 'resourceAccount'>) {
  return 'account' in principal && (resourceAccount === undefined || resourceAccount === principal.account);
}

function tailOf(
  decision: Decision['decision'],
  because: Decision['because'],
  request: Pick<EvaluationRequest, 'action' | 'resource'>,
): string {
  const isTrust = request.action.toLowerCase().startsWith('sts:');
  if (decision === 'explicitDeny') {
    const kind = firstOf(because.filter(({ effect }) => effect === 'Deny').map((reason) => reason.kind));
    if (kind === undefined) return ' with an explicit deny';
    return ` with an explicit deny in ${isTrust && kind === 'resource' ? 'the role trust policy' : kindNames[kind][1]}`;
  }
  const kind = firstOf(because.filter(({ effect }) => effect === null).map((reason) => reason.kind));
  if (kind === undefined) return '';
  const name = isTrust && kind === 'resource' ? 'role trust policy' : kindNames[kind][0];
  return ` because no ${name} allows the ${actionOf(request)} action`;
}

/** AWS names one kind: the first in the order in which it evaluates them. */
const order: readonly PolicyKind[] = [
  'resourceControl',
  'serviceControl',
  'endpoint',
  'resource',
  'identity',
  'group',
  'permissionBoundary',
  'session',
];

function firstOf(kinds: readonly string[]): PolicyKind | undefined {
  return order.find((kind) => kinds.includes(kind));
}
