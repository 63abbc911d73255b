// Tabular: what `aws <service> wait` waits for. Intervals and states are those of botocore's waiters (waiters-2.json),
// of the services that a host's scripts wait for; a waiter that is not here says so.

/** When the answer, or the refusal, is what was waited for, or can never become it. */
export interface Waiter {
  readonly operation: string;
  readonly delayMs: number;
  readonly attempts: number;
  /** A JMESPath whose values all have to be the wanted one; absent: an answer is enough. */
  readonly path?: string;
  readonly wanted?: string;
  readonly failures?: readonly string[];
  /** Codes of refusals that mean: there, not yet, never. */
  readonly successErrors?: readonly string[];
  readonly retryErrors?: readonly string[];
}

const instances = {
  operation: 'DescribeInstances',
  delayMs: 15_000,
  attempts: 40,
  path: 'Reservations[].Instances[].State.Name',
};
const stacks = { operation: 'DescribeStacks', delayMs: 30_000, attempts: 120, path: 'Stacks[].StackStatus' };
const functions = { operation: 'GetFunction', delayMs: 1000, attempts: 300, failures: ['Failed'] };
const notFound = ['404', 'NotFound', 'NoSuchKey', 'NoSuchBucket'];

export const waiters: Readonly<Record<string, Readonly<Record<string, Waiter>>>> = {
  ec2: {
    'instance-running': {
      ...instances,
      wanted: 'running',
      failures: ['shutting-down', 'terminated', 'stopping'],
      retryErrors: ['InvalidInstanceID.NotFound'],
    },
    'instance-stopped': { ...instances, wanted: 'stopped', failures: ['pending', 'terminated'] },
    'instance-terminated': { ...instances, wanted: 'terminated', failures: ['pending', 'stopping'] },
    'instance-exists': {
      ...instances,
      path: 'Reservations[0] && `yes`',
      delayMs: 5000,
      wanted: 'yes',
      retryErrors: ['InvalidInstanceID.NotFound'],
    },
    'instance-status-ok': {
      operation: 'DescribeInstanceStatus',
      delayMs: 15_000,
      attempts: 40,
      path: 'InstanceStatuses[].InstanceStatus.Status',
      wanted: 'ok',
      retryErrors: ['InvalidInstanceID.NotFound'],
    },
    'vpc-available': {
      operation: 'DescribeVpcs',
      delayMs: 15_000,
      attempts: 40,
      path: 'Vpcs[].State',
      wanted: 'available',
    },
    'subnet-available': {
      operation: 'DescribeSubnets',
      delayMs: 15_000,
      attempts: 40,
      path: 'Subnets[].State',
      wanted: 'available',
    },
  },
  s3: {
    'bucket-exists': {
      operation: 'HeadBucket',
      delayMs: 5000,
      attempts: 20,
      successErrors: ['301', '403'],
      retryErrors: notFound,
    },
    'bucket-not-exists': {
      operation: 'HeadBucket',
      delayMs: 5000,
      attempts: 20,
      wanted: 'never',
      successErrors: notFound,
    },
    'object-exists': { operation: 'HeadObject', delayMs: 5000, attempts: 20, retryErrors: notFound },
    'object-not-exists': {
      operation: 'HeadObject',
      delayMs: 5000,
      attempts: 20,
      wanted: 'never',
      successErrors: notFound,
    },
  },
  cloudformation: {
    'stack-create-complete': {
      ...stacks,
      wanted: 'CREATE_COMPLETE',
      failures: ['CREATE_FAILED', 'DELETE_COMPLETE', 'DELETE_FAILED', 'ROLLBACK_FAILED', 'ROLLBACK_COMPLETE'],
    },
    'stack-update-complete': {
      ...stacks,
      wanted: 'UPDATE_COMPLETE',
      failures: ['UPDATE_FAILED', 'UPDATE_ROLLBACK_FAILED', 'UPDATE_ROLLBACK_COMPLETE'],
    },
    'stack-delete-complete': {
      ...stacks,
      wanted: 'DELETE_COMPLETE',
      failures: ['DELETE_FAILED', 'CREATE_FAILED', 'ROLLBACK_FAILED'],
      successErrors: ['ValidationError'],
    },
    'stack-exists': { operation: 'DescribeStacks', delayMs: 5000, attempts: 20, retryErrors: ['ValidationError'] },
  },
  ssm: {
    'command-executed': {
      operation: 'GetCommandInvocation',
      delayMs: 5000,
      attempts: 20,
      path: 'Status',
      wanted: 'Success',
      failures: ['Cancelled', 'TimedOut', 'Failed', 'Cancelling'],
      retryErrors: ['InvocationDoesNotExist'],
    },
  },
  lambda: {
    'function-active-v2': { ...functions, path: 'Configuration.State', wanted: 'Active' },
    'function-updated-v2': { ...functions, path: 'Configuration.LastUpdateStatus', wanted: 'Successful' },
    'function-exists': {
      operation: 'GetFunction',
      delayMs: 1000,
      attempts: 20,
      retryErrors: ['ResourceNotFoundException'],
    },
  },
  iam: {
    'role-exists': { operation: 'GetRole', delayMs: 1000, attempts: 20, retryErrors: ['NoSuchEntity'] },
    'user-exists': { operation: 'GetUser', delayMs: 1000, attempts: 20, retryErrors: ['NoSuchEntity'] },
    'instance-profile-exists': {
      operation: 'GetInstanceProfile',
      delayMs: 1000,
      attempts: 40,
      retryErrors: ['NoSuchEntity', '404'],
    },
  },
};
