/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const keysPerUserMax = 2;
export const versionsPerPolicyMax = 5;
/** Managed policies that one user, group or role has attached. */
export const policiesPerPrincipalMax = 10;
