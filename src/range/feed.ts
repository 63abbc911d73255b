import type { JsonObject } from '../model/json.ts';

/** GuardDuty's own copies of the log streams: needs neither trail nor flow log of the account. */
export type Stream = 'cloudtrail' | 'flow' | 'dns' | 'bus';

/** What the range writes to; the defence reads. Given to the range by the wiring. */
export interface Feed {
  record(account: string, region: string, stream: Stream, record: JsonObject): void;
  /** Whether somebody reads the calls of this place: for nobody none is made. Undefined: always. */
  readsCalls?(account: string, region: string, category: 'Management' | 'Data'): boolean;
}
