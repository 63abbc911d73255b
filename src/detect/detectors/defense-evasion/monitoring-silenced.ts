import type { Words } from '../../../model/words.ts';
import { unreviewed } from '../../callers.ts';
import type { Detector, Reading } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';

// What would have raised the alarm is taken away: alarms, the rules that tell of events, and logs.

const group = 'requestParameters.logGroupName';
const days = 'requestParameters.retentionInDays';

const advice: Words = {
  en: 'Ask who did this, put it back, and look in CloudTrail for what the caller did meanwhile.',
  ja: '実施者に確認して元に戻し、その間の呼び出し元の操作を CloudTrail で調べてください。',
};
const tidied: Words = {
  en: 'Something old is retired together with its monitoring.',
  ja: '古いシステムを監視ごと廃止している場合。',
};

export const monitoringSilenced: readonly Detector[] = [
  exceptRoutine(
    onCall({
      type: 'Custom:CloudWatchAlarm/Silenced',
      title: { en: 'Alarms were deleted or silenced', ja: 'アラームが削除されたか、通知が止められました' },
      advice,
      falsePositives: tidied,
      severity: 2,
      technique: 'T1562.001',
      calls: 'monitoring:DeleteAlarms monitoring:DisableAlarmActions',
      target: ['requestParameters.alarmNames'],
      when: unreviewed,
      fires: {
        'they are deleted': { request: { alarmNames: ['root-used'] } },
        'they tell nobody any more': {
          name: 'monitoring:DisableAlarmActions',
          request: { alarmNames: ['root-used'] },
        },
      },
      stays: {
        'they tell again': { name: 'monitoring:EnableAlarmActions', request: { alarmNames: ['root-used'] } },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { alarmNames: ['root-used'] } },
      },
    }),
    { name: 'monitoring:DeleteAlarms', request: { alarmNames: ['root-used'] } },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:EventBridgeRule/Disabled',
      title: {
        en: 'A rule that acts on events was disabled or deleted',
        ja: 'イベントルールが無効化または削除されました',
      },
      advice,
      falsePositives: tidied,
      severity: 2,
      technique: 'T1562.001',
      calls: 'events:DisableRule events:DeleteRule events:RemoveTargets',
      target: ['requestParameters.name', 'requestParameters.rule'],
      when: unreviewed,
      fires: {
        'it is disabled': { request: { name: 'to-security' } },
        'it is deleted': { name: 'events:DeleteRule', request: { name: 'to-security' } },
        'it reaches nobody any more': {
          name: 'events:RemoveTargets',
          request: { rule: 'to-security', ids: ['1'] },
        },
      },
      stays: {
        'it is enabled': { name: 'events:EnableRule', request: { name: 'to-security' } },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { name: 'to-security' } },
      },
    }),
    { name: 'events:DisableRule', request: { name: 'to-security' } },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:CloudWatchLogs/LogsDeleted',
      title: { en: 'Logs were deleted', ja: 'ロググループまたはログストリームが削除されました' },
      advice,
      falsePositives: tidied,
      severity: bySubject,
      technique: 'T1562.008',
      calls: 'logs:DeleteLogGroup logs:DeleteLogStream',
      target: [group],
      when: unreviewed,
      fires: {
        'a group': { request: { logGroupName: '/app/orders' } },
        'a stream': {
          name: 'logs:DeleteLogStream',
          request: { logGroupName: '/app/orders', logStreamName: 's' },
        },
      },
      stays: {
        'they are listed': { name: 'logs:DescribeLogGroups' },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { logGroupName: '/app/orders' } },
      },
    }),
    { name: 'logs:DeleteLogGroup', request: { logGroupName: '/app/orders' } },
  ),
  onCall({
    type: 'Custom:CloudWatchLogs/RetentionShortened',
    title: { en: 'Logs are kept for a day only', ja: 'ログの保持期間が 1 日に短縮されました' },
    advice,
    falsePositives: { en: 'A noisy group is made cheaper.', ja: '大量のログのコストを下げている場合。' },
    severity: bySubject,
    technique: 'T1562.008',
    calls: 'logs:PutRetentionPolicy',
    target: [group],
    reads: [days],
    when: (seen) => (seen.number(days) ?? Number.POSITIVE_INFINITY) <= 1 && unreviewed(seen),
    fires: { 'for a day': { request: { logGroupName: '/app/orders', retentionInDays: 1 } } },
    stays: {
      'for a month': { request: { logGroupName: '/app/orders', retentionInDays: 30 } },
      'a pipeline does it': { by: 'pipeline:Deploy', request: { logGroupName: '/app/orders', retentionInDays: 1 } },
    },
  }),
  onCall({
    type: 'Custom:CloudWatchLogs/FilterRemoved',
    title: {
      en: 'Logs no longer reach who watches them',
      ja: 'ログのサブスクリプションまたはメトリクスフィルターが削除されました',
    },
    advice,
    falsePositives: tidied,
    severity: bySubject,
    technique: 'T1562.008',
    calls: 'logs:DeleteSubscriptionFilter logs:DeleteMetricFilter logs:DeleteDestination',
    target: [group, 'requestParameters.destinationName'],
    when: unreviewed,
    fires: {
      'a subscription ends': { request: { logGroupName: '/app/orders', filterName: 'f' } },
      'an alarm is fed no more': {
        name: 'logs:DeleteMetricFilter',
        request: { logGroupName: 'CloudTrail/DefaultLogGroup', filterName: 'f' },
      },
    },
    stays: {
      'one is added': { name: 'logs:PutSubscriptionFilter', request: { logGroupName: '/app/orders' } },
      'a pipeline does it': { by: 'pipeline:Deploy', request: { logGroupName: '/app/orders', filterName: 'f' } },
    },
  }),
];

/** Whether the group holds records of what is done in the account, as the services name such groups. */
function bySubject(seen: Reading<typeof group>): number {
  return /cloudtrail|flow-?logs?|audit|guardduty|waf-logs/i.test(seen.text(group) ?? '') ? 5 : 2;
}
