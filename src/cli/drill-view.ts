import type { Judged } from '../drill/judge.ts';
import type { DrillResult, Moment, Stage } from '../drill/result.ts';
import type { Locale, Words } from '../model/words.ts';
import { ends } from './respond-view.ts';
import { tableOf, widthOf } from './table.ts';

/** One line of the live timeline: virtual time since the drill began, stage, what. */
export function timelineLine({ time, stage, what }: Moment, began: number, locale: Locale): string {
  const name = stages[stage][locale];
  const width = Math.max(...Object.values(stages).map((words) => widthOf(words[locale])));
  return `${clockText(time - began)}  ${name}${' '.repeat(width - widthOf(name))}  ${what[locale]}`;
}

/** The table at the end, what did not hold, and the times. */
export function summaryText(result: DrillResult, judged: readonly Judged[], locale: Locale): string {
  const rows = result.findings.map((finding) => [
    finding.type,
    finding.resource,
    secondsText(finding.foundAfterS),
    secondsText(finding.answeredAfterS),
    outcomes[finding.run]?.[locale] ?? finding.run,
    outcomes[finding.verdict ?? '']?.[locale] ?? '-',
  ]);
  const table = tableOf([headings.map((heading) => heading[locale]), ...rows]);
  const held = result.expectations.filter(({ held }) => held).length;
  const count = `${held}/${result.expectations.length}`;
  const outcome: Words = result.held
    ? { en: `held: ${count} expectations`, ja: `期待どおり: ${count} 件` }
    : { en: `NOT held: ${count} expectations`, ja: `期待と異なる: 成立 ${count} 件` };
  const times: Words = {
    en: `${result.virtualSeconds} virtual seconds in ${result.realSeconds} real seconds`,
    ja: `仮想時間 ${result.virtualSeconds} 秒を実時間 ${result.realSeconds} 秒で実行`,
  };
  return [
    table,
    '',
    ...complaints(result, judged, locale),
    `${outcome[locale]}${{ en: '; ', ja: '。' }[locale]}${times[locale]}`,
    '',
  ].join('\n');
}

function complaints(result: DrillResult, judged: readonly Judged[], locale: Locale): readonly string[] {
  const saw = { en: 'saw', ja: '実際' }[locale];
  const unexpected = { en: 'not expected', ja: '予期しない検出' }[locale];
  return [
    ...judged.filter(({ held }) => !held).map((each) => `✗ ${each.name[locale]} (${saw}: ${each.saw[locale]})`),
    ...result.unexpected.map(({ type, resource }) => `✗ ${unexpected}: ${type} ${resource}`),
  ];
}

const headings: readonly Words[] = [
  { en: 'FINDING', ja: '検出' },
  { en: 'RESOURCE', ja: '対象' },
  { en: 'FOUND AFTER', ja: '検出まで' },
  { en: 'ANSWERED AFTER', ja: '対応まで' },
  { en: 'RUN', ja: '対応結果' },
  { en: 'VERDICT', ja: '判定' },
];

const stages: Readonly<Record<Stage, Words>> = {
  environment: { en: 'prepare', ja: '準備' },
  attack: { en: 'attack', ja: '攻撃' },
  finding: { en: 'finding', ja: '検出' },
  run: { en: 'answer', ja: '対応' },
  verdict: { en: 'verdict', ja: '判定' },
  mail: { en: 'mail', ja: 'メール' },
  expect: { en: 'check', ja: '確認' },
};

/** The result's own words, as `--json` has them, for people. */
const outcomes: Readonly<Record<string, Words>> = {
  ...ends,
  unfinished: { en: 'unfinished', ja: '未完了' },
  resolved: { en: 'resolved', ja: '解決' },
  remains: { en: 'remains', ja: '未解決' },
};

function secondsText(seconds: number | null): string {
  return seconds === null ? '-' : `${seconds} s`;
}

function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `+${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}
