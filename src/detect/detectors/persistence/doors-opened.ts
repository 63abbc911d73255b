import type { Words } from '../../../model/words.ts';
import { byColleague, lowAtWork, unreviewed } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';
import { objectsUnder, textsUnder } from '../../policies.ts';

// Ways into networks and machines besides security groups.

const advice: Words = {
  en: 'Ask who comes in that way. If nobody knows, close it and look for who came.',
  ja: 'この経路で接続する人を確認し、不明であれば閉じて、接続の有無を調べてください。',
};
const connected: Words = { en: 'An office or a partner is connected.', ja: '拠点や取引先を接続している場合。' };
const vpn = 'requestParameters.CreateVpnConnectionRequest.VpnGatewayId';
const endpoint = 'requestParameters.endpointType';
const one = 'requestParameters.portInfo';
const several = 'requestParameters.portInfos';
type Ports = typeof one | typeof several | 'requestParameters.instanceName';

export const doorsOpened: readonly Detector[] = [
  onCall({
    type: 'Custom:EC2Network/VpnCreated',
    title: { en: 'A network can be entered by a VPN', ja: 'VPN による接続経路が作成されました' },
    advice,
    falsePositives: connected,
    severity: lowAtWork(5),
    technique: 'T1133',
    calls: `ec2:CreateVpnConnection ec2:CreateClientVpnEndpoint ec2:ImportClientVpnClientCertificateRevocationList
      ec2:AuthorizeClientVpnIngress`,
    target: ['requestParameters.customerGatewayId', vpn],
    fires: { 'between networks': { request: { customerGatewayId: 'cgw-1', type: 'ipsec.1' } } },
    stays: { 'they are listed': { name: 'ec2:DescribeVpnConnections' } },
  }),
  onCall({
    type: 'Custom:TransferServer/Opened',
    title: {
      en: 'Files can be fetched by a server on the internet',
      ja: 'インターネット向けのファイル転送サーバーが作成されました',
    },
    advice,
    falsePositives: connected,
    severity: lowAtWork(5),
    technique: 'T1133',
    calls: 'transfer:CreateServer transfer:UpdateServer',
    target: ['requestParameters.serverId'],
    reads: [endpoint],
    when: (seen) =>
      seen.text(endpoint) === 'PUBLIC' || (seen.name === 'CreateServer' && seen.text(endpoint) === undefined),
    fires: {
      'a public one': { request: { endpointType: 'PUBLIC', protocols: ['SFTP'] } },
      'public by default': { request: { protocols: ['SFTP'] } },
    },
    stays: { 'within a network': { request: { endpointType: 'VPC', protocols: ['SFTP'] } } },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:TransferServer/UserAdded',
      title: {
        en: 'Somebody may fetch files from a transfer server',
        ja: 'ファイル転送サーバーのユーザーまたは鍵が追加されました',
      },
      advice,
      falsePositives: connected,
      severity: 2,
      technique: 'T1136.003',
      calls: 'transfer:CreateUser transfer:ImportSshPublicKey transfer:CreateAccess',
      target: ['requestParameters.userName', 'requestParameters.serverId'],
      when: unreviewed,
      fires: { 'a user': { request: { serverId: 's', userName: 'bob' } } },
      stays: { 'a pipeline does it': { by: 'pipeline:Deploy', request: { serverId: 's', userName: 'bob' } } },
    }),
    { name: 'transfer:CreateUser', request: { serverId: 's', userName: 'bob' } },
  ),
  onCall<Ports>({
    type: 'Custom:LightsailInstance/PortsOpened',
    title: {
      en: 'A Lightsail instance was opened to everybody',
      ja: 'Lightsail インスタンスのポートが全世界に公開されました',
    },
    advice,
    falsePositives: { en: 'A web server is set up.', ja: 'ウェブサーバーを構築している場合。' },
    severity: (seen) => (rulesOf(seen).some((rule) => holds(rule, 22) || holds(rule, 3389)) ? 5 : 2),
    technique: 'T1133',
    calls: 'lightsail:OpenInstancePublicPorts lightsail:PutInstancePublicPorts',
    target: ['requestParameters.instanceName'],
    reads: [one, several],
    when: (seen) =>
      rulesOf(seen).some((rule) => {
        const ranges = [...textsUnder(rule, 'cidrs'), ...textsUnder(rule, 'ipv6Cidrs')];
        const isWeb = holds(rule, 80) || holds(rule, 443);
        return (ranges.length === 0 || ranges.some((range) => range.endsWith('/0'))) && (!isWeb || holds(rule, 22));
      }),
    fires: {
      SSH: {
        request: { instanceName: 'i', portInfo: { fromPort: 22, toPort: 22, protocol: 'TCP', cidrs: ['0.0.0.0/0'] } },
      },
    },
    stays: {
      'for one network': {
        request: {
          instanceName: 'i',
          portInfo: { fromPort: 22, toPort: 22, protocol: 'TCP', cidrs: ['192.0.2.0/24'] },
        },
      },
      'a web server': { request: { instanceName: 'i', portInfo: { fromPort: 443, toPort: 443, protocol: 'TCP' } } },
    },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:ECRImage/PushedByHand',
      title: { en: 'An image was put into a repository by hand', ja: 'コンテナイメージが手作業でプッシュされました' },
      advice: {
        en: 'Compare the image with what your pipeline built, and see what runs it.',
        ja: 'パイプラインの成果物とイメージを比較し、利用している環境を確認してください。',
      },
      falsePositives: { en: 'A developer tries something.', ja: '開発者が試している場合。' },
      severity: 2,
      technique: 'T1525',
      calls: 'ecr:PutImage ecr-public:PutImage',
      target: ['requestParameters.repositoryName'],
      when: unreviewed,
      fires: { 'by a user': { request: { repositoryName: 'web', imageTag: 'latest' } } },
      stays: {
        'a pipeline does it': { by: 'pipeline:Deploy', request: { repositoryName: 'web', imageTag: 'latest' } },
      },
    }),
    { name: 'ecr:PutImage', request: { repositoryName: 'web', imageTag: 'latest' } },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:Lightsail/AccessTaken',
      title: {
        en: 'Keys or passwords of Lightsail were fetched',
        ja: 'Lightsail の鍵またはパスワードが取得されました',
      },
      advice: {
        en: 'Ask the caller, change what was fetched, and look at who connected since.',
        ja: '呼び出した本人に確認し、取得された認証情報を変更して、それ以降の接続を調べてください。',
      },
      falsePositives: { en: 'Its owner connects.', ja: '所有者が接続している場合。' },
      severity: (seen) => (byColleague(seen) ? 2 : 5),
      technique: 'T1552',
      calls: `lightsail:GetInstanceAccessDetails lightsail:DownloadDefaultKeyPair lightsail:CreateBucketAccessKey
        lightsail:GetRelationalDatabaseMasterUserPassword`,
      target: [
        'requestParameters.instanceName',
        'requestParameters.relationalDatabaseName',
        'requestParameters.bucketName',
      ],
      when: unreviewed,
      fires: { 'of an instance': { request: { instanceName: 'i', protocol: 'ssh' } } },
      stays: { 'they are listed': { name: 'lightsail:GetInstances' } },
    }),
    { name: 'lightsail:GetInstanceAccessDetails', request: { instanceName: 'i' } },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:ACMCertificate/PrivateKeyExported',
      title: { en: 'A certificate was exported with its private key', ja: '証明書が秘密鍵ごとエクスポートされました' },
      advice: {
        en: 'Ask who needs it outside. If nobody does, revoke the certificate.',
        ja: '外部で必要とする人を確認し、いなければ証明書を失効させてください。',
      },
      falsePositives: {
        en: 'A server outside AWS is given its certificate.',
        ja: 'AWS 外のサーバーに証明書を配布する場合。',
      },
      severity: (seen) => (byColleague(seen) ? 2 : 5),
      technique: 'T1552.004',
      calls: 'acm:ExportCertificate',
      target: ['requestParameters.certificateArn'],
      when: unreviewed,
      fires: { 'by a user': { request: { certificateArn: 'arn:aws:acm:us-west-2:111122223333:certificate/c' } } },
      stays: { 'it is read': { name: 'acm:GetCertificate' } },
    }),
    { name: 'acm:ExportCertificate', request: { certificateArn: 'arn' } },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:SNSTopic/SubscribedOutside',
      title: {
        en: 'Somebody outside receives what a topic says',
        ja: 'トピックの通知先に外部のアドレスが追加されました',
      },
      advice: {
        en: 'Ask whose address it is, and delete the subscription if nobody knows.',
        ja: '誰のアドレスか確認し、不明であればサブスクリプションを削除してください。',
      },
      falsePositives: { en: 'A colleague wants to be told.', ja: '同僚が通知を受け取りたい場合。' },
      severity: 2,
      technique: 'T1567',
      calls: 'sns:Subscribe',
      target: ['requestParameters.topicArn'],
      reads: ['requestParameters.protocol'],
      when: (seen) =>
        ['email', 'email-json', 'http', 'https', 'sms'].includes(seen.text('requestParameters.protocol') ?? '') &&
        unreviewed(seen),
      fires: { 'by mail': { request: { topicArn: 't', protocol: 'email', endpoint: 'HIDDEN' } } },
      stays: { 'a queue': { request: { topicArn: 't', protocol: 'sqs', endpoint: 'arn:aws:sqs:us-west-2:1:q' } } },
    }),
    { name: 'sns:Subscribe', request: { topicArn: 't', protocol: 'email' } },
  ),
];

function rulesOf(seen: Seen<Ports>) {
  return [...objectsUnder(seen.json(one), ''), ...objectsUnder(seen.json(several), '')];
}

function holds(
  { fromPort, toPort }: { readonly fromPort?: unknown; readonly toPort?: unknown },
  port: number,
): boolean {
  return Number(fromPort) <= port && port <= Number(toPort);
}
