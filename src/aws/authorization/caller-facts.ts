/** Who calls, as condition keys see it. The range's `Caller` is assignable to it; a record's userIdentity can be read as it. */
export type CallerFacts =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'service';
      readonly service: string;
      readonly sourceArn?: string;
      readonly sourceAccount?: string;
    }
  | { readonly kind: 'root'; readonly account: string; readonly arn: string; readonly session?: SessionKeys }
  | {
      readonly kind: 'user';
      readonly account: string;
      readonly arn: string;
      readonly userId: string;
      readonly userName: string;
      readonly session?: SessionKeys;
    }
  | {
      readonly kind: 'assumed-role';
      readonly account: string;
      readonly roleArn: string;
      readonly roleId: string;
      readonly sessionName: string;
      readonly session: SessionKeys;
    }
  | {
      readonly kind: 'federated-user';
      readonly account: string;
      readonly arn: string;
      readonly name: string;
      readonly session: SessionKeys;
    };

/** Of a temporary credential. Times are epoch milliseconds. */
export interface SessionKeys {
  readonly issuedAt: number;
  readonly mfa: boolean;
  readonly sourceIdentity?: string;
  readonly webIdentityProvider?: string;
  readonly roleDelivery?: string;
  readonly instanceArn?: string;
  readonly instanceVpc?: string;
  readonly instancePrivateIp?: string;
}

/** `aws:userid`; services have none. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
export function userIdOf(caller: CallerFacts): string | undefined {
  switch (caller.kind) {
    case 'anonymous':
      return 'anonymous';
    case 'service':
      return undefined;
    case 'root':
      return caller.account;
    case 'user':
      return caller.userId;
    case 'assumed-role':
      return `${caller.roleId}:${caller.sessionName}`;
    case 'federated-user':
      return `${caller.account}:${caller.name}`;
  }
}
