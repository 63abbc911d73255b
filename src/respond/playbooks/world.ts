import type { EC2Client } from '@aws-sdk/client-ec2';
import type { IAMClient } from '@aws-sdk/client-iam';

/** Everything a playbook may touch. Clients come with an explicit endpoint and credentials; nothing is looked up. */
export interface World {
  readonly iam: Pick<IAMClient, 'send'>;
  readonly ec2: Pick<EC2Client, 'send'>;
  /** Only what carries a tag with this value is acted on; '' for everything. */
  readonly scopeTagValue: string;
  now(): number;
  sleep(ms: number): Promise<void>;
}
