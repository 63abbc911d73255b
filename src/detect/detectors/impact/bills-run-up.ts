import type { Words } from '../../../model/words.ts';
import { byColleague, byPipeline, lowAtWork, unreviewed } from '../../callers.ts';
import type { Detector, Reading } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onBurst } from '../../on-burst.ts';
import { onCall } from '../../on-call.ts';
import { thresholds } from '../../thresholds.ts';

// Who steals an account spends its money: machines, models, messages, and whatever the limits must be raised for.

const advice: Words = {
  en: 'Ask who needs it. If nobody does, take it down, revoke the credentials, and look in all other regions.',
  ja: '必要とする人がいるか確認し、いなければ撤去して認証情報を失効させ、他のすべてのリージョンも調べてください。',
};
const planned: Words = { en: 'A large job was planned.', ja: '大規模な処理を計画していた場合。' };
const capacity = [
  'requestParameters.CreateFleetRequest.TargetCapacitySpecification.TotalTargetCapacity',
  'requestParameters.spotFleetRequestConfig.targetCapacity',
  'requestParameters.instanceCount',
  'requestParameters.desiredCapacity',
  'requestParameters.minSize',
] as const;
const machine = [
  'requestParameters.instanceType',
  'requestParameters.resourceConfig.instanceType',
  'requestParameters.launchSpecification.instanceType',
  'requestParameters.processingResources.clusterConfig.instanceType',
] as const;
const tasks = ['requestParameters.desiredCount', 'requestParameters.count'] as const;
const code = 'requestParameters.serviceCode';
const attribute = 'requestParameters.attributes.MonthlySpendLimit';

export const billsRunUp: readonly Detector[] = [
  onCall({
    type: 'Custom:EC2Instance/LargeFleet',
    title: { en: 'A fleet of very many instances was asked for', ja: '非常に大きなインスタンス群が要求されました' },
    advice,
    falsePositives: planned,
    severity: byWhom,
    technique: 'T1496',
    calls: `ec2:CreateFleet ec2:RequestSpotFleet ec2:RequestSpotInstances autoscaling:CreateAutoScalingGroup
      autoscaling:UpdateAutoScalingGroup autoscaling:SetDesiredCapacity`,
    target: ['requestParameters.autoScalingGroupName'],
    reads: capacity,
    when: (seen) => capacity.some((path) => (seen.number(path) ?? 0) >= 50) && unreviewed(seen),
    fires: {
      'at once': {
        request: { CreateFleetRequest: { TargetCapacitySpecification: { TotalTargetCapacity: 200 } } },
      },
      'a group': {
        name: 'autoscaling:CreateAutoScalingGroup',
        request: { autoScalingGroupName: 'g', minSize: 500, maxSize: 999, desiredCapacity: 999 },
      },
    },
    stays: {
      'a few': { request: { CreateFleetRequest: { TargetCapacitySpecification: { TotalTargetCapacity: 4 } } } },
    },
  }),
  onCall({
    type: 'Custom:SageMaker/LargeLaunch',
    title: {
      en: 'Machines with graphics processors were started for learning',
      ja: 'GPU を搭載した SageMaker の環境が起動されました',
    },
    advice,
    falsePositives: { en: 'A model is being trained.', ja: 'モデルの学習を行っている場合。' },
    severity: byWhom,
    technique: 'T1496',
    calls: `sagemaker:CreateNotebookInstance sagemaker:CreateTrainingJob sagemaker:CreateProcessingJob
      sagemaker:UpdateNotebookInstance`,
    target: ['requestParameters.notebookInstanceName', 'requestParameters.trainingJobName'],
    reads: machine,
    when: (seen) => machine.some((path) => /^ml\.(p\d|g\d|trn|inf)/.test(seen.text(path) ?? '')) && unreviewed(seen),
    fires: { 'a notebook': { request: { notebookInstanceName: 'n', instanceType: 'ml.p3.16xlarge' } } },
    stays: {
      'a small one': { request: { notebookInstanceName: 'n', instanceType: 'ml.t3.medium' } },
      'a pipeline does it': {
        by: 'pipeline:Deploy',
        request: { notebookInstanceName: 'n', instanceType: 'ml.p3.16xlarge' },
      },
    },
  }),
  onCall({
    type: 'Custom:ECSService/LargeLaunch',
    title: { en: 'Very many containers were started at once', ja: '非常に多くのコンテナが一度に起動されました' },
    advice,
    falsePositives: planned,
    severity: byWhom,
    technique: 'T1496',
    calls: 'ecs:CreateService ecs:UpdateService ecs:RunTask',
    target: ['requestParameters.serviceName', 'requestParameters.service', 'requestParameters.taskDefinition'],
    reads: tasks,
    when: (seen) => tasks.some((path) => (seen.number(path) ?? 0) >= 50) && unreviewed(seen),
    fires: { 'a service': { request: { serviceName: 's', desiredCount: 100 } } },
    stays: { 'a few': { request: { serviceName: 's', desiredCount: 4 } } },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:Quota/IncreaseRequested',
      title: { en: 'A higher limit was asked for', ja: 'サービスクォータの引き上げが申請されました' },
      advice,
      falsePositives: planned,
      severity: 2,
      technique: 'T1496',
      calls: 'servicequotas:RequestServiceQuotaIncrease',
      target: [code],
      when: unreviewed,
      fires: { 'of machines': { request: { serviceCode: 'ec2', quotaCode: 'L-417A185B', desiredValue: 500 } } },
      stays: { 'limits are read': { name: 'servicequotas:ListServiceQuotas', request: { serviceCode: 'ec2' } } },
    }),
    { name: 'servicequotas:RequestServiceQuotaIncrease', request: { serviceCode: 'ec2' } },
  ),
  onCall({
    type: 'Custom:Account/LongTermPurchase',
    title: { en: 'Something was bought for a long time', ja: '長期契約の購入が行われました' },
    advice: {
      en: 'Ask who bought it, and open a case with AWS at once if nobody did.',
      ja: '購入した人を確認し、心当たりがなければただちに AWS サポートに連絡してください。',
    },
    falsePositives: { en: 'The finance team saves money.', ja: '財務部門がコスト削減のために購入した場合。' },
    severity: byWhom,
    technique: 'T1496',
    calls: `ec2:PurchaseReservedInstancesOffering ec2:PurchaseHostReservation ec2:PurchaseCapacityBlock
      savingsplans:CreateSavingsPlan rds:PurchaseReservedDBInstancesOffering
      redshift:PurchaseReservedNodeOffering bedrock:CreateProvisionedModelThroughput route53domains:RegisterDomain`,
    target: ['requestParameters.domainName', 'requestParameters.provisionedModelName'],
    fires: { 'reserved instances': { request: { instanceCount: 20, reservedInstancesOfferingId: 'o' } } },
    stays: { 'offers are looked at': { name: 'ec2:DescribeReservedInstancesOfferings' } },
  }),
  onCall({
    type: 'Custom:SNS/SmsLimitRaised',
    title: { en: 'More may be spent on text messages', ja: 'SMS の利用上限額が変更されました' },
    advice: {
      en: 'Ask whether you send text messages. If not, set the limit back: thieves send to numbers that pay them.',
      ja: 'SMS を利用しているか確認し、していなければ上限を戻してください。攻撃者は通話料の分配目当てに大量送信します。',
    },
    falsePositives: {
      en: 'An application begins to send messages.',
      ja: 'アプリケーションが SMS の送信を始める場合。',
    },
    severity: lowAtWork(5),
    technique: 'T1496',
    calls: 'sns:SetSMSAttributes',
    reads: [attribute],
    when: (seen) => seen.has(attribute),
    fires: { 'it is set': { request: { attributes: { MonthlySpendLimit: '10000' } } } },
    stays: { 'another attribute': { request: { attributes: { DefaultSMSType: 'Transactional' } } } },
  }),
  onBurst({
    type: 'Custom:EC2Instance/LaunchesTried',
    title: {
      en: 'Somebody tries what instances could be launched',
      ja: 'インスタンスの起動可否が繰り返し試されています',
    },
    advice: {
      en: 'Ask the caller. If it was not them, revoke the credentials before the launch follows.',
      ja: '呼び出した本人に確認し、違う場合は実際に起動される前に認証情報を失効させてください。',
    },
    falsePositives: { en: 'A tool checks its permissions everywhere.', ja: 'ツールが権限を確認して回っている場合。' },
    severity: 5,
    technique: 'T1580',
    calls: 'ec2:RunInstances',
    reads: [machine[0]],
    parts: { refused: true },
    when: (seen) => seen.error.endsWith('DryRunOperation') && unreviewed(seen),
    attempts: false,
    distinct: (seen) => `${seen.region} ${seen.text(machine[0]) ?? ''}`,
    most: thresholds.launches,
    example: (index) => ({
      name: 'ec2:RunInstances',
      region: `us-west-${index}`,
      error: 'Client.DryRunOperation',
      request: { instanceType: 'c5.large' },
    }),
    stays: { 'one again and again': { region: 'us-west-2' }, 'they are carried out': { error: '' } },
  }),
];

function byWhom(seen: Reading<never>): number {
  return byColleague(seen) || byPipeline(seen) ? 2 : 5;
}
