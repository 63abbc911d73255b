import type { Caller } from './caller.ts';

/** Where the range's services keep what is their own, as AWS does in accounts that no customer sees. No seed gives it. */
export const awsAccount = '000000004566';

/** Who sets things up there. */
export const awsRoot: Caller = {
  kind: 'root',
  account: awsAccount,
  arn: `arn:aws:iam::${awsAccount}:root`,
  accessKeyId: '',
};
