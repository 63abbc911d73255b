import type { Finding, Resource } from '../model/finding.ts';
import { levelOf } from '../model/finding.ts';
import type { Locale, Words } from '../model/words.ts';

/** Findings for people: the gravest first, then by time. */
export function findingsTable(findings: readonly Finding[], locale: Locale): string {
  const rows = [...findings]
    .sort((a, b) => b.severity - a.severity || a.firstSeen - b.firstSeen)
    .map((finding) => [
      `${levels[levelOf(finding.severity)][locale]} ${finding.severity}`,
      finding.type,
      subjectOf(finding.resource),
      String(finding.count),
      timeText(finding.firstSeen),
      finding.title[locale],
    ]);
  const table = [headings.map((heading) => heading[locale]), ...rows];
  const widths = headings.map((_, column) => Math.max(...table.map((row) => widthOf(row[column] ?? ''))));
  return table
    .map((row) =>
      row
        .map((cell, column) => padded(cell, widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const headings: readonly Words[] = [
  { en: 'SEVERITY', ja: '重要度' },
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

function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Columns of a terminal: East Asian characters take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
      character,
    )
      ? 2
      : 1;
  return width;
}
