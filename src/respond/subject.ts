import type { Json, JsonObject } from '../model/json.ts';

/** What playbooks read of a finding, in GuardDuty's JSON, whoever found it. */
export interface Subject {
  readonly findingId: string;
  readonly type: string;
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** As the finding says them, ISO 8601. */
  readonly updatedAt: string;
  readonly firstSeen: string;
  readonly role: string;
  readonly accessKey:
    | { readonly userType: string; readonly userName: string; readonly principalId: string }
    | undefined;
  readonly instance: SubjectInstance | undefined;
  readonly connection: SubjectConnection | undefined;
  /** The finding itself, which travels in the run's events. */
  readonly finding: JsonObject;
}

export interface SubjectInstance {
  readonly instanceId: string;
  readonly subnetId: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

export interface SubjectConnection {
  readonly remoteIp: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly protocol: string;
}

/** Reads a finding of the bus. What is absent is '' or undefined; what has no id, type or time is refused. */
export function subjectOf(finding: unknown): Subject {
  const root = new View(finding);
  const service = root.at('service');
  const subject = {
    findingId: root.text('id'),
    type: root.text('type'),
    partition: root.text('partition') || 'aws',
    account: root.text('accountId'),
    region: root.text('region'),
    updatedAt: root.text('updatedAt'),
    firstSeen: service.text('eventFirstSeen'),
    role: service.text('resourceRole'),
    accessKey: accessKeyOf(root.at('resource').at('accessKeyDetails')),
    instance: instanceOf(root.at('resource').at('instanceDetails')),
    connection: connectionOf(service.at('action').at('networkConnectionAction')),
  };
  for (const name of ['findingId', 'type', 'account', 'updatedAt', 'firstSeen'] as const) {
    if (subject[name] === '') {
      throw new Error(`The event holds no finding: its ${name} is missing. Expected GuardDuty's JSON in "detail".`);
    }
  }
  if (Number.isNaN(Date.parse(subject.firstSeen))) {
    throw new Error(`service.eventFirstSeen is "${subject.firstSeen}". Expected an ISO 8601 time.`);
  }
  // A View was made of it and found an id, so it is an object.
  return { ...subject, finding: finding as JsonObject };
}

function accessKeyOf(details: View): Subject['accessKey'] {
  if (!details.present) return undefined;
  return {
    userType: details.text('userType'),
    userName: details.text('userName'),
    principalId: details.text('principalId'),
  };
}

function instanceOf(details: View): SubjectInstance | undefined {
  if (details.text('instanceId') === '') return undefined;
  return {
    instanceId: details.text('instanceId'),
    subnetId: details.list('networkInterfaces')[0]?.text('subnetId') ?? '',
    tags: details.list('tags').map((tag) => ({ key: tag.text('key'), value: tag.text('value') })),
  };
}

function connectionOf(action: View): SubjectConnection | undefined {
  const remote = action.at('remoteIpDetails');
  const remoteIp = remote.text('ipAddressV4') || remote.text('ipAddressV6');
  if (remoteIp === '') return undefined;
  return {
    remoteIp,
    localPort: action.at('localPortDetails').number('port'),
    remotePort: action.at('remotePortDetails').number('port'),
    protocol: action.text('protocol'),
  };
}

/** Reads untrusted JSON without ever failing. */
class View {
  readonly #value: Readonly<Record<string, unknown>>;
  readonly present: boolean;

  constructor(value: unknown) {
    this.present = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.#value = this.present ? (value as Readonly<Record<string, Json>>) : {};
  }

  at(name: string): View {
    return new View(this.#value[name]);
  }

  text(name: string): string {
    const value = this.#value[name];
    return typeof value === 'string' ? value : '';
  }

  number(name: string): number {
    const value = this.#value[name];
    return typeof value === 'number' ? value : 0;
  }

  list(name: string): View[] {
    const value = this.#value[name];
    return Array.isArray(value) ? value.map((item) => new View(item)) : [];
  }
}
