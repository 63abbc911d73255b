import { AwsError } from '../../../aws/error.ts';
import type { Call, Operation } from '../../operation.ts';
import { operation } from '../../operation.ts';
import type { Table } from '../../table.ts';
import { awsManagedPolicies } from './aws-managed.ts';
import { policyDocument } from './documents.ts';
import { encodeDocument, found, type PageInput, page } from './entity.ts';
import { policiesPerPrincipalMax } from './limits.ts';
import { groups, managedPolicies, type Principal, roles, users } from './tables.ts';

type Input = Readonly<Record<string, string>> & PageInput;

type Kind = 'User' | 'Group' | 'Role';
type Operations = Readonly<Record<string, Operation>>;

const guide = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html';

/** Policies work alike for users, groups and roles; only the names differ. */
function inlinePoliciesOn<T extends Principal>(kind: Kind, rows: Table<T>): Operations {
  const what = kind.toLowerCase() as 'user' | 'group' | 'role';
  const nameOf = (input: Input) => input[`${kind}Name`] ?? '';
  const of = (input: Input, call: Call) => found(rows, call, what, nameOf(input));
  return {
    [`Put${kind}Policy`]: operation<Input>({
      handle(input, call) {
        const owner = of(input, call);
        const document = policyDocument(input['PolicyDocument'] ?? '', 'identity');
        rows.put(call, owner.name, { ...owner, inline: { ...owner.inline, [input['PolicyName'] ?? '']: document } });
        return {};
      },
    }),
    [`Get${kind}Policy`]: operation<Input>({
      ...(kind === 'User' ? { trail: { seen: guide } } : {}),
      handle(input, call) {
        const name = input['PolicyName'] ?? '';
        const document = inline(of(input, call), what, name);
        return { [`${kind}Name`]: nameOf(input), PolicyName: name, PolicyDocument: encodeDocument(document) };
      },
    }),
    [`Delete${kind}Policy`]: operation<Input>({
      handle(input, call) {
        const owner = of(input, call);
        const name = input['PolicyName'] ?? '';
        inline(owner, what, name);
        const { [name]: _, ...left } = owner.inline;
        rows.put(call, owner.name, { ...owner, inline: left });
        return {};
      },
    }),
    [`List${kind}Policies`]: operation<Input>({
      handle(input, call) {
        const names = Object.keys(of(input, call).inline).sort();
        return page(
          names.map((name) => [name, name] as const),
          input,
          'PolicyNames',
          (name) => name,
        );
      },
    }),
  };
}

function attachedPoliciesOn<T extends Principal>(kind: Kind, rows: Table<T>): Operations {
  const what = kind.toLowerCase() as 'user' | 'group' | 'role';
  const of = (input: Input, call: Call) => found(rows, call, what, input[`${kind}Name`] ?? '');
  return {
    [`Attach${kind}Policy`]: operation<Input>({
      handle(input, call) {
        const owner = of(input, call);
        const arn = existing(input['PolicyArn'] ?? '', call);
        const attached = [...new Set([...owner.attached, arn])];
        if (attached.length > policiesPerPrincipalMax) {
          throw new AwsError(
            'LimitExceeded',
            `Cannot exceed quota for PoliciesPer${kind}: ${policiesPerPrincipalMax}`,
            {
              status: 409,
            },
          );
        }
        rows.put(call, owner.name, { ...owner, attached });
        return {};
      },
    }),
    [`Detach${kind}Policy`]: operation<Input>({
      handle(input, call) {
        const owner = of(input, call);
        const arn = input['PolicyArn'] ?? '';
        if (!owner.attached.includes(arn)) {
          throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, { status: 404 });
        }
        rows.put(call, owner.name, { ...owner, attached: owner.attached.filter((each) => each !== arn) });
        return {};
      },
    }),
    [`ListAttached${kind}Policies`]: operation<Input>({
      handle(input, call) {
        const arns = of(input, call).attached;
        return page(
          arns.map((arn) => [arn, arn] as const),
          input,
          'AttachedPolicies',
          (arn) => ({
            PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
            PolicyArn: arn,
          }),
        );
      },
    }),
  };
}

export const userPolicies: Operations = { ...inlinePoliciesOn('User', users), ...attachedPoliciesOn('User', users) };
export const groupPolicies: Operations = {
  ...inlinePoliciesOn('Group', groups),
  ...attachedPoliciesOn('Group', groups),
};
export const rolePolicies: Operations = { ...inlinePoliciesOn('Role', roles), ...attachedPoliciesOn('Role', roles) };

function inline(owner: Principal, what: string, name: string) {
  const document = owner.inline[name];
  if (document === undefined) {
    throw new AwsError('NoSuchEntity', `The ${what} policy with name ${name} cannot be found.`, { status: 404 });
  }
  return document;
}

/** A policy of AWS that the range does not know must not attach as an empty one. */
export function existing(arn: string, call: Call): string {
  if (managedPolicies.get(call, arn) !== undefined || awsManagedPolicies[arn] !== undefined) return arn;
  if (arn.startsWith('arn:aws:iam::aws:policy/')) {
    throw new AwsError('NotImplemented', `The AWS managed policy ${arn} is not built in this range yet.`, {
      status: 501,
    });
  }
  throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, { status: 404 });
}
