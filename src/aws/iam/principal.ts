import { parseArn } from '../arn.ts';

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

/** The principal that an ARN, an account id or `*` names; undefined where it is none of these. */
export function principalOf(text: string): Principal | undefined {
  if (text === '*') return { kind: 'anonymous' };
  const arn = parseArn(text);
  if (!arn || !/^\d{12}$/.test(arn.account)) return undefined;
  const { account, resource } = arn;
  const slash = resource.indexOf('/');
  const type = slash < 0 ? resource : resource.slice(0, slash);
  const name = resource.slice(slash + 1);
  if (arn.service === 'iam' && type === 'root' && slash < 0) return { kind: 'root', account, arn: text };
  if (slash < 0 || name === '') return undefined;
  switch (`${arn.service}:${type}`) {
    case 'iam:user':
      return { kind: 'user', account, arn: text, userName: lastOf(name) };
    case 'iam:role':
      return { kind: 'role', account, arn: text, roleName: lastOf(name) };
    case 'sts:assumed-role': {
      const [roleName, sessionName, ...more] = name.split('/');
      if (!roleName || !sessionName || more.length > 0) return undefined;
      return { kind: 'assumed-role', account, arn: text, roleName, sessionName };
    }
    case 'sts:federated-user':
      return { kind: 'federated-user', account, arn: text, name };
    case 'iam:saml-provider':
    case 'iam:oidc-provider':
      return { kind: 'provider', provider: text };
    default:
      return undefined;
  }
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
