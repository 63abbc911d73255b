import type { Decision } from './decision.ts';
import type { EvaluationRequest } from './request.ts';

/**
 * The message of AWS's AccessDenied for a decision that is not `allowed`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function refusal(request: EvaluationRequest, decision: Decision): string {
  throw new Error(`refusals are not built yet: ${request.action} ${decision.decision}`);
}
