import type { Finding, Resource } from '../model/finding.ts';
import { levelOf } from '../model/finding.ts';
import type { Locale, Words } from '../model/words.ts';
import { harmlessWord } from './harmless.ts';
import { tableOf } from './table.ts';

/** Findings for people: stories with what went into them, then the rest; the gravest first, then by time. */
export function findingsTable(findings: readonly Finding[], locale: Locale): string {
  const inOrder = [...findings].sort((a, b) => b.severity - a.severity || a.firstSeen - b.firstSeen);
  const ids = new Set(inOrder.map(({ id }) => id));
  const stages = new Map<string, Finding[]>();
  const alone: Finding[] = [];
  for (const finding of inOrder) {
    const { story } = finding;
    if (story === undefined || !ids.has(story.id)) alone.push(finding);
    if (story === undefined) continue;
    const others = stages.get(story.id);
    if (others === undefined) stages.set(story.id, [finding]);
    else others.push(finding);
  }
  const told = alone.flatMap((finding) => [
    rowOf(finding, locale, ''),
    ...(stages.get(finding.id) ?? []).map((stage) => rowOf(stage, locale, '└ ')),
  ]);
  return tableOf([headings.map((heading) => heading[locale]), ...told]);
}

/** One finding in a line, as it is found. */
export function findingLine(finding: Finding, locale: Locale): string {
  const [severity, id, type, subject, , time, what] = rowOf(finding, locale, '');
  return [time, severity, id, type, subject, what].join('  ');
}

function rowOf(finding: Finding, locale: Locale, indent: string): readonly string[] {
  return [
    `${indent}${levels[levelOf(finding.severity)][locale]} ${finding.severity}`,
    finding.id.slice(0, idDigits),
    harmlessWord(finding.type),
    harmlessWord(subjectOf(finding.resource)),
    String(finding.count),
    timeText(finding.firstSeen),
    harmlessWord(finding.title[locale]),
  ];
}

const headings: readonly Words[] = [
  { en: 'SEVERITY', ja: '重要度' },
  { en: 'ID', ja: 'ID' },
  { en: 'TYPE', ja: 'タイプ' },
  { en: 'RESOURCE', ja: '対象' },
  { en: 'COUNT', ja: '回数' },
  { en: 'FIRST SEEN', ja: '初回' },
  { en: 'WHAT', ja: '内容' },
];

const levels: Readonly<Record<ReturnType<typeof levelOf>, Words>> = {
  low: { en: 'low', ja: '低' },
  medium: { en: 'medium', ja: '中' },
  high: { en: 'high', ja: '高' },
  critical: { en: 'critical', ja: '重大' },
};

/** What the finding is about, in a word. */
export function subjectOf({ accessKey, instance, buckets, lambda, arn }: Resource): string {
  const bucket = buckets?.[0]?.name;
  if (bucket !== undefined) return bucket;
  if (instance !== undefined) return instance.instanceId || (instance.networkInterfaces[0]?.networkInterfaceId ?? '');
  if (lambda !== undefined) return lambda.functionName;
  if (arn !== undefined && arn !== '') return arn.slice(arn.lastIndexOf('/') + 1);
  return accessKey === undefined ? '' : accessKey.userName || accessKey.principalId;
}

/** Enough to name a finding by: commands take how an id begins. */
const idDigits = 8;

function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
