import { AwsError } from '../../../aws/error.ts';
import { complaintAbout, type DocumentKind } from '../../../aws/iam/validate.ts';
import type { JsonObject } from '../../../model/json.ts';

/** A policy document as IAM accepts it; MalformedPolicyDocument in AWS's words otherwise. */
export function policyDocument(text: string, kind: DocumentKind): JsonObject {
  const complaint = complaintAbout(text, kind);
  if (complaint !== undefined) throw new AwsError('MalformedPolicyDocument', complaint, { status: 400 });
  return JSON.parse(text) as JsonObject;
}
