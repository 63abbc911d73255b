import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { lowByPipeline, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';
import { textsUnder } from '../../policies.ts';

// The services stay on, and tell less.

const advice: Words = {
  en: 'Put it back, and look at what would have been told since.',
  ja: '元に戻し、それ以降に通知されるはずだった検出結果を確認してください。',
};
const tuned: Words = {
  en: 'The security team tunes what it wants to hear.',
  ja: 'セキュリティチームが通知の対象を調整している場合。',
};
const rule = [
  'requestParameters.configRuleName',
  'requestParameters.organizationConfigRuleName',
  'requestParameters.conformancePackName',
  'requestParameters.organizationConformancePackName',
  'requestParameters.configurationAggregatorName',
] as const;
const allSupported = 'requestParameters.configurationRecorder.recordingGroup.allSupported';
const associations = 'requestParameters.StandardsControlAssociationUpdates';

export const findingsHidden: readonly Detector[] = [
  exceptRoutine(
    onCall({
      type: 'Custom:Config/RulesDeleted',
      title: {
        en: 'Rules that judge the configuration were deleted',
        ja: 'Config のルールまたは集約設定が削除されました',
      },
      advice,
      falsePositives: tuned,
      severity: 2,
      technique: 'T1562.001',
      calls: `config:DeleteConfigRule config:DeleteOrganizationConfigRule config:DeleteConformancePack
        config:DeleteOrganizationConformancePack config:DeleteConfigurationAggregator
        config:DeleteRemediationConfiguration config:DeleteRetentionConfiguration config:DeleteEvaluationResults`,
      target: rule,
      when: unreviewed,
      fires: { 'a rule is deleted': { request: { configRuleName: 'trail-enabled' } } },
      stays: {
        'one is added': { name: 'config:PutConfigRule', request: { configRule: { configRuleName: 'trail-enabled' } } },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { configRuleName: 'trail-enabled' } },
      },
    }),
    { name: 'config:DeleteConfigRule', request: { configRuleName: 'trail-enabled' } },
  ),
  onCall({
    type: 'Custom:Config/RecordingNarrowed',
    title: { en: 'Config records fewer kinds of resources', ja: 'Config が記録するリソースの種類が減らされました' },
    advice,
    falsePositives: { en: 'Costs of recording are cut.', ja: '記録のコストを下げている場合。' },
    severity: lowByPipeline(5),
    technique: 'T1562.001',
    calls: 'config:PutConfigurationRecorder',
    target: ['requestParameters.configurationRecorder.name'],
    reads: [allSupported],
    when: (seen) => seen.flag(allSupported) === false,
    fires: { 'not all of them': { request: recording(false) } },
    stays: { 'all of them': { request: recording(true) } },
  }),
  onCall({
    type: 'Custom:SecurityHub/ControlsDisabled',
    title: {
      en: 'Security Hub checks less, or hears of fewer findings',
      ja: 'Security Hub の標準やコントロール、連携が無効化されました',
    },
    advice,
    falsePositives: tuned,
    severity: lowByPipeline(5),
    technique: 'T1562.001',
    calls: `securityhub:BatchDisableStandards securityhub:UpdateStandardsControl
      securityhub:BatchUpdateStandardsControlAssociations securityhub:DisableImportFindingsForProduct
      securityhub:DisassociateMembers securityhub:DeleteMembers securityhub:DisableOrganizationAdminAccount
      securityhub:DeleteFindingAggregator`,
    target: [
      'requestParameters.StandardsControlArn',
      'requestParameters.ProductSubscriptionArn',
      'requestParameters.StandardsSubscriptionArns',
    ],
    reads: ['requestParameters.ControlStatus', associations],
    when: (seen) => {
      if (seen.name === 'UpdateStandardsControl') return seen.text('requestParameters.ControlStatus') === 'DISABLED';
      if (seen.name !== 'BatchUpdateStandardsControlAssociations') return true;
      return textsUnder(seen.json(associations), 'AssociationStatus').includes('DISABLED');
    },
    fires: {
      'a standard is disabled': { request: { StandardsSubscriptionArns: ['arn:aws:securityhub:::cis'] } },
      'a control is disabled': {
        name: 'securityhub:UpdateStandardsControl',
        request: { StandardsControlArn: 'arn:aws:securityhub:::c', ControlStatus: 'DISABLED' },
      },
      'a control is disabled in a standard': {
        name: 'securityhub:BatchUpdateStandardsControlAssociations',
        request: { StandardsControlAssociationUpdates: [{ AssociationStatus: 'DISABLED' }] },
      },
    },
    stays: {
      'a control is enabled': {
        name: 'securityhub:UpdateStandardsControl',
        request: { StandardsControlArn: 'arn:aws:securityhub:::c', ControlStatus: 'ENABLED' },
      },
    },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:SecurityServices/FindingsHidden',
      title: { en: 'Findings are hidden from who watches them', ja: '検出結果が非表示にされました' },
      advice,
      falsePositives: tuned,
      severity: 2,
      technique: 'T1562.001',
      calls: `securityhub:BatchUpdateFindings securityhub:CreateAutomationRule securityhub:DeleteInsight
        guardduty:ArchiveFindings macie2:CreateFindingsFilter inspector2:CreateFilter access-analyzer:CreateArchiveRule`,
      target: ['requestParameters.ruleName', 'requestParameters.name', 'requestParameters.detectorId'],
      reads: ['requestParameters.action', 'requestParameters.Workflow.Status', 'requestParameters.workflow.status'],
      when: (seen) => {
        if (!unreviewed(seen)) return false;
        const workflow =
          seen.text('requestParameters.Workflow.Status') ?? seen.text('requestParameters.workflow.status');
        if (seen.name === 'BatchUpdateFindings') return workflow === 'SUPPRESSED' || workflow === 'RESOLVED';
        if (!seen.name.endsWith('Filter')) return true;
        return ['ARCHIVE', 'SUPPRESS'].includes(seen.text('requestParameters.action') ?? '');
      },
      fires: {
        'they are suppressed': {
          request: { FindingIdentifiers: [{ Id: 'f' }], Workflow: { Status: 'SUPPRESSED' } },
        },
        'a filter archives them': {
          name: 'macie2:CreateFindingsFilter',
          request: { name: 'quiet', action: 'ARCHIVE' },
        },
        'they are archived': {
          name: 'guardduty:ArchiveFindings',
          request: { detectorId: 'd1', findingIds: ['f'] },
        },
      },
      stays: {
        'somebody takes one on': { request: { FindingIdentifiers: [{ Id: 'f' }], Workflow: { Status: 'NOTIFIED' } } },
        'a filter that hides nothing': {
          name: 'macie2:CreateFindingsFilter',
          request: { name: 'mine', action: 'NOOP' },
        },
      },
    }),
    { name: 'securityhub:BatchUpdateFindings', request: { Workflow: { Status: 'SUPPRESSED' } } },
  ),
];

function recording(isAll: boolean): JsonObject {
  return { configurationRecorder: { name: 'default', recordingGroup: { allSupported: isAll } } };
}
