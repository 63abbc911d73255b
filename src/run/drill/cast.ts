import { type Keys, keysIn } from '../../drill/keys.ts';
import { filled } from '../../drill/references.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Words } from '../../model/words.ts';
import type { Task } from '../../range/clock.ts';
import { type Door, openDoor, type Strand } from '../adapters/http/door.ts';
import { serveGateway } from '../adapters/http/gateway.ts';
import type { LocalRange } from '../local.ts';
import { type ClientSettings, call } from './sdk.ts';

/** Where the drill's own administrator sits. Of TEST-NET-2, which is nobody's: https://www.rfc-editor.org/rfc/rfc5737 */
const administratorAddress = '198.51.100.10';

/** Somebody who calls: whose keys, from which address. */
export interface Actor {
  readonly credentials: ClientSettings['credentials'];
  readonly address: string;
}

/** Where an attacker keeps the keys that they took, and from which address they use them. */
export interface Hiding {
  readonly host: string;
  readonly file: string;
  readonly from: string;
}

/** Somebody was to act, and has no keys to do it with: the world's doing, not a mistake of the file. */
export class NoKeys extends Error {
  readonly why: Words;

  constructor(why: Words) {
    super(why.en);
    this.why = why;
  }
}

/** What any process on the instance can ask: the keys of its role, and the address it has. */
const askMetadata = `
base=http://169.254.169.254/latest
token=$(curl -s -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' $base/api/token)
ask() { curl -s -f -H "X-aws-ec2-metadata-token: $token" "$base/meta-data/$1"; }
ask "iam/security-credentials/$(ask iam/security-credentials/)"
echo
ask public-ipv4`;

/**
 * Who acts in a drill, each with a door of its own address, and what the names of the drill file stand for.
 * All of them act inside the drill's one task: nothing else happens while one of them calls.
 */
export class Cast {
  readonly values = new Map<string, Json>();
  readonly #range: LocalRange;
  readonly #task: Task;
  readonly #region: string;
  readonly #failed: (error: unknown) => void;
  readonly #doors = new Map<string, Door>();
  readonly #actors = new Map<string, Actor>();
  readonly #hidings = new Map<string, Hiding>();

  constructor(range: LocalRange, task: Task, region: string, failed: (error: unknown) => void) {
    this.#range = range;
    this.#task = task;
    this.#region = region;
    this.#failed = failed;
    const { accessKeyId, secretAccessKey } = range.administrator;
    const administrator = { credentials: { accessKeyId, secretAccessKey }, address: administratorAddress };
    this.#actors.set('administrator', administrator);
  }

  get administrator(): Actor {
    return this.actor('administrator');
  }

  actor(name: string): Actor {
    const actor = this.#actors.get(name) ?? this.#found(name);
    if (actor) return actor;
    throw new Error(`there is no session "${name}" by now; expected one of ${[...this.#actors.keys()].join(', ')}`);
  }

  name(name: string, actor: Actor): void {
    this.#actors.set(name, actor);
  }

  /** Names keys that an attack will have left in a file of a host. They are looked for when first used. */
  capture(name: string, hiding: Hiding): void {
    this.#hidings.set(name, hiding);
  }

  /** The instance itself, as it is now. */
  async instance(id: string): Promise<Actor> {
    const job = this.#host(id)?.start(askMetadata, { why: 'drill' });
    if (job === undefined) throw new NoKeys({ en: `${id} does not run`, ja: `${id} は起動していません` });
    const { stdout } = await this.#task.join(job.done);
    const credentials = keysIn(stdout);
    if (credentials === undefined) {
      throw new NoKeys({
        en: `the metadata service of ${id} gives no credentials`,
        ja: `${id} のメタデータサービスに認証情報がありません`,
      });
    }
    return { credentials, address: /^\d+\.\d+\.\d+\.\d+$/m.exec(stdout)?.[0] ?? administratorAddress };
  }

  /** The administrator assumes the role; whoever holds the session acts from the address. */
  async session(role: string, name: string, address: string = administratorAddress): Promise<Actor> {
    const output = await this.call('sts.AssumeRole', { RoleArn: role, RoleSessionName: name });
    const keys = output['Credentials'] as Readonly<Record<string, string>>;
    const credentials: Keys = {
      accessKeyId: keys['AccessKeyId'] ?? '',
      secretAccessKey: keys['SecretAccessKey'] ?? '',
      sessionToken: keys['SessionToken'] ?? '',
    };
    return { credentials, address };
  }

  /** Settings of a client that is used now, not after the clock was moved. */
  async settings(actor: Actor): Promise<ClientSettings> {
    return {
      endpoint: (await this.#door(actor.address)).url,
      region: this.#region,
      credentials: actor.credentials,
      systemClockOffset: this.#range.clock.now() - Date.now(),
    };
  }

  async call(
    operation: string,
    input: Readonly<Record<string, Json | Uint8Array>>,
    actor: Actor = this.administrator,
  ): Promise<Record<string, unknown>> {
    return call(operation, input, await this.settings(actor));
  }

  fill<T extends Json>(value: T): T {
    return filled(value, this.values);
  }

  /** Makes an answer's members known as `${name.Member}`. */
  remember(name: string, output: Readonly<Record<string, unknown>>): void {
    this.values.set(name, JSON.parse(JSON.stringify(output)) as JsonObject);
  }

  /** Opens a link of a mail, as a browser would. */
  async follow(link: URL): Promise<number> {
    const { url } = await this.#door(administratorAddress);
    const answer = await fetch(new URL(link.pathname + link.search, url));
    await answer.arrayBuffer();
    return answer.status;
  }

  async close(): Promise<void> {
    for (const door of this.#doors.values()) await door.close();
  }

  #found(name: string): Actor | undefined {
    const hiding = this.#hidings.get(name);
    if (hiding === undefined) return undefined;
    const { host, file, from } = hiding;
    const credentials = keysIn(this.#host(host)?.disk.text(file) ?? '');
    if (credentials === undefined) {
      throw new NoKeys({
        en: `nothing was captured: ${host} has no keys in ${file}`,
        ja: `奪われたものなし: ${host} の ${file} にキーがありません`,
      });
    }
    const actor = { credentials, address: from };
    this.#actors.set(name, actor);
    return actor;
  }

  #host(instance: string) {
    return this.#range.machines.host({ account: this.#range.account, region: this.#region, instance });
  }

  async #door(address: string): Promise<Door> {
    const known = this.#doors.get(address);
    if (known) return known;
    const door = await openDoor({
      identity: { sourceIp: address, time: 'virtual', task: () => lent(this.#task) },
      serve: serveGateway(this.#range.gateway, this.#range.clock),
      failed: this.#failed,
    });
    this.#doors.set(address, door);
    return door;
  }
}

/** The drill's hold covers the call; the drill alone ends it. */
function lent(task: Task): Strand {
  return {
    why: task.why,
    get state() {
      return task.state;
    },
    park: () => task.park(),
    sleep: (ms, signal) => task.sleep(ms, signal),
    join: (other) => task.join(other),
    random: () => task.random(),
    release: () => {},
  };
}
