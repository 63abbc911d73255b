import type { GuardDutyForm } from '../../../aws/findings/guardduty.ts';
import type { Criteria } from '../../../findings/criteria.ts';
import type { Hub } from '../../../findings/hub.ts';
import type { FindingStore } from '../../../findings/store.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';

/** What the wiring lends of the defence to its face in the range, which itself knows only types. */
export interface GuardDutyPort {
  hub(store: FindingStore, form: GuardDutyForm): Hub;
  /** Whether a finding, as JSON, meets a filter's criteria. */
  meets(finding: JsonObject, criteria: Criteria): boolean;
  /** What findings of a type are called, where something finds it. */
  titleOf(type: string): Words | undefined;
}
