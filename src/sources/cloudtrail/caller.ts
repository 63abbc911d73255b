import type { Shared } from '../../model/activity.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { textOf, valueAt } from '../json-activity.ts';
import { limits } from '../limits.ts';
import { principalOf } from '../principal.ts';
import { jsonOfSpan } from '../span-value.ts';
import type { Agent, From } from './common.ts';
import { CallSetting } from './setting.ts';

/** The userIdentity of many records. Most logs repeat few of them, so one is parsed once and then known by its bytes. */
export class Caller implements Shared {
  verdict: object | undefined = undefined;
  readonly principal: string;
  readonly account: string;
  readonly #record: JsonObject;
  readonly #texts = new Map<string, string | undefined>();
  #settings: CallSetting[] = [];

  constructor(userIdentity: Json) {
    this.#record = { userIdentity };
    this.principal = principalOf((path) => this.text(path));
    this.account = this.text('userIdentity.accountId') ?? '';
  }

  /** `path` begins with `userIdentity.`. */
  text(path: string): string | undefined {
    const known = this.#texts.get(path);
    if (known !== undefined || this.#texts.has(path)) return known;
    const text = textOf(this.json(path));
    this.#texts.set(path, text);
    return text;
  }

  json(path: string): Json | undefined {
    return valueAt(this.#record, path);
  }

  /** Most callers keep to a few settings; of one that has very many, what was known of them is found out anew. */
  setting(from: From, agent: Agent, account: string, region: string, error: string): CallSetting {
    for (const known of this.#settings) {
      if (
        known.from === from &&
        known.agent === agent &&
        known.error === error &&
        known.region === region &&
        known.account === account
      ) {
        return known;
      }
    }
    if (this.#settings.length >= limits.settingsPerCaller) this.#settings = [];
    const setting = new CallSetting(this, from, agent, account, region, error);
    this.#settings.push(setting);
    return setting;
  }
}

export function callerOf(bytes: Buffer, start: number, end: number): Caller {
  return new Caller(jsonOfSpan(bytes, start, end));
}

/** The record names nobody. */
export const nobody = new Caller(null);
