import type { Decision } from './decision.ts';
import type { EvaluationRequest } from './request.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html */
export function evaluate(request: EvaluationRequest): Decision {
  throw new Error(`policy evaluation is not built yet: ${request.action}`);
}
