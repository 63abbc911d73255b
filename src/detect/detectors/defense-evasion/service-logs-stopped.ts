import type { Words } from '../../../model/words.ts';
import { lowByPipeline } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { onCall } from '../../on-call.ts';
import { objectsUnder } from '../../policies.ts';

// Single services keep logs of their own, which an account-wide trail does not replace.

const advice: Words = {
  en: 'Switch the log on again, and treat what was done there meanwhile as unknown.',
  ja: 'ログを再度有効にし、その間の操作は記録されていないものとして扱ってください。',
};
const meant: Words = {
  en: 'Logs are moved elsewhere, or the service is retired.',
  ja: 'ログの保存先を変更している場合や、サービスを廃止している場合。',
};
const attributes = 'requestParameters.attributes';
const kubernetes = 'requestParameters.logging.clusterLogging';
const operations = 'requestParameters.patchOperations';
const exported = 'requestParameters.cloudwatchLogsExportConfiguration.disableLogTypes';
const document = 'requestParameters.name';

export const serviceLogsStopped: readonly Detector[] = [
  onCall({
    type: 'Custom:LoadBalancer/AccessLogsDisabled',
    title: {
      en: 'A load balancer no longer logs its requests',
      ja: 'ロードバランサーのアクセスログが無効化されました',
    },
    advice,
    falsePositives: meant,
    severity: lowByPipeline(5),
    technique: 'T1562.008',
    calls: 'elasticloadbalancing:ModifyLoadBalancerAttributes',
    target: ['requestParameters.loadBalancerArn', 'requestParameters.loadBalancerName'],
    reads: [attributes, 'requestParameters.loadBalancerAttributes.accessLog.enabled'],
    when: (seen) =>
      seen.flag('requestParameters.loadBalancerAttributes.accessLog.enabled') === false ||
      objectsUnder(seen.json(attributes), '').some(
        ({ key, value }) => key === 'access_logs.s3.enabled' && String(value) === 'false',
      ),
    fires: {
      'it is switched off': {
        request: { loadBalancerArn: 'arn:a', attributes: [{ key: 'access_logs.s3.enabled', value: 'false' }] },
      },
      'of the classic kind': {
        request: { loadBalancerName: 'a', loadBalancerAttributes: { accessLog: { enabled: false } } },
      },
    },
    stays: {
      'it is switched on': {
        request: { loadBalancerArn: 'arn:a', attributes: [{ key: 'access_logs.s3.enabled', value: 'true' }] },
      },
      'another attribute': {
        request: { loadBalancerArn: 'arn:a', attributes: [{ key: 'deletion_protection.enabled', value: 'false' }] },
      },
    },
  }),
  onCall({
    type: 'Custom:EKSCluster/LoggingDisabled',
    title: {
      en: 'A Kubernetes cluster no longer logs its control plane',
      ja: 'EKS のコントロールプレーンのログが無効化されました',
    },
    advice,
    falsePositives: meant,
    severity: lowByPipeline(5),
    technique: 'T1562.008',
    calls: 'eks:UpdateClusterConfig',
    target: ['requestParameters.name'],
    reads: [kubernetes],
    when: (seen) => {
      const kinds = objectsUnder(seen.json(kubernetes), '');
      return (
        kinds.length > 0 &&
        kinds.some(({ enabled }) => enabled === false) &&
        !kinds.some(({ enabled }) => enabled === true)
      );
    },
    fires: {
      'its audit log': { request: { name: 'c', logging: { clusterLogging: [{ types: ['audit'], enabled: false }] } } },
    },
    stays: {
      'it is switched on': {
        request: { name: 'c', logging: { clusterLogging: [{ types: ['audit'], enabled: true }] } },
      },
      'another setting': { request: { name: 'c', resourcesVpcConfig: { endpointPublicAccess: false } } },
    },
  }),
  onCall({
    type: 'Custom:RedshiftCluster/LoggingDisabled',
    title: { en: 'A data warehouse no longer logs who asks what', ja: 'Redshift の監査ログが無効化されました' },
    advice,
    falsePositives: meant,
    severity: lowByPipeline(5),
    technique: 'T1562.008',
    calls: 'redshift:DisableLogging',
    target: ['requestParameters.clusterIdentifier'],
    fires: { 'it is switched off': { request: { clusterIdentifier: 'dwh' } } },
    stays: { 'it is switched on': { name: 'redshift:EnableLogging', request: { clusterIdentifier: 'dwh' } } },
  }),
  onCall({
    type: 'Custom:RDSDatabase/LogExportDisabled',
    title: { en: 'A database no longer hands over its logs', ja: 'データベースのログエクスポートが無効化されました' },
    advice,
    falsePositives: meant,
    severity: lowByPipeline(5),
    technique: 'T1562.008',
    calls: 'rds:ModifyDBInstance rds:ModifyDBCluster',
    target: ['requestParameters.dBInstanceIdentifier', 'requestParameters.dBClusterIdentifier'],
    reads: [exported],
    when: (seen) => seen.list(exported).length > 0,
    fires: {
      'of queries': {
        request: { dBInstanceIdentifier: 'd', cloudwatchLogsExportConfiguration: { disableLogTypes: ['audit'] } },
      },
    },
    stays: {
      'they are switched on': {
        request: { dBInstanceIdentifier: 'd', cloudwatchLogsExportConfiguration: { enableLogTypes: ['audit'] } },
      },
    },
  }),
  onCall({
    type: 'Custom:WebACL/LoggingDisabled',
    title: { en: 'A web ACL no longer logs what it sees', ja: 'ウェブ ACL のログ記録が無効化されました' },
    advice,
    falsePositives: meant,
    severity: lowByPipeline(5),
    technique: 'T1562.008',
    calls: 'wafv2:DeleteLoggingConfiguration waf:DeleteLoggingConfiguration waf-regional:DeleteLoggingConfiguration',
    target: ['requestParameters.resourceArn'],
    fires: { 'it is switched off': { request: { resourceArn: 'arn:aws:wafv2:::w' } } },
    stays: { 'it is switched on': { name: 'wafv2:PutLoggingConfiguration' } },
  }),
  onCall({
    type: 'Custom:APIGateway/AccessLogsDisabled',
    title: { en: 'An API no longer logs its requests', ja: 'API のアクセスログが無効化されました' },
    advice,
    falsePositives: meant,
    severity: lowByPipeline(5),
    technique: 'T1562.008',
    calls: 'apigateway:UpdateStage apigateway:DeleteAccessLogSettings',
    target: ['requestParameters.restApiId', 'requestParameters.apiId'],
    reads: [operations],
    when: (seen) =>
      seen.name === 'DeleteAccessLogSettings' ||
      objectsUnder(seen.json(operations), '').some(
        ({ op, path }) => op === 'remove' && String(path).startsWith('/accessLogSettings'),
      ),
    fires: {
      'its settings are removed': {
        request: { restApiId: 'a', patchOperations: [{ op: 'remove', path: '/accessLogSettings' }] },
      },
      'of an HTTP API': { name: 'apigateway:DeleteAccessLogSettings', request: { apiId: 'a', stageName: 's' } },
    },
    stays: {
      'another setting': {
        request: { restApiId: 'a', patchOperations: [{ op: 'replace', path: '/cacheClusterEnabled' }] },
      },
    },
  }),
  onCall({
    type: 'Custom:HostedZone/QueryLogsDeleted',
    title: {
      en: 'Questions for the names of a zone are no longer logged',
      ja: 'ホストゾーンのクエリログが削除されました',
    },
    advice,
    falsePositives: meant,
    severity: lowByPipeline(5),
    technique: 'T1562.008',
    calls: 'route53:DeleteQueryLoggingConfig',
    target: ['requestParameters.id'],
    fires: { 'it is deleted': { request: { id: 'c' } } },
    stays: { 'it is made': { name: 'route53:CreateQueryLoggingConfig', request: { hostedZoneId: 'Z1' } } },
  }),
  onCall({
    type: 'Custom:SSM/SessionPreferencesChanged',
    title: {
      en: 'What is recorded of Session Manager was changed',
      ja: 'Session Manager の設定が変更されました',
    },
    advice,
    falsePositives: meant,
    severity: 2,
    technique: 'T1562.008',
    calls: 'ssm:UpdateDocument ssm:DeleteDocument',
    target: [document],
    // The document by which Session Manager keeps the account's preferences.
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-configure-preferences-cli.html
    when: (seen) => seen.text(document) === 'SSM-SessionManagerRunShell',
    fires: { 'they are changed': { request: { name: 'SSM-SessionManagerRunShell', documentVersion: '$LATEST' } } },
    stays: { 'another document': { request: { name: 'Patch', documentVersion: '$LATEST' } } },
  }),
];
