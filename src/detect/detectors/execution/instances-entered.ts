import type { Json } from '../../../model/json.ts';
import { byColleague, byPipeline, byWorkload, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';
import { objectsUnder } from '../../policies.ts';

const instanceId = 'requestParameters.instanceId';

export const instancesEntered: readonly Detector[] = [
  onCall({
    type: 'Persistence:EC2/BootOrLogonInitializationScripts',
    signal: 'EC2UserDataModified',
    title: { en: 'The start script of an instance was changed', ja: 'インスタンスのユーザーデータが変更されました' },
    advice: {
      en: 'Read the user data before the instance starts again, put the old one back, and rebuild the instance if it has run.',
      ja: 'インスタンスが再起動する前にユーザーデータを確認して元に戻し、すでに実行されていれば作り直してください。',
    },
    falsePositives: {
      en: 'Somebody updates a server in place, or infrastructure code does with keys of a user.',
      ja: 'サーバーを手作業で、またはインフラのコードがユーザーのキーで更新している場合。',
    },
    severity: 8,
    technique: 'T1037',
    calls: 'ec2:ModifyInstanceAttribute',
    target: [instanceId],
    reads: ['requestParameters.userData'],
    when: (seen) => seen.has('requestParameters.userData') && !byPipeline(seen),
    fires: { 'it is replaced': { request: { instanceId: 'i-1', userData: '<sensitiveDataRemoved>' } } },
    stays: {
      'another attribute': { request: { instanceId: 'i-1', instanceType: { value: 't3.large' } } },
      'a pipeline deploys': {
        by: 'pipeline:Deploy',
        request: { instanceId: 'i-1', userData: '<sensitiveDataRemoved>' },
      },
    },
  }),
  exceptRoutine(
    onCall({
      type: 'LateralMovement:EC2/RemoteServices',
      signal: 'EC2InstanceSSHKeyPushed',
      title: {
        en: 'A key was pushed to an instance to sign in',
        ja: 'インスタンスへのログイン用に公開鍵が送られました',
      },
      advice: {
        en: 'Ask the caller. If it was not them, end the SSH session, and look at what was done on the instance.',
        ja: '呼び出した本人に確認し、違う場合は SSH セッションを切断してインスタンス上の操作を調べてください。',
      },
      falsePositives: {
        en: 'Administrators sign in with Instance Connect.',
        ja: '管理者が Instance Connect でログインしている場合。',
      },
      severity: (seen) => (byColleague(seen) ? 2 : 5),
      technique: 'T1021.004',
      calls: 'ec2-instance-connect:SendSSHPublicKey ec2-instance-connect:SendSerialConsoleSSHPublicKey',
      target: [instanceId],
      fires: {
        'by Instance Connect': { request: { instanceId: 'i-1', instanceOSUser: 'ec2-user' } },
        'by the serial console': {
          name: 'ec2-instance-connect:SendSerialConsoleSSHPublicKey',
          request: { instanceId: 'i-1' },
        },
      },
      stays: { 'the console output is read': { name: 'ec2:GetConsoleOutput', request: { instanceId: 'i-1' } } },
    }),
    {
      name: 'ec2-instance-connect:SendSSHPublicKey',
      request: { instanceId: 'i-1', instanceOSUser: 'ec2-user' },
    },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:EC2Instance/CommandRun',
      title: {
        en: 'A command or a session was started on an instance',
        ja: 'インスタンスでコマンドまたはセッションが開始されました',
      },
      advice: {
        en: 'Ask the caller. If it was not them, treat the instance and its role as taken.',
        ja: '呼び出した本人に確認し、違う場合はインスタンスとそのロールを侵害されたものとして扱ってください。',
      },
      falsePositives: { en: 'An administrator works on a server.', ja: '管理者がサーバーを操作している場合。' },
      severity: 2,
      technique: 'T1651',
      calls: 'ssm:SendCommand ssm:StartSession ssm:ResumeSession',
      target: ['requestParameters.target', 'requestParameters.documentName'],
      // People of the portal do so all day, and sign in with MFA.
      when: (seen) => unreviewed(seen) && !byColleague(seen),
      fires: {
        'a command': { request: { documentName: 'AWS-RunShellScript', instanceIds: ['i-1'] } },
        'a session': { name: 'ssm:StartSession', request: { target: 'i-1' } },
      },
      stays: {
        'commands are listed': { name: 'ssm:ListCommands' },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { documentName: 'AWS-RunShellScript' } },
      },
    }),
    { name: 'ssm:SendCommand', request: { documentName: 'AWS-RunShellScript', instanceIds: ['i-1'] } },
  ),
  onCall({
    type: 'CredentialAccess:EC2/UnsecuredCredentials',
    signal: 'EC2PasswordDataRetrieved',
    title: {
      en: 'The password of a Windows instance was retrieved',
      ja: 'Windows インスタンスのパスワードが取得されました',
    },
    advice: {
      en: 'Ask the caller, change the password, and look for remote desktop sessions since.',
      ja: '呼び出した本人に確認してパスワードを変更し、それ以降のリモートデスクトップ接続を調べてください。',
    },
    falsePositives: { en: 'Somebody sets up a new server.', ja: '新しいサーバーを設定している場合。' },
    severity: (seen) => (byColleague(seen) ? 2 : 5),
    technique: 'T1552',
    calls: 'ec2:GetPasswordData',
    target: [instanceId],
    fires: { 'it is retrieved': { request: { instanceId: 'i-1' } } },
    stays: { 'the instance is described': { name: 'ec2:DescribeInstances' } },
  }),
  onCall({
    type: 'Execution:SageMaker/CommandAndScriptingInterpreter',
    signal: 'SageMakerLifecycleConfigModified',
    title: { en: 'The start script of notebooks was changed', ja: 'ノートブックのライフサイクル設定が変更されました' },
    advice: {
      en: 'Read the script: it runs as root with the role of the notebook each time that one starts.',
      ja: 'スクリプトの内容を確認してください。起動のたびにノートブックのロールを持つ root として実行されます。',
    },
    falsePositives: {
      en: 'The team changes what its notebooks install.',
      ja: 'チームが導入するライブラリを変更している場合。',
    },
    severity: 5,
    technique: 'T1059',
    calls: 'sagemaker:UpdateNotebookInstanceLifecycleConfig',
    target: ['requestParameters.notebookInstanceLifecycleConfigName'],
    fires: { 'it is changed': { request: { notebookInstanceLifecycleConfigName: 'setup' } } },
    stays: { 'it is described': { name: 'sagemaker:DescribeNotebookInstanceLifecycleConfig' } },
  }),
  onCall({
    type: 'Custom:EC2Instance/LargeLaunch',
    title: {
      en: 'Many or very large instances were launched at once',
      ja: '大量または非常に大きなインスタンスが一度に起動されました',
    },
    advice: {
      en: 'Ask who needs them. If nobody does, terminate them, revoke the credentials, and look in all other regions.',
      ja: '必要とする人がいるか確認し、いなければ終了して認証情報を失効させ、他のすべてのリージョンも調べてください。',
    },
    falsePositives: { en: 'A training or batch job begins.', ja: '学習やバッチ処理を開始した場合。' },
    // A refused attempt is a sign of stolen credentials all the same.
    severity: (seen) => (byWorkload(seen) || byColleague(seen) ? 2 : 5),
    attempts: true,
    technique: 'T1496',
    calls: 'ec2:RunInstances',
    reads: ['requestParameters.instanceType', 'requestParameters.instancesSet'],
    when: (seen) => {
      const type = seen.text('requestParameters.instanceType') ?? '';
      const computes = /^(p\d|g\d|trn|inf|dl\d|u-)/.test(type);
      const isLarge = /\.(metal|\d{2,}xlarge)/.test(type);
      // A cluster that scales puts many small tasks on a large machine, and a small one under a task that computes, all day.
      if (byWorkload(seen)) return computes && isLarge;
      return computes || isLarge || countOf(seen.json('requestParameters.instancesSet')) >= 20;
    },
    fires: {
      'with graphics processors': {
        request: { instanceType: 'p4d.24xlarge', instancesSet: { items: [{ maxCount: 1 }] } },
      },
      'twenty at once': { request: { instanceType: 't3.micro', instancesSet: { items: [{ maxCount: 20 }] } } },
      'a large one': { request: { instanceType: 'c7i.48xlarge', instancesSet: { items: [{ maxCount: 1 }] } } },
      'a cluster, with graphics processors': {
        by: 'pod:Scaler',
        request: { instanceType: 'g6.12xlarge', instancesSet: { items: [{ maxCount: 1 }] } },
      },
    },
    stays: {
      'two small ones': { request: { instanceType: 't3.micro', instancesSet: { items: [{ maxCount: 2 }] } } },
      'a cluster, with a small graphics processor': {
        by: 'pod:Scaler',
        request: { instanceType: 'g5.xlarge', instancesSet: { items: [{ maxCount: 1 }] } },
      },
      'a cluster, with a large one': {
        by: 'pod:Scaler',
        request: { instanceType: 'c7i.48xlarge', instancesSet: { items: [{ maxCount: 1 }] } },
      },
    },
  }),
];

function countOf(set: Json | undefined): number {
  return objectsUnder(set, 'items').reduce((sum, { maxCount }) => sum + (Number(maxCount) || 0), 0);
}
