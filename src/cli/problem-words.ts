import type { Words } from '../model/words.ts';

/**
 * What a problem's code says. The reason beside it quotes what was read, in English, as logs and AWS's own APIs are; its
 * kind, and what it is counted under, speak the reader's language.
 */
export const problemWords: Readonly<Record<string, Words>> = {
  'alb-line': { en: 'a broken line of a load balancer', ja: 'ロードバランサーのログの壊れた行' },
  'auth-line': { en: 'a line that is no syslog', ja: 'syslog ではない行' },
  'auth-time': { en: 'a line that does not say when', ja: '年またはタイムゾーンが分からない行' },
  'cloudfront-header': { en: 'a line before the header', ja: 'ヘッダーより前の行' },
  'cloudfront-line': { en: 'a broken line of CloudFront', ja: 'CloudFront のログの壊れた行' },
  'csv-columns': { en: 'CSV without columns that records have', ja: '記録に必要な列が足りない CSV' },
  'csv-history': { en: 'event history as CSV', ja: 'イベント履歴の CSV。JSON での保存が必要' },
  'csv-row': { en: 'a broken row of CSV', ja: 'CSV の壊れた行' },
  'dns-incomplete': { en: 'a query without a time', ja: '時刻のない DNS クエリ' },
  'file-cut': { en: 'a file that ends too soon', ja: '途中で終わっているファイル' },
  'file-damaged': { en: 'a damaged file', ja: '壊れていて続きを読めないファイル' },
  'file-malformed': { en: 'a file whose JSON breaks', ja: 'JSON が壊れていて続きを読めないファイル' },
  'file-not-asked-for': { en: 'a log that no detector asks for', ja: '検出に使われない種類のログ' },
  'file-packed': { en: 'a file to unpack first', ja: '先に展開または変換が必要なファイル' },
  'file-unknown': { en: 'a file of no known log', ja: 'ログとして認識できないファイル' },
  'file-unreadable': { en: 'a file that may not be read', ja: '読み取れないファイル' },
  'finding-incomplete': { en: 'a finding without a time', ja: '時刻のない検出結果' },
  'flow-field-unknown': { en: 'fields that no flow log has', ja: 'フローログにないフィールド' },
  'flow-fields': { en: 'a flow record of another width', ja: 'フィールド数の合わないフローログの行' },
  'flow-header': { en: 'flow records of other fields', ja: 'フィールドの並びが分からないフローログ' },
  'flow-incomplete': { en: 'a flow record without its data', ja: '時刻または action のないフローログの行' },
  'line-too-long': { en: 'a line that is too long', ja: '長すぎる行' },
  'log-event-malformed': { en: 'a broken log event', ja: '壊れたログイベント' },
  'log-events-unknown': { en: 'log events of no known log', ja: '既知のログを含まないログイベント' },
  'ocsf-unknown': { en: 'OCSF of another source', ja: '対象外のソースの OCSF' },
  'parquet-damaged': { en: 'damaged Parquet', ja: '壊れた Parquet' },
  'parquet-unknown': { en: 'Parquet of no known log', ja: '既知のログの列がない Parquet' },
  'record-cut': { en: 'a record that ends too soon', ja: '途中で終わっている記録' },
  'record-incomplete': { en: 'a record without what every one has', ja: '必須項目のない記録' },
  'record-malformed': { en: 'a record whose JSON breaks', ja: 'JSON が壊れている記録' },
  'record-not-an-object': { en: 'a value that is no record', ja: '記録ではない値' },
  'record-too-large': { en: 'a record that is too large', ja: '大きすぎる記録' },
  'record-unknown': { en: 'a record of no known log', ja: '既知のログではない記録' },
  's3-access-line': { en: 'a broken line of S3 access', ja: 'S3 サーバーアクセスログの壊れた行' },
  'waf-incomplete': { en: 'a web ACL record without a time', ja: '時刻のない WAF の記録' },
};

/** What is read and carries no activity, by the name under which it is counted. */
export const passedWords: Readonly<Record<string, Words>> = {
  NODATA: { en: 'intervals without traffic', ja: '通信がなかった区間' },
  SKIPDATA: { en: 'intervals that were not recorded', ja: '記録が省略された区間' },
  'auth-other': { en: 'other lines of hosts', ja: 'ログイン以外のホストの行' },
  'control message': { en: 'control messages of CloudWatch Logs', ja: 'CloudWatch Logs の制御メッセージ' },
  digest: { en: 'digests of CloudTrail', ja: 'CloudTrail のダイジェスト' },
  insight: { en: 'Insights of CloudTrail', ja: 'CloudTrail Insights イベント' },
  'journal-other': { en: 'entries of a journal without a message', ja: 'メッセージのないジャーナルの項目' },
  'log-event-other': { en: 'events of other logs', ja: 'その他のログイベント' },
  'sample finding': { en: 'samples of findings', ja: 'サンプルの検出結果' },
  'write test': { en: 'files by which a service tries a bucket', ja: 'サービスの書き込み確認用ファイル' },
};

/** `file-unknown (a file of no known log) 2`, for each. */
export function countedWords(counts: Readonly<Record<string, number>>, words: Readonly<Record<string, Words>>): Words {
  const list = Object.entries(counts);
  return {
    en: list.map(([code, count]) => `${explained(code, words).en} ${count}`).join(', '),
    ja: list.map(([code, count]) => `${explained(code, words).ja} ${count} 件`).join('、'),
  };
}

/** The code before its reason, which says more of it in English. */
export function codeWords(code: string): Words {
  return { en: code, ja: explained(code, problemWords).ja };
}

function explained(code: string, words: Readonly<Record<string, Words>>): Words {
  const said = words[code];
  return said === undefined ? { en: code, ja: code } : { en: `${code} (${said.en})`, ja: `${code}（${said.ja}）` };
}
