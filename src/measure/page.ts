import type { Judgement, Score } from './labelled/judge.ts';
import { type BackgroundOf, goal, type Noise } from './noise.ts';

export interface Measures {
  /** The day of the measurement. */
  readonly date: string;
  readonly version: string;
  readonly detectors: number;
  readonly seed: number;
  readonly noises: readonly Noise[];
  readonly labelled: readonly { readonly name: string; readonly hash: string; readonly judgement: Judgement }[];
}

/** The figures as a page of Markdown, with what they were taken from. */
export function pageOf({ date, version, detectors, seed, noises, labelled }: Measures): string {
  return [
    '<!-- Written by `yagura measure --page`: do not edit. -->',
    '',
    '# How good detection is',
    '',
    `Measured on ${date} with Yagura ${version}, ${detectors} detectors, no lists given.`,
    '',
    ...(noises.length === 0 ? [] : falseAlarms(seed, noises)),
    ...labelled.flatMap(({ name, hash, judgement }) => judgedLines(name, hash, judgement)),
  ].join('\n');
}

function falseAlarms(seed: number, noises: readonly Noise[]): readonly string[] {
  const records = Math.max(...noises.map((noise) => noise.records));
  return [
    '## False alarms',
    '',
    `\`yagura measure --background --seed ${seed}\`: about ${records} records of each log, from a company in which`,
    'nothing bad happens, all of it made by `src/measure/background`.',
    '',
    `| log | records | days | principals | above Low, per million (goal ${goal.aboveLow}) | Low, per million (goal ${goal.low}) |`,
    '|---|---|---|---|---|---|',
    ...noises.map(noiseRow),
    '',
    ...noises.flatMap(typeTable),
  ];
}

function noiseRow({ of, records, days, principals, aboveLow, low }: Noise): string {
  const per = (count: number) => `${count}, ${((count / records) * 1_000_000).toFixed(1)}`;
  return `| ${names[of]} | ${records} | ${days.toFixed(1)} | ${principals} | ${per(aboveLow)} | ${per(low)} |`;
}

const names: Readonly<Record<BackgroundOf, string>> = {
  calls: 'CloudTrail',
  flows: 'VPC flow logs',
  queries: 'Resolver query logs',
  balancers: 'ALB access logs',
  distributions: 'CloudFront logs',
  acls: 'WAF logs',
  objects: 'S3 server access logs',
};

function typeTable({ of, byType }: Noise): readonly string[] {
  if (byType.length === 0) return [];
  return [
    `### ${names[of]}`,
    '',
    '| type | level | findings | one of them |',
    '|---|---|---|---|',
    ...byType.map((each) => `| ${each.type} | ${each.level} | ${each.findings} | ${cell(each.example.en)} |`),
    '',
  ];
}

function judgedLines(name: string, hash: string, judgement: Judgement): readonly string[] {
  const { cases, unread, whole, detectors, groups, missed, spurious } = judgement;
  const wrong = (list: Judgement['missed']) =>
    list.map(
      ({ group, name: of, types }) => `- ${[group, of].filter((each) => each !== '').join(': ')} (${types.join(', ')})`,
    );
  return [
    `## ${name}`,
    '',
    `SHA-256 ${hash}; ${cases} cases, ${unread.length} of them in no format that is read.`,
    `Expected and found ${whole.hits}, missed ${whole.missed}, found where nothing was expected ${whole.spurious}:`,
    `precision ${percent(whole.precision)}, recall ${percent(whole.recall)}.`,
    '',
    ...scoreTable('detector', detectors),
    ...(groups.some((group) => group.name !== '') ? scoreTable('rule', groups) : []),
    ...section('Missed', wrong(missed)),
    ...section('Spurious', wrong(spurious)),
    ...section(
      'Not read',
      unread.map((each) => `- ${each}`),
    ),
  ];
}

function scoreTable(title: string, scores: readonly Score[]): readonly string[] {
  const row = ({ name, hits, missed, spurious, precision, recall }: Score) =>
    `| ${name || '-'} | ${hits} | ${missed} | ${spurious} | ${percent(precision)} | ${percent(recall)} |`;
  return [
    `| ${title} | hits | missed | spurious | precision | recall |`,
    '|---|---|---|---|---|---|',
    ...scores.map(row),
    '',
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${title}`, '', ...lines, ''];
}

export function percent(share: number | undefined): string {
  return share === undefined ? '-' : `${(share * 100).toFixed(0)} %`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
