import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from './compile.ts';
import { evaluate } from './evaluate.ts';
import { principalOf } from './principal.ts';
import type { EvaluationRequest, NamedPolicy } from './request.ts';

type Document = { readonly Version: string; readonly Statement: readonly Record<string, unknown>[] };
const lists = ['identityPolicies', 'groupPolicies', 'permissionBoundaries', 'sessionPolicies'] as const;

interface World {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount: string;
  readonly policies: Readonly<Record<(typeof lists)[number], readonly Document[] | undefined>>;
  readonly resourcePolicy: Document | undefined;
  readonly levels: readonly (readonly Document[])[] | undefined;
}

const principals = ['iam::1:user/a', 'iam::1:role/r', 'sts::1:assumed-role/r/s', 'iam::1:root', 'iam::2:user/a'].map(
  (name) => `arn:aws:${name.replace(/::(\d)/, '::11111111111$1')}`,
);
const accounts = ['111111111111', '111111111112'];
const actions = ['s3:Get', 's3:Put', 'sqs:Get'];
const resources = ['arn:aws:s3:::b/1', 'arn:aws:s3:::b/2'];
const conditions = [
  {},
  { StringEquals: { 'aws:x': 'yes' } },
  { StringNotEquals: { 'aws:x': 'yes' } },
  { Null: { 'aws:y': 'false' } },
  { Unheard: { 'aws:x': 'yes' } },
];
const bare = fc.record({
  Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
  Action: fc.constantFrom('*', 's3:*', ...actions),
  Resource: fc.constantFrom('*', 'arn:aws:s3:::b/?', ...resources),
  Condition: fc.constantFrom(...conditions),
});
const withPrincipal = fc
  .tuple(
    bare,
    fc.constantFrom('Principal', 'Principal', 'NotPrincipal'),
    fc.constantFrom<unknown>('*', ...[...principals, ...accounts].map((AWS) => ({ AWS }))),
  )
  .map(([rest, element, principal]) => ({ ...rest, [element]: principal }));
const documentsOf = (statement: fc.Arbitrary<Record<string, unknown>>) =>
  fc.array(statement, { maxLength: 3 }).map((Statement): Document => ({ Version: '2012-10-17', Statement }));
const document = documentsOf(bare);
const maybeList = fc.option(fc.array(document, { maxLength: 3 }), { nil: undefined });
const world: fc.Arbitrary<World> = fc.record({
  principal: fc.constantFrom(...principals, '*'),
  action: fc.constantFrom(...actions),
  resource: fc.constantFrom(...resources),
  resourceAccount: fc.constantFrom(...accounts),
  policies: fc.record({
    identityPolicies: maybeList,
    groupPolicies: maybeList,
    permissionBoundaries: maybeList,
    sessionPolicies: maybeList,
  }),
  resourcePolicy: fc.option(documentsOf(withPrincipal), { nil: undefined }),
  levels: fc.option(fc.array(fc.array(document, { maxLength: 2 }), { maxLength: 2 }), { nil: undefined }),
});

test('a Deny of everything in any policy that applies is an explicit deny', () => {
  const denyAll = { Effect: 'Deny', Action: '*', Resource: '*' };
  fc.assert(
    fc.property(world, fc.constantFrom(...lists), (given, list) => {
      const policies = { ...given.policies, [list]: [...(given.policies[list] ?? []), documentOf(denyAll)] };
      expect(decide({ ...given, policies })).toBe('explicitDeny');
    }),
  );
});

test('one Deny more never allows', () => {
  fc.assert(
    fc.property(world, bare, fc.constantFrom(...lists), (given, statement, list) => {
      const had = given.policies[list];
      fc.pre(had !== undefined);
      const policies = { ...given.policies, [list]: [...had, documentOf({ ...statement, Effect: 'Deny' })] };
      const before = decide(given);
      const after = decide({ ...given, policies });
      expect(after === 'allowed' && before !== 'allowed').toBe(false);
      expect(before === 'explicitDeny' && after !== 'explicitDeny').toBe(false);
    }),
  );
});

test('one Deny more on the resource never allows', () => {
  fc.assert(
    fc.property(world, withPrincipal, (given, statement) => {
      const { resourcePolicy } = given;
      fc.pre(resourcePolicy !== undefined);
      const more = [...resourcePolicy.Statement, { ...statement, Effect: 'Deny' }];
      const after = decide({ ...given, resourcePolicy: { ...resourcePolicy, Statement: more } });
      expect(after === 'allowed' && decide(given) !== 'allowed').toBe(false);
    }),
  );
});

test('the order of policies and statements does not matter', () => {
  const turned = (one: Document): Document => ({ ...one, Statement: one.Statement.toReversed() });
  const all = (documents: readonly Document[] | undefined) => documents?.map(turned).toReversed();
  fc.assert(
    fc.property(world, (given) => {
      const { identityPolicies, groupPolicies, permissionBoundaries, sessionPolicies } = given.policies;
      const policies = {
        identityPolicies: all(identityPolicies),
        groupPolicies: all(groupPolicies),
        permissionBoundaries: all(permissionBoundaries),
        sessionPolicies: all(sessionPolicies),
      };
      const resourcePolicy = given.resourcePolicy && turned(given.resourcePolicy);
      const levels = given.levels?.map((level) => level.map(turned).toReversed()).toReversed();
      expect(decide({ ...given, policies, resourcePolicy, levels })).toBe(decide(given));
    }),
  );
});

test('any JSON compiles, and never allows by being unreadable', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const request = requestOf(denied);
      const policies = [{ name: 'any', policy: compile(json) }];
      expect(evaluate({ ...request, identityPolicies: policies }).decision).not.toBe('allowed');
    }),
  );
});

const denied: World = {
  principal: principals[0]!,
  action: actions[0]!,
  resource: resources[0]!,
  resourceAccount: accounts[0]!,
  policies: {
    identityPolicies: undefined,
    groupPolicies: undefined,
    permissionBoundaries: undefined,
    sessionPolicies: undefined,
  },
  resourcePolicy: undefined,
  levels: undefined,
};

function documentOf(statement: Record<string, unknown>): Document {
  return { Version: '2012-10-17', Statement: [statement] };
}

function decide(given: World): string {
  return evaluate(requestOf(given)).decision;
}

function requestOf(given: World): EvaluationRequest {
  const named = (document: Document): NamedPolicy => ({ name: 'p', policy: compile(document) });
  const request: Record<string, unknown> = {
    principal: principalOf(given.principal),
    action: given.action,
    resource: given.resource,
    resourceAccount: given.resourceAccount,
    context: { 'aws:x': 'yes' },
  };
  for (const list of lists) if (given.policies[list]) request[list] = given.policies[list].map(named);
  if (given.resourcePolicy) request['resourcePolicies'] = [named(given.resourcePolicy)];
  if (given.levels) request['serviceControlPolicies'] = given.levels.map((level) => level.map(named));
  // Every member was put there with its type.
  return request as unknown as EvaluationRequest;
}
