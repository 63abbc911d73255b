import { toGuardDuty } from '../aws/findings/guardduty.ts';
import type { Finding } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import { accounts } from '../range/indexes.ts';
import { findings, formOn, places } from '../range/services/guardduty/tables.ts';
import type { Reader } from '../range/store/port.ts';

/** What the control door tells of the findings of all accounts and regions: our own types too, the archived last. */
export interface RangeFindings {
  /** Regions with a detector, as `account/region`. */
  readonly detectors: readonly string[];
  readonly findings: readonly { readonly finding: Finding; readonly json: JsonObject }[];
}

export function rangeFindings(reader: Reader): RangeFindings {
  const form = formOn(reader);
  const scopes = [...accounts.list(reader)].flatMap(([account]) =>
    [...places.list({ tx: reader, account, region: '-' })].map(([region]) => ({ tx: reader, account, region })),
  );
  const all = scopes.flatMap((scope) => [...findings.list(scope)].map(([, finding]) => finding));
  return {
    detectors: scopes.map(({ account, region }) => `${account}/${region}`),
    findings: all
      .sort((a, b) => Number(a.archived) - Number(b.archived) || a.firstSeen - b.firstSeen || (a.id < b.id ? -1 : 1))
      .map((finding) => ({ finding, json: toGuardDuty(finding, form) })),
  };
}
