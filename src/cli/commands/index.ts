import type { Listed } from '../command.ts';

/** Every command, in the order of `yagura help`. A command without its line here does not exist. */
export const commands: readonly Listed[] = [
  {
    name: 'start',
    summary: { en: 'a local AWS account on 127.0.0.1:4566', ja: '127.0.0.1:4566 でローカルの AWS アカウントを起動' },
    load: async () => (await import('./start.ts')).start,
  },
  {
    name: 'credentials',
    summary: { en: "the running range's administrator keys", ja: '起動中のレンジの管理者キーを表示' },
    load: async () => (await import('./credentials.ts')).credentials,
  },
  {
    name: 'findings',
    summary: { en: 'what the defence has found in the range', ja: 'レンジ内での検出結果' },
    load: async () => (await import('./findings.ts')).findings,
  },
  {
    name: 'respond',
    summary: {
      en: 'answer a finding: plan, run and verify, undo',
      ja: '検出結果への対応: 計画、実行と確認、取り消し',
    },
    load: async () => (await import('./respond.ts')).respond,
  },
  {
    name: 'mail',
    summary: { en: 'the mails that the range has sent', ja: 'レンジが送ったメール' },
    load: async () => (await import('./mail.ts')).mail,
  },
  {
    name: 'time',
    summary: { en: "the running range's virtual time", ja: '起動中のレンジの仮想時刻' },
    load: async () => (await import('./time.ts')).time,
  },
  {
    name: 'shell',
    summary: { en: 'a shell on a host of the running range', ja: '起動中のレンジのホストでシェルを使う' },
    load: async () => (await import('./shell.ts')).shell,
  },
  {
    name: 'why',
    summary: {
      en: 'which policy statement decided a request; what a finding was made of',
      ja: 'リクエストを判定したポリシーステートメント、または検出結果の元になった記録',
    },
    load: async () => (await import('./why.ts')).why,
  },
  {
    name: 'drill run',
    summary: {
      en: 'an attack in a range of its own: found, answered, seen to stop',
      ja: '専用レンジで攻撃を実行し、検出・対応・停止を確認',
    },
    load: async () => (await import('./drill-run.ts')).drillRun,
  },
  {
    name: 'drill list',
    summary: { en: 'the drills that come along', ja: '付属のドリル一覧' },
    load: async () => (await import('./drill-list.ts')).drillList,
  },
  {
    name: 'detect',
    summary: {
      en: 'what the logs of real accounts tell: calls, flows, queries, access, sign-ins; offline',
      ja: '実アカウントのログ（CloudTrail、フローログ、DNS、アクセスログ、SSH など）から脅威を検出（オフライン）',
    },
    load: async () => (await import('./detect.ts')).detect,
  },
  {
    name: 'measure',
    summary: {
      en: 'how good detection is: over labelled logs, and false alarms over a background',
      ja: '検出の精度を測定（ラベル付きログと、誤検出用の背景ログ）',
    },
    load: async () => (await import('./measure.ts')).measure,
  },
  {
    name: 'iam evaluate',
    summary: {
      en: 'what policies decide about a request, and why: JSON lines in, JSON lines out',
      ja: 'リクエストに対するポリシーの判定とその理由（JSON Lines で入出力）',
    },
    load: async () => (await import('./iam.ts')).iamEvaluate,
  },
  {
    name: 'doctor',
    summary: {
      en: 'what this machine offers, and what the range does not enforce',
      ja: 'この環境の状態と、レンジが強制しないことの一覧',
    },
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'demo',
    internal: true,
    summary: {
      en: "the workshop's attack, then the range it left",
      ja: 'ワークショップの攻撃を再現し、その後のレンジを公開',
    },
    load: async () => (await import('./demo.ts')).demo,
  },
];
