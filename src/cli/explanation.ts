import type { Explanation } from '../detect/explain.ts';
import type { Evidence } from '../model/activity.ts';
import type { Finding } from '../model/finding.ts';
import { harmlessWord } from './harmless.ts';
import { placeText } from './place-text.ts';
import type { Terminal } from './terminal.ts';

/** Why a detector spoke or stayed quiet, for people. */
export function explanationText(told: Explanation, files: readonly string[], terminal: Terminal): string {
  const { detector, idle, listens, ofKind, reached, met, spoke, windowMs } = told;
  const { say } = terminal;
  const calls = [...(listens.calls ?? []), ...(listens.families ?? [])].join(', ') || listens.kind;
  const minutes = windowMs / 60_000;
  const waits = {
    en: `it counts, learns or waits for the next step within ${minutes} minutes`,
    ja: `${minutes} 分以内の回数、学習、または次の段階を待っています`,
  };
  const lines = [
    `\n${detector}`,
    ...(idle === undefined ? [] : [`  ${say({ en: 'idle', ja: '停止中' })}: ${say(idle)}`]),
    `  ${say({ en: 'records of its kind', ja: '同じ種類の記録' })} (${listens.kind}): ${ofKind}`,
    `  ${say({ en: 'that it listens to', ja: '監視対象' })}: ${reached} (${calls})`,
    `  ${say({ en: 'that met its conditions', ja: '条件に合致' })}: ${met}`,
    ...told.unmet.map((each) => lineOf('✗', each, files, terminal)),
    `  ${say({ en: 'that made it speak', ja: '検出に至った' })}: ${spoke}${met > spoke && windowMs > 0 ? ` (${say(waits)})` : ''}`,
    ...told.waiting.map((each) => lineOf('…', each, files, terminal)),
    ...told.speaking.map((each) => lineOf('✓', each, files, terminal)),
  ];
  return `${lines.join('\n')}\n`;
}

/** What made one finding, activity by activity; of a story, also the findings that went into it. */
export function findingText(
  finding: Finding,
  stages: readonly Finding[],
  files: readonly string[],
  terminal: Terminal,
): string {
  const { say, locale } = terminal;
  const unkept = finding.count - finding.evidence.length;
  const more = { en: `and ${unkept} more, of which only the number is kept`, ja: `ほか ${unkept} 件（件数のみ記録）` };
  const lines = [
    `${finding.id} ${finding.type} ${finding.severity}: ${finding.title[locale]}`,
    `  ${finding.description[locale]}`,
    ...stages.map(({ id, type, title }) => `  └ ${id} ${type}: ${title[locale]}`),
  ].map(harmlessWord);
  const evidence = finding.evidence.map((each) => lineOf('✓', each, files, terminal));
  return `\n${[...lines, ...evidence, ...(unkept > 0 && stages.length === 0 ? [`    ${say(more)}`] : [])].join('\n')}\n`;
}

function lineOf(
  mark: string,
  { time, source, name, principal, address, error, place }: Evidence,
  files: readonly string[],
  terminal: Terminal,
) {
  const at = placeText(place, files, terminal);
  const who = [principal, address].filter((part) => part !== '').join(' ');
  const outcome = error === '' ? '' : ` (${error})`;
  return harmlessWord(`    ${mark} ${new Date(time).toISOString()} ${source}:${name}${outcome} ${who}  ${at}`);
}
