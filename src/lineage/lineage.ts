import type { Activity, Origin } from '../model/activity.ts';
import { weightOf } from '../model/weight.ts';
import { limits } from './limits.ts';

/**
 * Who became whom. A session's credentials were given by a call that the log has, so what the session does is
 * attributed to where it came from. Keyed by account and access key; a stage of its own before detection.
 */
export class Lineage {
  /** By access key: two accounts never have the same one, and a key of another account counts for nobody. */
  readonly #sessions = new Map<string, Session>();
  /** What they hold, in bytes. */
  #weighs = 0;
  readonly #told = new Map<string, Session>();
  /** Another object when something that was told no longer holds. */
  edition: object = {};
  /** Sessions forgotten for want of room. */
  evicted = 0;

  /** What is known of this activity's credentials; and learns which credentials it gave out. */
  of(activity: Activity): Origin | undefined {
    if (activity.kind !== 'api-call') return undefined;
    const origin = this.#originOf(activity);
    if (this.learnsFrom(activity)) this.#learn(activity, origin);
    return origin;
  }

  learnsFrom(activity: Activity): boolean {
    return gives(activity) && activity.error === '';
  }

  /** Caller and account are the same in all that share a setting, so only the first of them is looked at closely. */
  #originOf(activity: Activity): Origin | undefined {
    const { setting } = activity;
    const before = setting?.told;
    if (before instanceof Told && before.by === this && before.edition === this.edition) return before.origin;
    const origin = this.#originByKey(activity);
    if (setting !== undefined) setting.told = new Told(this, this.edition, origin);
    return origin;
  }

  #originByKey(activity: Activity): Origin | undefined {
    const { account } = activity;
    const key = activity.text('userIdentity.accessKeyId') ?? '';
    if (key === '' || key.length > limits.keyLength) return issuedTo(activity, undefined);
    const told = this.#told.get(key);
    if (told?.account === account) return told.origin;
    const session = this.#sessions.get(key);
    const known = session?.account === account ? session.origin : undefined;
    const origin = issuedTo(activity, known) ?? known;
    if (this.#told.size >= limits.told) {
      this.#told.clear();
      this.edition = {};
    }
    this.#told.set(key, { account, origin });
    return origin;
  }

  #learn(activity: Activity, origin: Origin | undefined): void {
    const key =
      activity.text('responseElements.credentials.accessKeyId') ??
      activity.text('responseElements.accessKey.accessKeyId');
    if (key === undefined || key.length > limits.keyLength) return;
    const before = origin ?? { principal: activity.principal, chain: [] };
    const became = activity.text('requestParameters.roleArn') ?? activity.text('responseElements.accessKey.userName');
    const chain = became === undefined ? before.chain : [...before.chain, became].slice(-limits.chain);
    const session = { account: activity.account, origin: { ...before, ...byService(activity), chain } };
    this.#weighs += weightOfSession(key, session) - weightOfSession(key, this.#sessions.get(key));
    this.#sessions.set(key, session);
    if (this.#isFull()) this.#forgetOldest();
    if (this.#told.delete(key)) this.edition = {};
  }

  #isFull(): boolean {
    return this.#sessions.size > limits.sessions || this.#weighs > limits.bytes;
  }

  /** Map order is the order of learning. */
  #forgetOldest(): void {
    for (const [oldest, gone] of this.#sessions) {
      this.#sessions.delete(oldest);
      this.#weighs -= weightOfSession(oldest, gone);
      this.evicted++;
      if (!this.#isFull()) return;
    }
  }
}

function gives({ call, name }: Activity): boolean {
  if (call === undefined) return givers.has(name);
  call.told ??= givers.has(name) ? giver : other;
  return call.told === giver;
}

const giver = { gives: true } as const;
const other = { gives: false } as const;

/** What was told of a caller, left with its setting. */
class Told {
  readonly by: Lineage;
  readonly edition: object;
  readonly origin: Origin | undefined;

  constructor(by: Lineage, edition: object, origin: Origin | undefined) {
    this.by = by;
    this.edition = edition;
    this.origin = origin;
  }
}

interface Session {
  readonly account: string;
  readonly origin: Origin | undefined;
}

/** What lineage reads, for the sources to look for. */
export const lineagePaths = [
  'requestParameters.roleArn',
  'requestParameters.roleSessionName',
  'responseElements.credentials.accessKeyId',
  'responseElements.accessKey.accessKeyId',
  'responseElements.accessKey.userName',
  'userIdentity.inScopeOf.credentialsIssuedTo',
] as const;

/** What a session holds, in bytes; none holds nothing. */
function weightOfSession(key: string, session: Session | undefined): number {
  return session === undefined ? 0 : 128 + key.length + weightOf(session.origin);
}

const givers = new Set([
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'AssumeRoot',
  'GetSessionToken',
  'GetFederationToken',
  'CreateAccessKey',
]);

/**
 * Instance and function credentials say themselves to whom they were given. A session's name alone is a guess, which
 * yields to a log that saw who took the role: anybody may call a session like an instance.
 */
function issuedTo(activity: Activity, known: Origin | undefined): Origin | undefined {
  if (activity.text('userIdentity.type') !== 'AssumedRole') return undefined;
  const arn = activity.text('userIdentity.inScopeOf.credentialsIssuedTo');
  const id = activity.text('userIdentity.principalId') ?? '';
  if (arn === undefined && !id.includes(':i-')) return undefined;
  const session = id.slice(id.indexOf(':') + 1);
  const before = known ?? { principal: activity.principal, chain: [] };
  const instance =
    /:instance\/(i-[0-9a-f]+)$/.exec(arn ?? '')?.[1] ?? (isInstance(activity, session, known) ? session : undefined);
  if (instance !== undefined) return { ...before, instance };
  const name = /^arn:[^:]+:lambda:[^:]*:[^:]*:function:([^:]+)/.exec(arn ?? '')?.[1];
  return name === undefined ? undefined : { ...before, function: name };
}

/** Lambda assumes a function's role under the function's name, EC2 an instance's under the instance's. */
function byService(activity: Activity): { readonly function?: string; readonly instance?: string } {
  const session = activity.text('requestParameters.roleSessionName');
  if (session === undefined) return {};
  const service = activity.text('userIdentity.invokedBy');
  if (service === 'lambda.amazonaws.com') return { function: session };
  return service === 'ec2.amazonaws.com' ? { instance: session } : {};
}

/** Instances name their session after themselves; AWS says by which version of the metadata service it was delivered. */
function isInstance(activity: Activity, session: string, known: Origin | undefined): boolean {
  if (!session.startsWith('i-')) return false;
  if (activity.has('userIdentity.sessionContext.ec2RoleDelivery')) return true;
  return known === undefined && /^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(session);
}
