import { compileAuthorization } from './compile.ts';
import type { Authorization } from './requirement.ts';
import { type Overrides, type Table, tableOf } from './table.ts';

interface Source {
  readonly table: Table;
  readonly overrides: Overrides;
}

const none: Overrides = { operations: {}, keys: {} };
const source = (json: { readonly default: unknown }, overrides: Overrides = none): Source => ({
  table: tableOf(json.default),
  overrides,
});

/** One row a service, by its signing name. Imports are static texts, so that a bundler sees them, and lazy, so that only what is used loads. */
const sources: Readonly<Record<string, () => Promise<Source>>> = {
  sts: async () =>
    source(await import('./generated/sts.json', { with: { type: 'json' } }), (await import('./overrides/sts.ts')).sts),
  iam: async () =>
    source(await import('./generated/iam.json', { with: { type: 'json' } }), (await import('./overrides/iam.ts')).iam),
  s3: async () =>
    source(await import('./generated/s3.json', { with: { type: 'json' } }), (await import('./overrides/s3.ts')).s3),
  cloudtrail: async () =>
    source(
      await import('./generated/cloudtrail.json', { with: { type: 'json' } }),
      (await import('./overrides/cloudtrail.ts')).cloudtrail,
    ),
  logs: async () =>
    source(
      await import('./generated/logs.json', { with: { type: 'json' } }),
      (await import('./overrides/logs.ts')).logs,
    ),
  events: async () =>
    source(
      await import('./generated/events.json', { with: { type: 'json' } }),
      (await import('./overrides/events.ts')).events,
    ),
  sns: async () =>
    source(await import('./generated/sns.json', { with: { type: 'json' } }), (await import('./overrides/sns.ts')).sns),
  lambda: async () =>
    source(
      await import('./generated/lambda.json', { with: { type: 'json' } }),
      (await import('./overrides/lambda.ts')).lambda,
    ),
  guardduty: async () =>
    source(
      await import('./generated/guardduty.json', { with: { type: 'json' } }),
      (await import('./overrides/guardduty.ts')).guardduty,
    ),
  cloudformation: async () =>
    source(
      await import('./generated/cloudformation.json', { with: { type: 'json' } }),
      (await import('./overrides/cloudformation.ts')).cloudformation,
    ),
  ec2: async () =>
    source(await import('./generated/ec2.json', { with: { type: 'json' } }), (await import('./overrides/ec2.ts')).ec2),
  ssm: async () =>
    source(await import('./generated/ssm.json', { with: { type: 'json' } }), (await import('./overrides/ssm.ts')).ssm),
  kms: async () =>
    source(await import('./generated/kms.json', { with: { type: 'json' } }), (await import('./overrides/kms.ts')).kms),
  organizations: async () => source(await import('./generated/organizations.json', { with: { type: 'json' } })),
  sqs: async () => source(await import('./generated/sqs.json', { with: { type: 'json' } })),
  secretsmanager: async () => source(await import('./generated/secretsmanager.json', { with: { type: 'json' } })),
  dynamodb: async () => source(await import('./generated/dynamodb.json', { with: { type: 'json' } })),
  macie2: async () => source(await import('./generated/macie2.json', { with: { type: 'json' } })),
  securityhub: async () => source(await import('./generated/securityhub.json', { with: { type: 'json' } })),
  config: async () => source(await import('./generated/config.json', { with: { type: 'json' } })),
  inspector2: async () => source(await import('./generated/inspector2.json', { with: { type: 'json' } })),
};

/** The services that have a table, by signing name. */
export const authorizedServices: readonly string[] = Object.keys(sources);

/** The authorization of one service, ready to be asked. The caller keeps it: a second call compiles again. */
export async function loadAuthorization(service: string): Promise<Authorization> {
  const { table, overrides } = await loadSource(service);
  return compileAuthorization(service, table, overrides);
}

/** The table and its overrides as they lie, for the tests about them. */
export function loadSource(service: string): Promise<Source> {
  const load = sources[service];
  if (!load)
    throw new Error(`no authorization table for "${service}": add it to tools/authorization/rules.mjs and load.ts`);
  return load();
}
