import type { ConditionKeys, Requirement } from '../../aws/authorization/requirement.ts';
import { AwsError } from '../../aws/error.ts';
import type { Decision } from '../../aws/iam/decision.ts';
import { evaluate } from '../../aws/iam/evaluate.ts';
import { refusal } from '../../aws/iam/refusal.ts';
import type { EvaluationRequest, KeyLookup, NamedPolicy } from '../../aws/iam/request.ts';
import { accountOf } from '../caller.ts';
import { bucketOwners } from '../indexes.ts';
import type { ReadScope, ResourcePolicy, Service } from '../operation.ts';
import { type NamedPolicy as Document, principalPolicies } from '../services/iam/principal.ts';
import type { Reader } from '../store/port.ts';
import { compiledOf } from './compiled-policies.ts';
import { keysAbout, requestKeys } from './condition-keys.ts';
import type { Exchange } from './exchange.ts';

/** What one requirement came to: kept so that `yagura why` can say it. */
export interface Judgement {
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
}

export interface Authoriser {
  readonly services: ReadonlyMap<string, Service>;
}

/** Every requirement of the call, each on each of its resources, until one is refused. Empty: AWS asks for none. */
export function judge(
  exchange: Exchange,
  reader: Reader,
  authoriser: Authoriser,
  requirements: readonly Requirement[] = requirementsOf(exchange, reader, authoriser),
): readonly Judgement[] {
  if (requirements.length === 0) return [];
  const side = callerSide(exchange, reader);
  const context = requestKeys(exchange, side.tags);
  const judgements: Judgement[] = [];
  for (const requirement of requirements) {
    if (requirement.kind === 'undecided') throw new Undecided(requirement);
    for (const resource of requirement.resources) {
      const request = evaluationRequest(exchange, reader, authoriser, requirement, resource, side, context);
      const decision = evaluate(request);
      judgements.push({ action: requirement.action, resource, decision });
      if (decision.decision !== 'allowed') throw new Refused(judgements, requirement.keys, refusal(request, decision));
    }
  }
  return judgements;
}

/** The call is not allowed: the chain gives the service's own code to AWS's words. */
export class Refused extends Error {
  /** The last one is the refusal. */
  readonly judgements: readonly Judgement[];
  /** What the refused action itself says to conditions. */
  readonly keys: ConditionKeys;

  constructor(judgements: readonly Judgement[], keys: ConditionKeys, message: string) {
    super(message);
    this.judgements = judgements;
    this.keys = keys;
  }
}

/** Whether the call is allowed cannot be said: never an allowance. What the input lacks, validation may say better. */
export class Undecided extends AwsError {
  readonly lacksInput: boolean;

  constructor({ action, cause, why }: Extract<Requirement, { kind: 'undecided' }>) {
    super('InternalFailure', `authorization of ${action} is not decided: ${why}`, { status: 501 });
    this.lacksInput = cause === 'input';
  }
}

function requirementsOf(exchange: Exchange, reader: Reader, authoriser: Authoriser): readonly Requirement[] {
  const { account, region, caller } = exchange;
  const scope = { tx: reader, account, region };
  return exchange.authorization.requirementsOf(exchange.operation, exchange.input, {
    partition: 'aws',
    account,
    region,
    ...('arn' in caller ? { callerArn: caller.arn } : {}),
    resolve: (name, value) => {
      const owner = authoriser.services.get(name.slice(0, name.indexOf(':')));
      return owner?.resolvers?.[name]?.(value, scope);
    },
  });
}

interface CallerSide {
  readonly policies: Pick<
    EvaluationRequest,
    'identityPolicies' | 'groupPolicies' | 'permissionBoundaries' | 'sessionPolicies'
  >;
  readonly tags: Readonly<Record<string, string>>;
}

function callerSide(exchange: Exchange, reader: Reader): CallerSide {
  const { caller } = exchange;
  const own = principalPolicies(caller, { tx: reader, account: accountOf(caller), region: exchange.region });
  if (caller.kind === 'anonymous' || caller.kind === 'service' || caller.kind === 'root')
    return { policies: {}, tags: {} };
  return {
    policies: {
      identityPolicies: own.identity.map(compiled),
      groupPolicies: own.groups.map(compiled),
      ...(own.boundaries === undefined ? {} : { permissionBoundaries: own.boundaries.map(compiled) }),
      ...(own.session === undefined ? {} : { sessionPolicies: own.session.map(compiled) }),
    },
    tags: own.tags,
  };
}

/** What a row's policies became is kept with them: `principalPolicies` gives the same objects while the row is the same. */
function compiled(written: Document): NamedPolicy {
  const known = compiledPolicies.get(written);
  if (known !== undefined) return known;
  const made = { name: written.name, policy: compiledOf(written.document) };
  if (Object.isFrozen(written.document)) compiledPolicies.set(written, made);
  return made;
}

const compiledPolicies = new WeakMap<Document, NamedPolicy>();

function evaluationRequest(
  exchange: Exchange,
  reader: Reader,
  authoriser: Authoriser,
  requirement: Extract<Requirement, { kind: 'decided' }>,
  resource: string,
  side: CallerSide,
  request: KeyLookup,
): EvaluationRequest {
  // `arn:aws:<service>:<region>:<account>:...`
  const parts = resource === '*' ? none : resource.split(':', 6);
  const owner = ownerOf(parts, exchange, reader);
  const service = authoriser.services.get(parts[2] ?? exchange.service.name);
  const carried = policiesOn(resource, requirement.action, service, owner);
  return {
    principal: exchange.caller,
    action: requirement.action,
    resource,
    resourceAccount: owner.account,
    context: keysAbout(requirement, resource, service ?? exchange.service, owner, request),
    ...side.policies,
    ...(carried === undefined
      ? {}
      : { resourcePolicies: carried.map(({ kind, document }) => ({ name: kind, policy: compiledOf(document) })) }),
  };
}

const none: readonly string[] = [];

/** Whose resource an ARN names. Buckets carry no account in theirs. */
function ownerOf(parts: readonly string[], exchange: Exchange, reader: Reader): ReadScope {
  const [, , service, region, account, rest] = parts;
  // A bucket to be made is its maker's, even where the name turns out to be another's.
  if (service === 's3' && account === '' && exchange.operation !== 'CreateBucket') {
    const owner = bucketOwners.get(reader, (rest ?? '').split('/', 1)[0] ?? '');
    return { tx: reader, account: owner?.account ?? exchange.account, region: owner?.region ?? exchange.region };
  }
  return { tx: reader, account: account || exchange.account, region: region || exchange.region };
}

function policiesOn(
  arn: string,
  action: string,
  service: Service | undefined,
  owner: ReadScope,
): readonly ResourcePolicy[] | undefined {
  if (arn === '*') return undefined;
  const carried = service?.policies?.(arn, owner, action);
  return carried === undefined || carried.length === 0 ? undefined : carried;
}
