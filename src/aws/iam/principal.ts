/**
 * Who makes a request, as policies see it. The range's `Caller` is assignable to it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type Principal =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'root'; readonly account: string; readonly arn: string }
  | { readonly kind: 'user'; readonly account: string; readonly arn: string; readonly userName: string }
  /** A role named without a session: any session of it, without session policies. */
  | { readonly kind: 'role'; readonly account: string; readonly arn: string; readonly roleName: string }
  | {
      readonly kind: 'assumed-role';
      readonly account: string;
      readonly arn: string;
      readonly roleName: string;
      readonly sessionName: string;
      /** With its path, which the session's ARN does not tell. */
      readonly roleArn?: string;
    }
  | {
      readonly kind: 'federated-user';
      readonly account: string;
      readonly arn: string;
      readonly name: string;
      readonly issuerArn?: string;
    }
  /** Who proves an identity to AssumeRoleWithSAML or AssumeRoleWithWebIdentity: a provider's ARN or host. */
  | { readonly kind: 'provider'; readonly provider: string };
