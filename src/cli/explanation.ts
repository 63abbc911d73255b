import type { Explanation } from '../detect/explain.ts';
import type { Evidence } from '../model/activity.ts';
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
    ...told.unmet.map((each) => lineOf('✗', each, files)),
    `  ${say({ en: 'that made it speak', ja: '検出に至った' })}: ${spoke}${met > spoke && windowMs > 0 ? ` (${say(waits)})` : ''}`,
    ...told.waiting.map((each) => lineOf('…', each, files)),
    ...told.speaking.map((each) => lineOf('✓', each, files)),
  ];
  return `${lines.join('\n')}\n`;
}

function lineOf(
  mark: string,
  { time, source, name, principal, address, error, place }: Evidence,
  files: readonly string[],
) {
  const at = `${files[place.file] ?? '-'}:${place.offset}`;
  const who = [principal, address].filter((part) => part !== '').join(' ');
  const outcome = error === '' ? '' : ` (${error})`;
  return `    ${mark} ${new Date(time).toISOString()} ${source}:${name}${outcome} ${who}  ${at}`;
}
