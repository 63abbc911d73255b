import type { Words } from '../../../model/words.ts';
import { byPipeline, isForeign } from '../../callers.ts';
import type { Detector, Seen } from '../../detector.ts';
import { exceptRoutine } from '../../except-routine.ts';
import { onCall } from '../../on-call.ts';

const functionName = 'requestParameters.functionName';
const principal = 'requestParameters.principal';
const narrowing = [
  'requestParameters.sourceAccount',
  'requestParameters.sourceArn',
  'requestParameters.principalOrgID',
] as const;
const layers = 'requestParameters.layers';
const authType = 'requestParameters.authType';
const deployed: Words = {
  en: 'A developer deploys the function by hand, or a pipeline with keys of a user.',
  ja: '開発者が手作業で、またはパイプラインがユーザーのキーで関数をデプロイしている場合。',
};
const closed: Words = {
  en: 'Take the permission back unless it is meant, and look in the logs of the function for who called it.',
  ja: '意図したものでなければ許可を取り消し、誰が呼び出したか関数のログを確認してください。',
};
const published: Words = {
  en: 'The function is a public web endpoint on purpose.',
  ja: '公開の Web エンドポイントとして意図的に使っている場合。',
};

export const functionsChanged: readonly Detector[] = [
  onCall<Read>({
    type: 'Persistence:Lambda/AccountManipulation',
    signal: 'LambdaFunctionPublicAccess',
    title: { en: 'Everybody may invoke a function', ja: '関数の呼び出しが全世界に許可されました' },
    advice: closed,
    falsePositives: published,
    severity: 8,
    technique: 'T1098',
    calls: 'lambda:AddPermission lambda:AddLayerVersionPermission',
    target: [functionName],
    reads: [principal, ...narrowing],
    when: (seen) => seen.text(principal) === '*' && !isNarrowed(seen),
    fires: {
      'to everybody': { name: 'lambda:AddPermission20150331v2', request: { functionName: 'f', principal: '*' } },
    },
    stays: {
      'to everybody of the organisation': {
        request: { functionName: 'f', principal: '*', principalOrgID: 'o-example' },
      },
      'to a service': { request: { functionName: 'f', principal: 's3.amazonaws.com' } },
    },
  }),
  onCall<Read>({
    type: 'Custom:LambdaFunction/ForeignInvoker',
    title: { en: 'Another account may invoke a function', ja: '関数の呼び出しが外部のアカウントに許可されました' },
    advice: closed,
    falsePositives: { en: 'Another account of yours is connected.', ja: '自社の別アカウントを接続している場合。' },
    severity: 5,
    technique: 'T1098',
    calls: 'lambda:AddPermission',
    target: [functionName],
    reads: [principal],
    when: (seen, world) => {
      const account = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::|$)/.exec(seen.text(principal) ?? '')?.[1];
      return account !== undefined && isForeign(account, seen, world);
    },
    fires: {
      'to another account': {
        name: 'lambda:AddPermission20150331v2',
        request: { functionName: 'f', principal: '444455556666' },
      },
    },
    stays: { 'to the own account': { request: { functionName: 'f', principal: '111122223333' } } },
  }),
  onCall({
    type: 'Persistence:Lambda/ModifyAuthenticationProcess',
    signal: 'LambdaFunctionUrlPublicAccess',
    title: { en: 'A function has a URL that asks nobody who they are', ja: '認証なしの関数 URL が作成されました' },
    advice: closed,
    falsePositives: published,
    severity: 8,
    technique: 'T1556',
    calls: 'lambda:CreateFunctionUrlConfig lambda:UpdateFunctionUrlConfig',
    target: [functionName],
    reads: [authType],
    when: (seen) => seen.text(authType) === 'NONE',
    fires: {
      'without authentication': {
        name: 'lambda:CreateFunctionUrlConfig20211031',
        request: { functionName: 'f', authType: 'NONE' },
      },
    },
    stays: { 'with authentication': { request: { functionName: 'f', authType: 'AWS_IAM' } } },
  }),
  exceptRoutine(
    onCall({
      type: 'Custom:LambdaFunction/CodeOverwritten',
      title: { en: 'The code of a function was replaced', ja: '関数のコードが置き換えられました' },
      advice: {
        en: 'Compare the code with what your pipeline built. If they differ, put it back and treat the role of the function as stolen.',
        ja: 'パイプラインの成果物とコードを比較し、異なる場合は元に戻して関数のロールを侵害されたものとして扱ってください。',
      },
      falsePositives: deployed,
      severity: 2,
      technique: 'T1525',
      calls: 'lambda:UpdateFunctionCode',
      target: [functionName],
      reads: ['requestParameters.dryRun'],
      when: (seen) => seen.flag('requestParameters.dryRun') !== true && !byPipeline(seen),
      fires: { 'it is replaced': { name: 'lambda:UpdateFunctionCode20150331v2', request: { functionName: 'f' } } },
      stays: {
        'only tried': { request: { functionName: 'f', dryRun: true } },
        'a pipeline deploys': { by: 'pipeline:Deploy', request: { functionName: 'f' } },
      },
    }),
    { name: 'lambda:UpdateFunctionCode20150331v2', request: { functionName: 'f' } },
  ),
  onCall({
    type: 'Custom:LambdaFunction/LayerAdded',
    title: { en: 'A layer was added to a function', ja: '関数にレイヤーが追加されました' },
    advice: {
      en: 'Ask whose layer it is: its code runs inside the function, before the code of the function.',
      ja: 'レイヤーの提供元を確認してください。レイヤーのコードは関数の中で、関数本体より先に実行されます。',
    },
    falsePositives: deployed,
    severity: (seen) => (seen.list(layers).some((arn) => arn.split(':')[4] !== seen.account) ? 5 : 2),
    technique: 'T1525',
    calls: 'lambda:UpdateFunctionConfiguration',
    target: [functionName],
    reads: [layers],
    when: (seen) => seen.list(layers).length > 0 && !byPipeline(seen),
    fires: {
      'of another account': {
        name: 'lambda:UpdateFunctionConfiguration20150331v2',
        request: { functionName: 'f', layers: ['arn:aws:lambda:us-west-2:444455556666:layer:x:1'] },
      },
      'of the own account': {
        request: { functionName: 'f', layers: ['arn:aws:lambda:us-west-2:111122223333:layer:x:1'] },
      },
    },
    stays: {
      'only the memory is changed': { request: { functionName: 'f', memorySize: 256 } },
      'a pipeline deploys': {
        by: 'pipeline:Deploy',
        request: { functionName: 'f', layers: ['arn:aws:lambda:us-west-2:444455556666:layer:x:1'] },
      },
    },
  }),
];

type Read = typeof functionName | typeof principal | (typeof narrowing)[number];

function isNarrowed(seen: Seen<Read>): boolean {
  return narrowing.some((path) => seen.has(path));
}
