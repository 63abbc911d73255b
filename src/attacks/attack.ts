import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Words } from '../model/words.ts';

/** One technique, as SDK calls only: it runs against the range and against a sandbox account alike. */
export interface Attack {
  /** `<tactic>/<slug>`, which is also its file. */
  readonly slug: string;
  readonly title: Words;
  /** MITRE ATT&CK technique id. */
  readonly technique: string;
  /** What the attacker must hold already: a profile is a set of credentials, a host can also send packets. */
  readonly foothold: 'profile' | 'host';
  /** Names of the parameters it needs. */
  readonly parameters: readonly string[];
  run(foothold: Foothold, parameters: Readonly<Record<string, string>>): Promise<readonly AttackStep[]>;
}

/** Clients with an explicit endpoint and the stolen credentials; nothing else is ever consulted. */
export interface Foothold {
  readonly s3: Pick<S3Client, 'send'>;
  readonly iam: Pick<IAMClient, 'send'>;
  readonly cloudtrail: Pick<CloudTrailClient, 'send'>;
}

/** What the attacker saw of one call. A refusal is an outcome, not a failure of the attack. */
export interface AttackStep {
  readonly call: string;
  /** '' when it was carried out, else AWS's error code. */
  readonly error: string;
}

/** Makes one call. What AWS refuses is noted; what does not come from AWS is thrown. */
export async function attempt(call: string, send: () => Promise<unknown>): Promise<AttackStep> {
  try {
    await send();
    return { call, error: '' };
  } catch (error) {
    if (error instanceof Error && '$metadata' in error && '$fault' in error) return { call, error: error.name };
    throw error;
  }
}

/** A parameter that must be there. */
export function parameterOf(parameters: Readonly<Record<string, string>>, name: string): string {
  const value = parameters[name];
  if (value) return value;
  throw new Error(`The attack's parameter ${name} is missing. Expected it under "with:" of the drill's step.`);
}
