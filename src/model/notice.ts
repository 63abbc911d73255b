import type { JsonObject } from './json.ts';

/** The EventBridge envelope of a finding's change, spelt as EventBridge delivers it. */
export interface Notice {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, to the second. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}
