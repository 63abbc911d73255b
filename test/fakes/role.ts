import { decodePolicy, type PolicyLike } from './policy.ts';
import { refusal } from './world.ts';

/** One role with inline policies, and a simulator that knows the two conditions of a revocation. */
export function fakeRole(options: { readonly tag?: string } = {}) {
  const policies = new Map<string, string>();
  const answers = {
    GetRole: ({ RoleName }: { RoleName: string }) => ({
      Role: {
        Arn: `arn:aws:iam::111122223333:role/${RoleName}`,
        Path: '/',
        Tags: [{ Key: 'x', Value: options.tag ?? '' }],
      },
    }),
    GetRolePolicy: ({ PolicyName }: { PolicyName: string }) => {
      const document = policies.get(PolicyName);
      if (document === undefined) throw refusal('NoSuchEntityException');
      return { PolicyDocument: encodeURIComponent(document) };
    },
    PutRolePolicy: ({ PolicyName, PolicyDocument }: { PolicyName: string; PolicyDocument: string }) => {
      policies.set(PolicyName, PolicyDocument);
    },
    DeleteRolePolicy: ({ PolicyName }: { PolicyName: string }) => {
      policies.delete(PolicyName);
    },
    SimulatePrincipalPolicy: ({ ContextEntries: entries }: { ContextEntries: Entry[] }) => {
      const context = new Map(entries.map((entry) => [entry.ContextKeyName, entry.ContextKeyValues[0]!]));
      const denies = [...policies].filter(([, document]) => denied(decodePolicy(document), context));
      const MatchedStatements = denies.map(([name]) => ({ SourcePolicyId: `role_app_${name}` }));
      return {
        EvaluationResults: [{ EvalDecision: denies.length > 0 ? 'explicitDeny' : 'implicitDeny', MatchedStatements }],
      };
    },
  };
  return { policies, answers };
}

interface Entry {
  readonly ContextKeyName: string;
  readonly ContextKeyValues: readonly string[];
}

function denied(policy: PolicyLike, context: ReadonlyMap<string, string>): boolean {
  return policy.Statement.some(({ Condition: { DateLessThan: date, StringEquals: user } }) => {
    const older = Date.parse(context.get('aws:TokenIssueTime')!) < Date.parse(date['aws:TokenIssueTime']!);
    return older && (user === undefined || user['aws:userid'] === context.get('aws:userid'));
  });
}
