import type { Reading } from './detector.ts';

/** A service acting by itself: as a service, or in the role that belongs to it. */
export function byItself(seen: Reading<never>): boolean {
  if (seen.text('userIdentity.type') === 'AWSService') return true;
  return seen.text('userIdentity.sessionContext.sessionIssuer.arn')?.includes(':role/aws-service-role/') ?? false;
}

/** Somebody at a keyboard or a program of theirs: neither a service by itself nor one acting for somebody. */
export function byHand(seen: Reading<never>): boolean {
  return seen.address?.kind === 'ip' && seen.text('userIdentity.invokedBy') === undefined && !byItself(seen);
}

/** The public address that called. */
export function callerAddress(seen: Reading<never>): string | undefined {
  return seen.address?.kind === 'ip' && seen.address.public ? seen.address.text : undefined;
}
