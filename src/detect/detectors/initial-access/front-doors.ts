import type { Detector } from '../../detector.ts';
import { onCall } from '../../on-call.ts';

const authorization = 'requestParameters.authorizationType';
const kubernetes = 'requestParameters.resourcesVpcConfig';

// Doors to the internet that ask nobody who they are.
export const frontDoors: readonly Detector[] = [
  onCall({
    type: 'Custom:APIGateway/MethodWithoutAuthorization',
    title: { en: 'An API can be called without authorization', ja: 'API が認可なしで呼び出せるようになりました' },
    advice: {
      en: 'If the API is not meant for everybody, give the method an authorizer or IAM.',
      ja: '公開を意図した API でなければ、オーソライザーまたは IAM 認可を設定してください。',
    },
    falsePositives: { en: 'A public API, or a sign-in page.', ja: '公開 API やサインインページの場合。' },
    severity: 2,
    technique: 'T1190',
    calls: 'apigateway:PutMethod apigateway:CreateRoute apigateway:UpdateRoute',
    target: ['requestParameters.restApiId', 'requestParameters.apiId'],
    reads: [authorization, 'requestParameters.apiKeyRequired', 'requestParameters.httpMethod'],
    // Browsers ask with OPTIONS before they sign anything.
    when: (seen) =>
      seen.text(authorization) === 'NONE' &&
      seen.flag('requestParameters.apiKeyRequired') !== true &&
      seen.text('requestParameters.httpMethod') !== 'OPTIONS',
    fires: {
      'a method': { request: { restApiId: 'a1', httpMethod: 'POST', authorizationType: 'NONE' } },
      'a route': { name: 'apigateway:UpdateRoute', request: { apiId: 'a1', authorizationType: 'NONE' } },
    },
    stays: {
      'with IAM': { request: { restApiId: 'a1', httpMethod: 'POST', authorizationType: 'AWS_IAM' } },
      'with a key': { request: { restApiId: 'a1', authorizationType: 'NONE', apiKeyRequired: true } },
      'the question of a browser': { request: { httpMethod: 'OPTIONS', authorizationType: 'NONE' } },
    },
  }),
  onCall({
    type: 'Custom:EKSCluster/EndpointOpened',
    title: {
      en: 'The API of a Kubernetes cluster was opened to everybody',
      ja: 'Kubernetes クラスターの API がインターネット全体に公開されました',
    },
    advice: {
      en: 'Limit publicAccessCidrs to your networks, or switch the public endpoint off.',
      ja: 'publicAccessCidrs を自社のネットワークに限定するか、パブリックエンドポイントを無効にしてください。',
    },
    falsePositives: { en: 'A test cluster without secrets.', ja: '機密のないテスト用クラスターの場合。' },
    severity: 5,
    technique: 'T1133',
    calls: 'eks:UpdateClusterConfig',
    target: ['requestParameters.name'],
    reads: [`${kubernetes}.endpointPublicAccess`, `${kubernetes}.publicAccessCidrs`],
    when: (seen) => {
      const ranges = seen.list(`${kubernetes}.publicAccessCidrs`);
      const isOpen = ranges.includes('0.0.0.0/0') || ranges.includes('::/0');
      return isOpen || (seen.flag(`${kubernetes}.endpointPublicAccess`) === true && ranges.length === 0);
    },
    fires: {
      'to every address': {
        request: { name: 'c', resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] } },
      },
      'without limits': { request: { name: 'c', resourcesVpcConfig: { endpointPublicAccess: true } } },
    },
    stays: {
      'to the office': {
        request: { name: 'c', resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['192.0.2.0/24'] } },
      },
      'it is closed': { request: { name: 'c', resourcesVpcConfig: { endpointPublicAccess: false } } },
    },
  }),
];
