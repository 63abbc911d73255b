import type { JsonObject } from '../../model/json.ts';
import type { Place } from './estate.ts';
import type { Luck } from './luck.ts';

/** Somebody with credentials, somewhere. */
export interface Caller {
  readonly identity: JsonObject;
  /** Whose trail has the record. */
  readonly account: string;
  readonly region: string;
  /** sourceIPAddress: an address or a service's name. */
  readonly from: string;
  readonly agent: string;
  readonly console?: boolean;
  /** The VPC endpoint through which it calls. */
  readonly endpoint?: string;
}

export interface Role {
  readonly account: string;
  /** With slashes at both ends. */
  readonly path: string;
  readonly name: string;
  readonly id: string;
}

export function role(luck: Luck, account: string, name: string, path = '/'): Role {
  return { account, name, path, id: `AROA${luck.capitals(17)}` };
}

export function arnOf({ account, path, name }: Role): string {
  return `arn:aws:iam::${account}:role${path}${name}`;
}

export interface Session {
  readonly role: Role;
  readonly name: string;
  readonly key: string;
  readonly created: number;
  readonly mfa?: boolean;
  /** Who vouched for it: a token's issuer. */
  readonly provider?: string;
  /** Which version of the metadata service handed it out. */
  readonly delivery?: '1.0' | '2.0';
  /** What the credentials were made for, as AWS says of Lambda and EC2. */
  readonly issuedTo?: string;
  readonly issuer?: string;
  /** The service that calls with these credentials for their owner. */
  readonly invokedBy?: string;
}

export function sessionIdentity(session: Session): JsonObject {
  const { name, key, created, mfa = false, provider, delivery, issuedTo, issuer, invokedBy } = session;
  const { account, id } = session.role;
  return {
    type: 'AssumedRole',
    principalId: `${id}:${name}`,
    arn: `arn:aws:sts::${account}:assumed-role/${session.role.name}/${name}`,
    accountId: account,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: id,
        arn: arnOf(session.role),
        accountId: account,
        userName: session.role.name,
      },
      ...(provider === undefined ? {} : { webIdFederationData: { federatedProvider: provider, attributes: {} } }),
      attributes: { creationDate: stamp(created), mfaAuthenticated: String(mfa) },
      ...(delivery === undefined ? {} : { ec2RoleDelivery: delivery }),
    },
    ...(issuedTo === undefined ? {} : { inScopeOf: { issuerType: issuer ?? '', credentialsIssuedTo: issuedTo } }),
    ...(invokedBy === undefined ? {} : { invokedBy }),
  };
}

/** A service that calls with a session of somebody's role. */
export function actingCaller(place: Place, service: string, session: Session): Caller {
  const identity = sessionIdentity({ ...session, invokedBy: service });
  return { ...place, identity, from: service, agent: service };
}

/** A service that acts in the role that belongs to it. */
export function linkedCaller(luck: Luck, place: Place, linked: Role, service: string): Caller {
  const name = linked.name.replace('AWSServiceRoleFor', '');
  return actingCaller(place, service, { role: linked, name, key: sessionKey(luck), created: 0 });
}

export function serviceCaller(place: Place, service: string): Caller {
  return { ...place, identity: { type: 'AWSService', invokedBy: service }, from: service, agent: service };
}

export function userIdentity(account: string, name: string, id: string, key: string, since?: number): JsonObject {
  return {
    type: 'IAMUser',
    principalId: id,
    arn: `arn:aws:iam::${account}:user/${name}`,
    accountId: account,
    ...(key === '' ? {} : { accessKeyId: key }),
    userName: name,
    ...(since === undefined
      ? {}
      : { sessionContext: { attributes: { creationDate: stamp(since), mfaAuthenticated: 'true' } } }),
  };
}

export function sessionKey(luck: Luck): string {
  return `ASIA${luck.capitals(16)}`;
}

export function stamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
