import type { Words } from '../../../model/words.ts';
import type { Detector } from '../../detector.ts';
import { onBurst } from '../../on-burst.ts';
import { onCall } from '../../on-call.ts';
import { thresholds } from '../../thresholds.ts';

const advice: Words = {
  en: 'Ask whether you send mail from this region. If not, switch sending off and revoke the caller: stolen accounts send spam and phishing.',
  ja: 'このリージョンからメールを送信しているか確認し、していなければ送信を止めて呼び出し元を失効させてください。盗まれたアカウントは迷惑メールに使われます。',
};
const falsePositives: Words = {
  en: 'An application begins to send mail.',
  ja: 'アプリケーションからのメール送信を始める場合。',
};
const domain = ['requestParameters.domain', 'requestParameters.emailIdentity'] as const;

const questions = `GetAccount GetAccountSendingEnabled GetSendQuota GetSendStatistics ListIdentities ListEmailIdentities
  GetIdentityVerificationAttributes ListVerifiedEmailAddresses ListServiceQuotas`.split(/\s+/);

export const mailMisused: readonly Detector[] = [
  onCall({
    type: 'Impact:SES/ResourceHijacking',
    signal: 'SESAccountSendingEnabled',
    title: { en: 'Sending mail was switched on for the account', ja: 'アカウントのメール送信が有効化されました' },
    advice,
    falsePositives,
    severity: 2,
    technique: 'T1496',
    calls: 'ses:UpdateAccountSendingEnabled ses:PutAccountSendingAttributes',
    reads: ['requestParameters.enabled', 'requestParameters.sendingEnabled'],
    when: (seen) => (seen.flag('requestParameters.enabled') ?? seen.flag('requestParameters.sendingEnabled')) === true,
    fires: { 'it is switched on': { request: { enabled: true } } },
    stays: { 'it is switched off': { request: { enabled: false } } },
  }),
  onCall({
    type: 'Impact:SES/ResourceHijacking',
    signal: 'SESProductionAccessEnabled',
    title: { en: 'Unlimited sending of mail was asked for', ja: 'メール送信の本番アクセスが申請されました' },
    advice,
    falsePositives,
    severity: 5,
    technique: 'T1496',
    calls: 'ses:PutAccountDetails',
    reads: ['requestParameters.productionAccessEnabled'],
    when: (seen) => seen.flag('requestParameters.productionAccessEnabled') === true,
    fires: { 'it is asked for': { request: { productionAccessEnabled: true, mailType: 'MARKETING' } } },
    stays: { 'the sandbox is kept': { request: { productionAccessEnabled: false } } },
  }),
  onCall({
    type: 'ResourceDevelopment:SES/CompromiseAccounts',
    signal: 'SESDomainIdentityVerified',
    title: { en: 'A domain was registered to send mail from', ja: '送信元ドメインが登録されました' },
    advice,
    falsePositives,
    severity: 5,
    technique: 'T1586.002',
    calls: 'ses:VerifyDomainIdentity ses:VerifyDomainDkim ses:CreateEmailIdentity',
    target: domain,
    when: (seen) => {
      const name = seen.text(domain[0]) ?? seen.text(domain[1]);
      return name !== undefined && !name.includes('@');
    },
    fires: {
      'a domain': { request: { domain: 'listed.example' } },
      'a domain by the second version': {
        name: 'ses:CreateEmailIdentity',
        request: { emailIdentity: 'listed.example' },
      },
    },
    stays: { 'one address': { name: 'ses:CreateEmailIdentity', request: { emailIdentity: 'me@listed.example' } } },
  }),
  onBurst({
    type: 'Custom:SES/SendingLimitsEnumerated',
    title: { en: 'Somebody finds out how much mail can be sent', ja: 'メールの送信枠が調べられています' },
    advice,
    falsePositives: {
      en: 'Somebody looks at the console of the mail service, or a program watches its quota in many regions.',
      ja: 'SES のコンソールを見ている場合や、複数リージョンの送信枠を監視している場合。',
    },
    severity: 5,
    technique: 'T1580',
    calls: questions.map((name) => (name === 'ListServiceQuotas' ? `servicequotas:${name}` : `ses:${name}`)).join(' '),
    reads: ['requestParameters.serviceCode', 'sessionCredentialFromConsole'],
    // The console asks all of this by itself; of the quotas only those of mail matter.
    when: (seen) =>
      !seen.has('sessionCredentialFromConsole') && (seen.text('requestParameters.serviceCode') ?? 'ses') === 'ses',
    attempts: true,
    distinct: (seen) => `${seen.name} ${seen.region}`,
    most: thresholds.mailQuestions,
    example: (index) => ({ name: `ses:${questions[index] ?? ''}` }),
    stays: { 'by the console': { more: { sessionCredentialFromConsole: 'true' } } },
  }),
];
