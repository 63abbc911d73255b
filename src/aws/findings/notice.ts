import type { Finding } from '../../model/finding.ts';
import type { Notice } from '../../model/notice.ts';
import { derivedId } from '../id.ts';
import { type GuardDutyForm, toGuardDuty } from './guardduty.ts';

/**
 * What EventBridge carries when a finding is made or changed. AWS's types come from GuardDuty, ours from us.
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html
 */
export function noticeOf(finding: Finding, form: GuardDutyForm): Notice {
  const ours = finding.type.startsWith('Custom:');
  return {
    version: '0',
    id: uuidOf(derivedId(['notice', finding.id, finding.updatedAt])),
    'detail-type': ours ? 'Yagura Finding' : 'GuardDuty Finding',
    source: ours ? 'yagura' : 'aws.guardduty',
    account: finding.account,
    time: `${new Date(finding.updatedAt).toISOString().slice(0, 19)}Z`,
    region: finding.region,
    resources: [],
    detail: toGuardDuty(finding, form),
  };
}

function uuidOf(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
