import type { Words } from '../../../model/words.ts';
import { byPipeline, lowAtWork } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { onCall } from '../../on-call.ts';
import { objectsUnder, textsUnder } from '../../policies.ts';
import { mfaRemoved } from './mfa-removed.ts';

const putBack: Words = {
  en: 'Switch it on again, ask who did this, and revoke the sessions of the caller if nobody meant to.',
  ja: '再度有効にして実施者を確認し、意図しない操作であれば呼び出し元のセッションを失効させてください。',
};
const moved: Words = {
  en: 'A region or account is closed, or the service is set up anew from the delegated administrator.',
  ja: 'リージョンやアカウントを閉じる場合、または委任管理者からサービスを設定し直している場合。',
};

/** Where GuardDuty's updates switch something on or off. */
const switches = [
  'requestParameters.enable',
  'requestParameters.features',
  'requestParameters.dataSources',
  'requestParameters.autoEnable',
  'requestParameters.autoEnableOrganizationMembers',
] as const;

const criteria = 'requestParameters.findingCriteria';

export const defenceDisabled: readonly Detector[] = [
  onCall({
    type: 'Custom:GuardDuty/Disabled',
    title: { en: 'GuardDuty was switched off or blinded', ja: 'GuardDuty が無効化されたか、検知できなくされました' },
    advice: putBack,
    falsePositives: moved,
    severity: (seen) => (seen.name.endsWith('Filter') ? severityOfFilter(seen) : 8),
    technique: 'T1562.001',
    calls: `guardduty:DeleteDetector guardduty:UpdateDetector guardduty:DisassociateFromMasterAccount
      guardduty:DisassociateFromAdministratorAccount guardduty:DisassociateMembers guardduty:DeleteMembers
      guardduty:StopMonitoringMembers guardduty:DeletePublishingDestination guardduty:CreateIPSet
      guardduty:CreateTrustedEntitySet guardduty:CreateFilter guardduty:UpdateFilter guardduty:DeleteThreatIntelSet
      guardduty:DeleteThreatEntitySet guardduty:UpdateMemberDetectors guardduty:DisableOrganizationAdminAccount
      guardduty:UpdateOrganizationConfiguration`,
    target: ['requestParameters.detectorId'],
    reads: ['requestParameters.action', criteria, ...switches],
    when: (seen) => {
      if (seen.name.endsWith('Filter')) return seen.text('requestParameters.action') === 'ARCHIVE';
      return !/^Update/.test(seen.name) || isSwitchedOff(seen);
    },
    fires: {
      'the detector is deleted': { request: { detectorId: 'd1' } },
      'it is suspended': { name: 'guardduty:UpdateDetector', request: { detectorId: 'd1', enable: false } },
      'a part of it is switched off': {
        name: 'guardduty:UpdateDetector',
        request: { detectorId: 'd1', features: [{ name: 'S3_DATA_EVENTS', status: 'DISABLED' }] },
      },
      'a part of it is switched off in the older way': {
        name: 'guardduty:UpdateDetector',
        request: { detectorId: 'd1', dataSources: { s3Logs: { enable: false } } },
      },
      'new accounts are left out': {
        name: 'guardduty:UpdateOrganizationConfiguration',
        request: { detectorId: 'd1', autoEnableOrganizationMembers: 'NONE' },
      },
      'findings are archived by a filter': {
        name: 'guardduty:CreateFilter',
        request: { detectorId: 'd1', action: 'ARCHIVE', name: 'quiet' },
      },
      'a known scanner is archived by a filter': {
        name: 'guardduty:CreateFilter',
        request: {
          detectorId: 'd1',
          action: 'ARCHIVE',
          findingCriteria: {
            criterion: {
              type: { equals: ['Recon:EC2/Portscan'] },
              'service.action.networkConnectionAction.remoteIpDetails.ipAddressV4': { equals: ['192.0.2.7'] },
            },
          },
        },
      },
    },
    stays: {
      'it is switched on': { name: 'guardduty:UpdateDetector', request: { detectorId: 'd1', enable: true } },
      'a part of it is switched on': {
        name: 'guardduty:UpdateDetector',
        request: { detectorId: 'd1', enable: true, features: [{ name: 'S3_DATA_EVENTS', status: 'ENABLED' }] },
      },
      'a filter that hides nothing': {
        name: 'guardduty:CreateFilter',
        request: { detectorId: 'd1', action: 'NOOP', name: 'mine' },
      },
    },
  }),
  onCall({
    type: 'Custom:SecurityServices/Disabled',
    title: {
      en: 'A security service of the account was stopped',
      ja: 'アカウントのセキュリティサービスが停止されました',
    },
    advice: putBack,
    falsePositives: moved,
    severity: 8,
    technique: 'T1562.001',
    calls: `config:StopConfigurationRecorder config:DeleteConfigurationRecorder config:DeleteDeliveryChannel
      securityhub:DisableSecurityHub securityhub:DisassociateFromAdministratorAccount
      securityhub:DisassociateFromMasterAccount securityhub:DisableSecurityHubV2 macie2:DisableMacie
      macie2:UpdateMacieSession macie2:DisassociateFromAdministratorAccount macie2:DisassociateFromMasterAccount
      macie2:DisassociateMember macie2:DeleteMember macie2:DisableOrganizationAdminAccount inspector2:Disable
      inspector2:DisassociateMember inspector2:DisableDelegatedAdminAccount access-analyzer:DeleteAnalyzer
      detective:DeleteGraph detective:DisassociateMembership detective:DeleteMembers
      detective:DisableOrganizationAdminAccount auditmanager:DeregisterAccount securitylake:DeleteDataLake
      securitylake:DeleteAwsLogSource fms:DeletePolicy fms:DisassociateAdminAccount`,
    target: ['requestParameters.configurationRecorderName', 'requestParameters.deliveryChannelName'],
    reads: ['requestParameters.status'],
    when: (seen) => seen.name !== 'UpdateMacieSession' || seen.text('requestParameters.status') === 'PAUSED',
    fires: {
      'the recorder is stopped': { request: { configurationRecorderName: 'default' } },
      'Security Hub is disabled': { name: 'securityhub:DisableSecurityHub' },
      'Macie is paused': { name: 'macie2:UpdateMacieSession', request: { status: 'PAUSED' } },
    },
    stays: {
      'the recorder is started': { name: 'config:StartConfigurationRecorder' },
      'Macie is resumed': { name: 'macie2:UpdateMacieSession', request: { status: 'ENABLED' } },
    },
  }),
  onCall({
    type: 'DefenseImpairment:Organizations/ModifyCloudResourceHierarchy',
    signal: 'OrganizationLeaveAttempt',
    title: { en: 'The account tries to leave its organisation', ja: 'アカウントが組織からの離脱を試みています' },
    advice: {
      en: 'Forbid it with a service control policy, and ask who called: outside the organisation none of its guardrails hold.',
      ja: 'サービスコントロールポリシーで禁止し、呼び出した人を確認してください。組織の外ではガードレールが一切効きません。',
    },
    falsePositives: { en: 'The account is sold or moved.', ja: 'アカウントを譲渡または移管している場合。' },
    severity: 8,
    technique: 'T1666',
    calls: 'organizations:LeaveOrganization',
    attempts: true,
    fires: { 'it leaves': {} },
    stays: { 'it looks at the organisation': { name: 'organizations:DescribeOrganization' } },
  }),
  onCall({
    type: 'DefenseImpairment:Organizations/DisableOrModifyTools',
    signal: 'OrganizationPolicyDisabled',
    title: {
      en: 'A kind of organisation policies was disabled',
      ja: '組織ポリシーの種類が無効化されました',
    },
    advice: {
      en: 'Enable the policy type again and attach its policies anew: disabling detaches all of them.',
      ja: 'ポリシータイプを再度有効にし、ポリシーをアタッチし直してください。無効化するとすべて外れます。',
    },
    falsePositives: { en: 'A kind that was never used is tidied away.', ja: '使っていない種類を整理している場合。' },
    severity: 8,
    technique: 'T1562',
    calls: 'organizations:DisablePolicyType',
    target: ['requestParameters.policyType'],
    fires: { 'service control policies are off': { request: { policyType: 'SERVICE_CONTROL_POLICY', rootId: 'r-1' } } },
    stays: { 'they are on': { name: 'organizations:EnablePolicyType' } },
  }),
  onCall({
    type: 'DefenseImpairment:EC2/DisableOrModifyTools',
    signal: 'EC2TerminationProtectionEnabled',
    title: {
      en: 'Termination protection was switched on for an instance',
      ja: 'インスタンスの終了保護が有効化されました',
    },
    advice: {
      en: 'Ask whether the instance is yours: miners protect theirs, so that they are harder to remove.',
      ja: 'インスタンスに心当たりがあるか確認してください。マイニング目的の攻撃者は削除を妨げるために終了保護を使います。',
    },
    falsePositives: {
      en: 'Important servers are protected on purpose.',
      ja: '重要なサーバーを意図的に保護している場合。',
    },
    severity: 2,
    technique: 'T1562',
    calls: 'ec2:ModifyInstanceAttribute ec2:RunInstances',
    target: ['requestParameters.instanceId'],
    reads: ['requestParameters.disableApiTermination', 'requestParameters.disableApiTermination.value'],
    when: (seen) =>
      seen.flag('requestParameters.disableApiTermination') === true ||
      seen.flag('requestParameters.disableApiTermination.value') === true,
    fires: { 'it is switched on': { request: { instanceId: 'i-1', disableApiTermination: { value: true } } } },
    stays: { 'it is switched off': { request: { instanceId: 'i-1', disableApiTermination: { value: false } } } },
  }),
  onCall({
    type: 'Custom:BedrockGuardrail/Weakened',
    title: { en: 'A guardrail of models was changed or deleted', ja: 'モデルのガードレールが変更または削除されました' },
    advice: {
      en: 'Compare the guardrail with the version before, and see what models were asked since.',
      ja: '以前のバージョンと比較し、それ以降のモデルへの要求を確認してください。',
    },
    falsePositives: { en: 'Its owners tune it.', ja: '担当者が調整している場合。' },
    severity: (seen) => (seen.name.startsWith('Delete') ? 5 : 2),
    technique: 'T1562',
    calls: 'bedrock:DeleteGuardrail bedrock:UpdateGuardrail',
    target: ['requestParameters.guardrailIdentifier'],
    when: (seen) => !byPipeline(seen),
    fires: {
      'it is deleted': { request: { guardrailIdentifier: 'g' } },
      'it is changed': { name: 'bedrock:UpdateGuardrail', request: { guardrailIdentifier: 'g' } },
    },
    stays: {
      'it is looked at': { name: 'bedrock:GetGuardrail', request: { guardrailIdentifier: 'g' } },
      'a pipeline does it': { by: 'pipeline:Deploy', request: { guardrailIdentifier: 'g' } },
    },
  }),
  mfaRemoved,
];

/**
 * A filter hides some findings, of which others still see the rest. Who looks after findings makes one for what they know;
 * one that names neither a type nor a resource hides what nobody has seen yet.
 */
function severityOfFilter(seen: Seen<typeof criteria>): number {
  const [criterion] = objectsUnder(seen.json(criteria), 'criterion');
  const isNarrow = Object.keys(criterion ?? {}).some((field) => field === 'type' || field.startsWith('resource.'));
  return isNarrow ? lowAtWork(5)(seen) : 5;
}

function isSwitchedOff(seen: Seen<(typeof switches)[number]>): boolean {
  const [enable, features, dataSources, autoEnable, members] = switches;
  return (
    seen.flag(enable) === false ||
    seen.flag(autoEnable) === false ||
    seen.text(members) === 'NONE' ||
    textsUnder(seen.json(features), 'status').includes('DISABLED') ||
    /"enable":false/.test(JSON.stringify(seen.json(dataSources) ?? null))
  );
}
