import { arnPart } from '../../aws/arn.ts';
import type { ConditionKeys, Requirement } from '../../aws/authorization/requirement.ts';
import { AwsError } from '../../aws/error.ts';
import type { Decision } from '../../aws/iam/decision.ts';
import { type Judgement as Decided, judge as decide, reasonsOf } from '../../aws/iam/evaluate.ts';
import { refusal } from '../../aws/iam/refusal.ts';
import type { EvaluationRequest, KeyLookup, NamedPolicy } from '../../aws/iam/request.ts';
import { accountOf } from '../caller.ts';
import { bucketOwners } from '../indexes.ts';
import type { ReadScope, Service } from '../operation.ts';
import { type NamedPolicy as Document, principalPolicies } from '../services/iam/principal.ts';
import type { Reader } from '../store/port.ts';
import { compiledOf } from './compiled-policies.ts';
import { keysAbout, requestKeys } from './condition-keys.ts';
import type { Exchange } from './exchange.ts';

/** What one requirement came to: kept so that `yagura why` can say it, in words that are found when it asks. */
export interface Judgement extends Pick<Decided, 'decision' | 'grounds'> {
  readonly action: string;
  readonly resource: string;
}

export interface Authoriser {
  readonly services: ReadonlyMap<string, Service>;
}

export function inWords(judgement: Judgement): Decision {
  const { decision, grounds } = judgement;
  return { decision, because: reasonsOf(grounds, judgement) };
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
      const { decision, grounds } = decide(request);
      const judgement = { action: requirement.action, resource, decision, grounds };
      judgements.push(judgement);
      if (decision !== 'allowed') {
        throw new Refused(judgements, requirement.keys, refusal(request, inWords(judgement)));
      }
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
    callerArn: 'arn' in caller ? caller.arn : undefined,
    resolve: (name, value) => {
      const owner = authoriser.services.get(name.slice(0, name.indexOf(':')));
      return owner?.resolvers?.[name]?.(value, scope);
    },
  });
}

/** An absent list: this kind of policy does not apply. */
interface CallerSide {
  readonly identity: readonly NamedPolicy[] | undefined;
  readonly groups: readonly NamedPolicy[] | undefined;
  readonly boundaries: readonly NamedPolicy[] | undefined;
  readonly session: readonly NamedPolicy[] | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

const noSide: CallerSide = {
  identity: undefined,
  groups: undefined,
  boundaries: undefined,
  session: undefined,
  tags: {},
};

function callerSide(exchange: Exchange, reader: Reader): CallerSide {
  const { caller } = exchange;
  if (caller.kind === 'anonymous' || caller.kind === 'service' || caller.kind === 'root') return noSide;
  const own = principalPolicies(caller, { tx: reader, account: accountOf(caller), region: exchange.region });
  return {
    identity: own.identity.map(compiled),
    groups: own.groups.length === 0 ? noPolicies : own.groups.map(compiled),
    boundaries: own.boundaries?.map(compiled),
    session: own.session?.map(compiled),
    tags: own.tags,
  };
}

const noPolicies: readonly NamedPolicy[] = [];

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
  const owner = ownerOf(resource, exchange, reader);
  const service = authoriser.services.get(arnPart(resource, 2) || exchange.service.name);
  // Members that are not there are written out: V8 makes an object of spreads member by member, on its slow road.
  const carried = policiesOn(resource, requirement.action, service, owner);
  return {
    principal: exchange.caller,
    action: requirement.action,
    resource,
    resourceAccount: owner.account,
    context: keysAbout(requirement, resource, service ?? exchange.service, owner, request),
    identityPolicies: side.identity,
    groupPolicies: side.groups,
    permissionBoundaries: side.boundaries,
    sessionPolicies: side.session,
    resourcePolicies: carried,
  };
}

/** Whose resource an ARN names: `arn:aws:<service>:<region>:<account>:...`. Buckets carry no account in theirs. */
function ownerOf(arn: string, exchange: Exchange, reader: Reader): ReadScope {
  const account = arnPart(arn, 4);
  // A bucket to be made is its maker's, even where the name turns out to be another's.
  if (account === '' && arnPart(arn, 2) === 's3' && exchange.operation !== 'CreateBucket') {
    const owner = bucketOwners.get(reader, arnPart(arn, 5).split('/', 1)[0] ?? '');
    return { tx: reader, account: owner?.account ?? exchange.account, region: owner?.region ?? exchange.region };
  }
  // What AWS owns (`arn:aws:iam::aws:policy/...`) is everybody's: nobody is a stranger to it.
  const isOwned = account !== '' && account !== 'aws';
  return { tx: reader, account: isOwned ? account : exchange.account, region: arnPart(arn, 3) || exchange.region };
}

function policiesOn(
  arn: string,
  action: string,
  service: Service | undefined,
  owner: ReadScope,
): readonly NamedPolicy[] | undefined {
  if (arn === '*') return undefined;
  const carried = service?.policies?.(arn, owner, action);
  if (carried === undefined || carried.length === 0) return undefined;
  return carried.map(({ kind, document }) => ({ name: kind, policy: compiledOf(document) }));
}
