import { isServiceAccount } from '../aws/service-accounts.ts';
import type { Address } from '../model/activity.ts';
import type { Reading, Who } from './detector.ts';
import type { World } from './world.ts';

/** A service acting by itself: as a service, in the role that belongs to it, or in one that it was given and took. */
function byItself(who: Who): boolean {
  if (who.text('userIdentity.type') === 'AWSService') return true;
  const role = who.text('userIdentity.sessionContext.sessionIssuer.arn') ?? '';
  return role.includes(':role/aws-service-role/') || inGivenRole(who, role);
}

/** CloudFormation carries out what somebody wrote. */
function inGivenRole(who: Who, role: string): boolean {
  const by = who.text('userIdentity.invokedBy');
  if (by?.endsWith('.amazonaws.com') !== true || by === 'cloudformation.amazonaws.com') return false;
  return role.includes(':role/service-role/') || who.origin?.principal === by;
}

export function notByItself(who: Who): boolean {
  return !byItself(who);
}

/** Somebody at a keyboard or a program of theirs: neither a service by itself nor one acting for somebody. */
export function byHand(seen: Reading<never>): boolean {
  return isIp(seen.address) && onItsOwn(seen);
}

/** The same as parts: what calls on its own, from an address. */
export const handParts = { who: onItsOwn, from: isIp } as const;

export function onItsOwn(who: Who): boolean {
  return who.text('userIdentity.invokedBy') === undefined && !byItself(who);
}

export function isIp(address: Address | undefined): boolean {
  return address?.kind === 'ip';
}

export function isPublicIp(address: Address | undefined): boolean {
  return address?.kind === 'ip' && address.public;
}

/** The public address that called. */
export function callerAddress(seen: Reading<never>): string | undefined {
  return seen.address?.kind === 'ip' && seen.address.public ? seen.address.text : undefined;
}

/**
 * A build or deploy system at work: its session, or the one before it, was given for a token of an OpenID provider that
 * the account trusts, or CloudFormation carries out a template. Pods of a cluster come with tokens too, and are not meant.
 */
export function byPipeline(seen: Who): boolean {
  if (seen.text('userIdentity.invokedBy') === 'cloudformation.amazonaws.com') return true;
  const provider = providerOf(seen);
  return provider !== undefined && !isOfCluster(provider);
}

/** A program in the place that was made for it: a pod, task or function, not an instance, on which somebody can sit. */
export function byWorkload(seen: Reading<never>): boolean {
  const provider = providerOf(seen);
  if (seen.origin?.instance !== undefined) return false;
  // A service took the role for it.
  return (
    seen.origin?.principal.endsWith('.amazonaws.com') === true || (provider !== undefined && isOfCluster(provider))
  );
}

/** Neither a pipeline, nor a program in its place, nor a service for somebody: nobody has reviewed what is done. */
export function unreviewed(seen: Reading<never>): boolean {
  return seen.text('userIdentity.invokedBy') === undefined && !byPipeline(seen) && !byWorkload(seen);
}

/** How grave it is, unless a pipeline carries out what was reviewed. */
export function lowByPipeline(severity: number): (seen: Reading<never>) => number {
  return (seen) => (byPipeline(seen) ? 2 : severity);
}

/** The same, also where somebody of the portal does it, who is known and signed in with MFA: for an administrator's work. */
export function lowAtWork(severity: number): (seen: Reading<never>) => number {
  return (seen) => (byPipeline(seen) || byColleague(seen) ? 2 : severity);
}

/** A page of the console made the call for somebody, among the many that a page makes. */
export function inConsole(seen: Reading<never>): boolean {
  return seen.flag('sessionCredentialFromConsole') === true;
}

/** The session itself, where a role is shared by many: people of one permission set, tasks of one role. */
export function sessionOf(seen: Reading<never>): string {
  return seen.text('userIdentity.principalId') ?? seen.principal;
}

/** Somebody who came in through the portal of IAM Identity Center, where people are known and sign in with MFA. */
export function byColleague(seen: Reading<never>): boolean {
  return isPortalRole(seen.principal);
}

/** People have such a role through the portal of IAM Identity Center. */
export function isPortalRole(arn: string): boolean {
  return arn.includes(':role/aws-reserved/sso.amazonaws.com/');
}

/** Whose token was taken for the credentials: said by the record, else by the one that began the session. */
function providerOf(seen: Who): string | undefined {
  const told = seen.text('userIdentity.sessionContext.webIdFederationData.federatedProvider') ?? seen.origin?.principal;
  return told?.includes(':oidc-provider/') === true ? told : undefined;
}

function isOfCluster(provider: string): boolean {
  return provider.includes(':oidc-provider/oidc.eks.');
}

/** An account that is neither the one that is called in, nor another one that the logs are of, nor one of AWS. */
export function isForeign(account: string, seen: Reading<never>, world: World): boolean {
  return account !== seen.account && world.facts.isOwn(account) !== true && !isServiceAccount(account);
}

/** Where a call comes from, as far as it means something that it is new; '' where nobody can say. */
export function networkOf(seen: Reading<never>, world: World): string {
  const address = callerAddress(seen);
  if (address === undefined) return '';
  // Programs stay within the cloud, whichever gateway they leave by.
  const isProgram = byWorkload(seen) || seen.origin?.instance !== undefined;
  if (isProgram && world.facts.isAws(address) === true) return '';
  const { asn, country } = world.remoteIp(address);
  // Runners of build systems are rented anywhere.
  if (asn !== undefined && byPipeline(seen)) return asn;
  // Without data on networks, neighbours of IPv4 count as one.
  return `${country ?? ''} ${asn ?? address.replace(/\.\d+$/, '')}`.trimStart();
}
