import type { Setting } from '../../model/activity.ts';
import type { Caller } from './caller.ts';
import type { Agent, From } from './common.ts';

/** One setting of a caller, the same object for all records that have it. */
export class CallSetting implements Setting {
  verdict: object | undefined = undefined;
  told: object | undefined = undefined;
  readonly caller: Caller;
  readonly from: From;
  readonly agent: Agent;
  readonly account: string;
  readonly region: string;
  readonly error: string;

  constructor(caller: Caller, from: From, agent: Agent, account: string, region: string, error: string) {
    this.caller = caller;
    this.from = from;
    this.agent = agent;
    this.account = account;
    this.region = region;
    this.error = error;
  }
}
