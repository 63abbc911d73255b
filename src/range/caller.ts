import type { JsonObject } from '../model/json.ts';

/** Who calls, as authentication established it. The access key decides the account, as on AWS. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'root';
      readonly account: string;
      readonly arn: string;
      readonly accessKeyId: string;
      readonly session?: SessionFacts;
    }
  | {
      readonly kind: 'user';
      readonly account: string;
      readonly arn: string;
      readonly userId: string;
      readonly userName: string;
      readonly accessKeyId: string;
      /** Of a GetSessionToken session. */
      readonly session?: SessionFacts;
    }
  | {
      readonly kind: 'assumed-role';
      readonly account: string;
      /** `arn:aws:sts::<account>:assumed-role/<role>/<session>`. */
      readonly arn: string;
      readonly roleArn: string;
      readonly roleId: string;
      readonly roleName: string;
      readonly sessionName: string;
      readonly accessKeyId: string;
      readonly session: SessionFacts;
    }
  | {
      readonly kind: 'federated-user';
      readonly account: string;
      readonly arn: string;
      readonly name: string;
      /** The user who called GetFederationToken. */
      readonly issuerArn: string;
      readonly issuerId: string;
      readonly accessKeyId: string;
      readonly session: SessionFacts;
    }
  | {
      /** An AWS service acting by itself, such as `events.amazonaws.com`. */
      readonly kind: 'service';
      readonly service: string;
      /** For whom: `aws:SourceArn` and `aws:SourceAccount`. */
      readonly sourceArn?: string;
      readonly sourceAccount?: string;
    };

/** What a temporary credential carries. Times are virtual epoch milliseconds. */
export interface SessionFacts {
  /** `aws:TokenIssueTime`. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly mfa: boolean;
  readonly sourceIdentity?: string;
  /** Inline session policy and the ARNs of managed ones. */
  readonly policy?: JsonObject;
  readonly policyArns?: readonly string[];
  /** Principal tags of the session, transitive ones included. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Of instance credentials: `1.0` or `2.0` (`ec2:RoleDelivery`), and the instance. */
  readonly roleDelivery?: string;
  readonly instanceArn?: string;
  readonly webIdentityProvider?: string;
}

/** The account that a caller's own resources live in; '' for anonymous callers and services. */
export function accountOf(caller: Caller): string {
  return 'account' in caller ? caller.account : '';
}
