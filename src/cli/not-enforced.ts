import type { Words } from '../model/words.ts';

/** What a user of real AWS could wrongly rely on. Whoever leaves something unenforced adds a line here. */
export const notEnforced: readonly Words[] = [
  {
    en: 'the isolation of functions: they are ordinary processes of this user (docs/security.md)',
    ja: '関数の隔離: 実行しているユーザーの通常のプロセスとして動きます (docs/security.md)',
  },
  {
    en: 'TLS: the endpoint speaks plain HTTP on loopback, and aws:SecureTransport is true all the same',
    ja: 'TLS: エンドポイントはループバック上の平文 HTTP ですが、aws:SecureTransport は true になります',
  },
  {
    en: 'organisation policies in the range (SCPs, RCPs) and VPC endpoint policies; `yagura iam evaluate` does evaluate them',
    ja: 'レンジ内での組織ポリシー (SCP、RCP) と VPC エンドポイントポリシー。`yagura iam evaluate` では評価されます',
  },
  {
    en: "KMS: objects with SSE-KMS are marked so, but no key's policy is asked when they are read with an identity",
    ja: 'KMS: オブジェクトの SSE-KMS は記録されますが、署名付きの読み取りではキーポリシーは評価されません',
  },
  {
    en: 'request rates and most service quotas: nothing is throttled',
    ja: 'リクエスト頻度とほとんどのサービスクォータ: スロットリングはありません',
  },
  {
    en: 'lifecycle rules: they are stored and shown, and nothing is removed by them',
    ja: 'ライフサイクルルール: 設定は保存・表示されますが、それによる削除は行われません',
  },
  {
    en: 'MFA: no device can be registered, so aws:MultiFactorAuthPresent is never true',
    ja: 'MFA: デバイスを登録できないため、aws:MultiFactorAuthPresent が true になることはありません',
  },
];
