import { parseArn } from '../../../aws/arn.ts';
import { AwsError } from '../../../aws/error.ts';
import type { JsonObject } from '../../../model/json.ts';
import { accounts } from '../../indexes.ts';
import type { ReadScope } from '../../operation.ts';
import { roles, users } from './tables.ts';

/**
 * AWS keeps the id of whom a trust policy names, and so takes nobody who is not there. Who is in accounts outside the
 * range is not known here and taken as given.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function checkPrincipals(document: JsonObject, scope: ReadScope): void {
  const statements = document['Statement'];
  for (const statement of Array.isArray(statements) ? statements : [statements]) {
    for (const name of awsPrincipals(statement)) {
      if (isThere(name, scope)) continue;
      const message = `Invalid principal in policy: "AWS":"${name}"`;
      throw new AwsError('MalformedPolicyDocument', message, { status: 400 });
    }
  }
}

function awsPrincipals(statement: unknown): readonly string[] {
  const { Principal: principal } = (statement ?? {}) as { readonly Principal?: unknown };
  if (typeof principal !== 'object' || principal === null) return [];
  const named: unknown = (principal as { readonly AWS?: unknown }).AWS ?? [];
  const names: readonly unknown[] = Array.isArray(named) ? named : [named];
  return names.filter((name) => typeof name === 'string');
}

function isThere(name: string, { tx }: ReadScope): boolean {
  const arn = parseArn(name);
  if (arn?.service !== 'iam' || accounts.get(tx, arn.account) === undefined) return true;
  const [type = ''] = arn.resource.split('/', 1);
  const table = type === 'user' ? users : type === 'role' ? roles : undefined;
  const row = table?.get({ tx, account: arn.account, region: '-' }, name.slice(name.lastIndexOf('/') + 1));
  return table === undefined || row?.arn === name;
}
