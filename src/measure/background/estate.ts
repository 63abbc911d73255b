import type { JsonObject } from '../../model/json.ts';
import { type Caller, type Role, role } from './caller.ts';
import type { Luck } from './luck.ts';
import { type Country, countries } from './places.ts';
import { type Call, recordOf } from './record.ts';
import { day, type Habit, hour, minute, type Timeline } from './timeline.ts';

export interface Account {
  readonly id: string;
  readonly name: string;
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** `shared` holds the images and build tools; `sandbox` is where everybody may do nearly anything. */
const accountNames = [
  'management',
  'log-archive',
  'security',
  'network',
  'shared',
  'production',
  'payments',
  'staging',
  'development',
  'data',
  'sandbox',
] as const;
export type AccountName = (typeof accountNames)[number];

export const regions = ['ap-northeast-1', 'eu-central-1', 'us-east-1'] as const;
export type Region = (typeof regions)[number];

/** A company with its accounts, and the one log in which all of it is written. */
export class Estate {
  readonly luck: Luck;
  readonly timeline: Timeline;
  readonly accounts: Readonly<Record<AccountName, string>>;
  readonly #records: JsonObject[] = [];
  readonly #roles = new Map<string, Role>();

  constructor(luck: Luck, timeline: Timeline) {
    this.luck = luck;
    this.timeline = timeline;
    const ids = accountNames.map((name) => [name, accountId(luck.fork(name))]);
    this.accounts = Object.fromEntries(ids);
  }

  get now(): number {
    return this.timeline.now;
  }

  begin(habit: Habit): void {
    this.timeline.begin(habit);
  }

  write(caller: Caller, name: string, call: Call = {}): void {
    this.#records.push(recordOf(this.now, this.luck, caller, name, call));
  }

  /** What was written since it was last asked. */
  take(): readonly JsonObject[] {
    return this.#records.splice(0);
  }

  /** The role of this name: it has one id as long as it lives. */
  role(account: string, name: string, path = '/'): Role {
    const key = `${account}${path}${name}`;
    const known = this.#roles.get(key) ?? role(this.luck.fork(key), account, name, path);
    this.#roles.set(key, known);
    return known;
  }

  linkedRole(account: string, service: string, name: string): Role {
    return this.role(account, name, `/aws-service-role/${service}/`);
  }

  /** Milliseconds until somebody's next working hour: zero when it is one. Weekends are free. */
  untilWork({ zone }: Country, from = 9, to = 18): number {
    const local = new Date(this.now + zone * hour);
    const [weekday, clock] = [local.getUTCDay(), local.getUTCHours()];
    if (weekday >= 1 && weekday <= 5 && clock >= from && clock < to) return 0;
    const minutes = (24 + from - clock) % 24 || 24;
    return minutes * hour - local.getUTCMinutes() * minute;
  }

  /** Milliseconds until this hour of UTC. */
  untilClock(clock: number): number {
    const wait = clock * hour - (this.now % day);
    return wait > 0 ? wait : wait + day;
  }

  /** How busy customers keep the systems, around 1: little at night. */
  load(region: string): number {
    const zone = region.startsWith('ap')
      ? countries.jp.zone
      : region.startsWith('eu')
        ? countries.de.zone
        : countries.us.zone;
    const clock = (((this.now / hour + zone) % 24) + 24) % 24;
    return 1 + 0.7 * Math.sin(((clock - 9) / 24) * 2 * Math.PI);
  }
}

function accountId(luck: Luck): string {
  return String(luck.whole(100_000_000_000, 999_999_999_999));
}
