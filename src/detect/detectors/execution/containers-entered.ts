import type { JsonObject } from '../../../model/json.ts';
import type { Words } from '../../../model/words.ts';
import { byColleague, byPipeline, lowAtWork, unreviewed } from '../../callers.ts';
import type { Detector } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';
import { objectsUnder, textsUnder } from '../../policies.ts';

// Commands run where others' programs run: in containers, builds, notebooks and on instances.

const advice: Words = {
  en: 'Ask the caller. If it was not them, treat what ran there and its role as taken.',
  ja: '呼び出した本人に確認し、違う場合は実行環境とそのロールを侵害されたものとして扱ってください。',
};
const debugged: Words = { en: 'Somebody looks for a fault.', ja: '不具合を調査している場合。' };
const definitions = 'requestParameters.containerDefinitions';
const modes = ['requestParameters.pidMode', 'requestParameters.networkMode'] as const;
const overrides = [
  'requestParameters.buildspecOverride',
  'requestParameters.sourceLocationOverride',
  'requestParameters.imageOverride',
  'requestParameters.serviceRoleOverride',
  'requestParameters.privilegedModeOverride',
] as const;
const everyInstance = 'requestParameters.targets';

export const containersEntered: readonly Detector[] = [
  exceptRoutine(
    onCall({
      type: 'Custom:ECSTask/CommandExecuted',
      title: { en: 'A shell was opened in a container', ja: 'コンテナ内でコマンドが実行されました' },
      advice,
      falsePositives: debugged,
      severity: 2,
      technique: 'T1609',
      calls: 'ecs:ExecuteCommand',
      target: ['requestParameters.task'],
      // People of the portal do so all day, and sign in with MFA.
      when: (seen) => unreviewed(seen) && !byColleague(seen),
      fires: { 'by hand': { request: { cluster: 'main', task: 't', interactive: true } } },
      stays: {
        'tasks are listed': { name: 'ecs:ListTasks', request: { cluster: 'main' } },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { cluster: 'main', task: 't' } },
      },
    }),
    { name: 'ecs:ExecuteCommand', request: { cluster: 'main', task: 't' } },
  ),
  onCall({
    type: 'Custom:ECSTask/PrivilegedDefinition',
    title: {
      en: 'A container is to have power over its host, or asks for credentials by hand',
      ja: 'ホストの権限を持つか、認証情報を取り出すコンテナが定義されました',
    },
    advice,
    falsePositives: { en: 'An agent that watches the host.', ja: 'ホストを監視するエージェントの場合。' },
    severity: lowAtWork(5),
    technique: 'T1610',
    calls: 'ecs:RegisterTaskDefinition',
    target: ['requestParameters.family'],
    reads: [definitions, ...modes],
    when: (seen) => {
      const containers = objectsUnder(seen.json(definitions), '');
      const commands = containers.flatMap((each) => [
        ...textsUnder(each, 'command'),
        ...textsUnder(each, 'entryPoint'),
      ]);
      return (
        seen.text(modes[0]) === 'host' ||
        containers.some(({ privileged }) => privileged === true) ||
        commands.some((text) => /169\.254\.170\.2|169\.254\.169\.254|AWS_CONTAINER_CREDENTIALS/.test(text))
      );
    },
    fires: {
      'it is privileged': { request: { family: 'f', containerDefinitions: [{ name: 'c', privileged: true }] } },
      'it asks for credentials': {
        request: {
          family: 'f',
          containerDefinitions: [
            { command: ['sh', '-c', 'curl 169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] },
          ],
        },
      },
    },
    stays: {
      'an ordinary one': { request: { family: 'f', containerDefinitions: [{ name: 'c', command: ['serve'] }] } },
    },
  }),
  onCall({
    type: 'Custom:CodeBuild/BuildOverridden',
    title: {
      en: 'A build was started with something else than its project says',
      ja: 'プロジェクトの設定を上書きしてビルドが開始されました',
    },
    advice: {
      en: 'Read the log of the build: its role and its secrets were at the disposal of what ran.',
      ja: 'ビルドのログを確認してください。実行された内容は、ビルドのロールとシークレットを利用できました。',
    },
    falsePositives: debugged,
    severity: (seen) => (byColleague(seen) ? 2 : 5),
    technique: 'T1059',
    calls: 'codebuild:StartBuild codebuild:StartBuildBatch',
    target: ['requestParameters.projectName'],
    reads: overrides,
    when: (seen) => overrides.some((path) => seen.has(path)) && unreviewed(seen),
    fires: { 'its commands': { request: { projectName: 'p', buildspecOverride: 'version: 0.2' } } },
    stays: {
      'as its project says': { request: { projectName: 'p' } },
      'a pipeline does it': { by: 'pipeline:Deploy', request: { projectName: 'p', imageOverride: 'i' } },
    },
  }),
  onCall({
    type: 'Custom:CodeBuildProject/MadePublic',
    title: { en: 'The builds of a project can be read by everybody', ja: 'ビルドプロジェクトが一般に公開されました' },
    advice: {
      en: 'Make it private, and look in the logs of its builds for secrets.',
      ja: '非公開に戻し、ビルドのログにシークレットが含まれていないか確認してください。',
    },
    falsePositives: { en: 'The project is open source.', ja: 'オープンソースのプロジェクトの場合。' },
    severity: 8,
    technique: 'T1537',
    calls: 'codebuild:UpdateProjectVisibility',
    target: ['requestParameters.projectArn'],
    reads: ['requestParameters.projectVisibility'],
    when: (seen) => seen.text('requestParameters.projectVisibility') === 'PUBLIC_READ',
    fires: { 'it is public': { request: { projectArn: 'p', projectVisibility: 'PUBLIC_READ' } } },
    stays: { 'it is private': { request: { projectArn: 'p', projectVisibility: 'PRIVATE' } } },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:SageMaker/NotebookEntered',
      title: { en: 'A notebook was opened by a signed address', ja: '署名付き URL でノートブックが開かれました' },
      advice,
      falsePositives: { en: 'Its owner works with it.', ja: '所有者が作業している場合。' },
      severity: 2,
      technique: 'T1021.007',
      calls: 'sagemaker:CreatePresignedNotebookInstanceUrl sagemaker:CreatePresignedDomainUrl',
      target: ['requestParameters.notebookInstanceName', 'requestParameters.userProfileName'],
      when: (seen) => unreviewed(seen) && !byColleague(seen),
      fires: { 'by a user': { request: { notebookInstanceName: 'n' } } },
      stays: {
        'they are listed': { name: 'sagemaker:ListNotebookInstances' },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { notebookInstanceName: 'n' } },
      },
    }),
    { name: 'sagemaker:CreatePresignedNotebookInstanceUrl', request: { notebookInstanceName: 'n' } },
  ),
  onCall({
    type: 'Custom:SageMaker/StartScriptCreated',
    title: { en: 'A start script for notebooks was made', ja: 'ノートブックの起動スクリプトが作成されました' },
    advice: {
      en: 'Read the script: it runs with the role of each notebook that is given it.',
      ja: 'スクリプトを確認してください。割り当てられたノートブックのロールで実行されます。',
    },
    falsePositives: { en: 'The team sets up its notebooks.', ja: 'チームがノートブックを準備している場合。' },
    severity: 2,
    technique: 'T1059',
    calls: 'sagemaker:CreateNotebookInstanceLifecycleConfig sagemaker:CreateStudioLifecycleConfig',
    target: ['requestParameters.notebookInstanceLifecycleConfigName', 'requestParameters.studioLifecycleConfigName'],
    when: unreviewed,
    fires: { 'it is created': { request: { notebookInstanceLifecycleConfigName: 'setup' } } },
    stays: { 'a pipeline does it': { by: 'pipeline:Deploy', request: { studioLifecycleConfigName: 'setup' } } },
  }),
  onCall({
    type: 'Custom:EC2Account/SerialConsoleEnabled',
    title: { en: 'Instances can be reached by the serial console', ja: 'EC2 シリアルコンソールが有効化されました' },
    advice: {
      en: 'Ask who needs it. The console passes by every network rule: switch it off when the work is done.',
      ja: '必要とする人を確認してください。ネットワークの制限を受けないため、作業後は無効にします。',
    },
    falsePositives: { en: 'A server that does not start is mended.', ja: '起動しないサーバーを復旧している場合。' },
    severity: lowAtWork(5),
    technique: 'T1021.008',
    calls: 'ec2:EnableSerialConsoleAccess',
    fires: { 'it is switched on': { request: { EnableSerialConsoleAccessRequest: '' } } },
    stays: { 'it is switched off': { name: 'ec2:DisableSerialConsoleAccess' } },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:SSM/AssociationCreated',
      title: {
        en: 'Instances are to run something again and again',
        ja: 'インスタンスで繰り返し実行される関連付けが作成または変更されました',
      },
      advice: {
        en: 'Read the document that it names, and who wrote it.',
        ja: '指定されたドキュメントの内容と作成者を確認してください。',
      },
      falsePositives: { en: 'Agents and patches are kept up to date.', ja: 'エージェントやパッチを管理している場合。' },
      severity: (seen) => (!byPipeline(seen) && textsUnder(seen.json(everyInstance), 'values').includes('*') ? 5 : 2),
      technique: 'T1651',
      calls: 'ssm:CreateAssociation ssm:UpdateAssociation ssm:CreateAssociationBatch',
      target: ['requestParameters.name', 'requestParameters.associationId'],
      reads: [everyInstance],
      when: unreviewed,
      fires: {
        'on all of them': { request: { name: 'AWS-RunShellScript', targets: [{ key: 'InstanceIds', values: ['*'] }] } },
      },
      stays: {
        'they are listed': { name: 'ssm:ListAssociations' },
        'a pipeline does it': { by: 'pipeline:Deploy', request: { name: 'AWS-RunShellScript' } },
      },
    }),
    { name: 'ssm:CreateAssociation', request: { name: 'AWS-RunShellScript' } as JsonObject },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:EC2Instance/CommandFromInstance',
      title: {
        en: 'An instance runs commands on others',
        ja: 'インスタンスの認証情報で他のインスタンスへのコマンドやセッションが実行されました',
      },
      advice: {
        en: 'Treat the instance as entered: isolate it, revoke the sessions of its role, and look at where it went.',
        ja: 'インスタンスに侵入されたものとして隔離し、ロールのセッションを失効させ、移動先を調べてください。',
      },
      falsePositives: { en: 'A build server deploys so.', ja: 'ビルドサーバーがこの方式でデプロイしている場合。' },
      severity: 5,
      technique: 'T1021.007',
      calls: `ssm:SendCommand ssm:StartSession ssm:StartAutomationExecution ec2-instance-connect:SendSSHPublicKey
        ecs:ExecuteCommand`,
      target: ['requestParameters.target', 'requestParameters.instanceId', 'requestParameters.documentName'],
      when: (seen) => seen.origin?.instance !== undefined,
      fires: { 'a command': { by: 'role:Web/i-0123456789abcdef0', request: { documentName: 'AWS-RunShellScript' } } },
      stays: { 'a person does it': { by: 'role:Web/alice', request: { documentName: 'AWS-RunShellScript' } } },
    }),
    {
      name: 'ssm:SendCommand',
      by: 'role:Web/i-0123456789abcdef0',
      another: 'role:Build/i-0fedcba9876543210',
    },
  ),
  exceptRoutine(
    onCall({
      type: 'Custom:CloudShell/FileDownloaded',
      title: { en: 'A file was taken out of a cloud shell', ja: 'CloudShell からファイルがダウンロードされました' },
      advice: {
        en: 'Ask the caller what it was: the shell holds the rights of whoever is signed in.',
        ja: '呼び出した本人に内容を確認してください。CloudShell はサインイン中の権限を持ちます。',
      },
      falsePositives: { en: 'Somebody fetches their own result.', ja: '自分の作業結果を取り出している場合。' },
      severity: 2,
      technique: 'T1048',
      calls: 'cloudshell:GetFileDownloadUrls',
      target: ['requestParameters.FileDownloadPath', 'requestParameters.fileDownloadPath'],
      when: unreviewed,
      fires: { 'by somebody': { request: { FileDownloadPath: 'out.zip' } } },
      stays: { 'the shell is opened': { name: 'cloudshell:CreateSession' } },
    }),
    { name: 'cloudshell:GetFileDownloadUrls', request: { FileDownloadPath: 'out.zip' } },
  ),
];
