import { type Finding, levelOf } from '../../model/finding.ts';
import { both, type Markup, markup } from './markup.ts';
import { words } from './words.ts';

/** When each finding began and ended, in the span of all of them. */
export function timeline(findings: readonly Finding[]): Markup {
  const inOrder = [...findings].sort((a, b) => a.firstSeen - b.firstSeen || b.severity - a.severity);
  const [start, end] = spanOf(findings);
  const percent = (time: number) => (end === start ? 0 : ((time - start) / (end - start)) * 99).toFixed(2);
  const rows = inOrder.map(({ id, type, severity, firstSeen, lastSeen }) => {
    const width = (Number(percent(lastSeen)) - Number(percent(firstSeen))).toFixed(2);
    return markup`<tr class="${levelOf(severity)}"><td class="t">${timeText(firstSeen)}</td><td><a href="#${id}">${type}</a></td><td><div class="time"><i style="left:${percent(firstSeen)}%;width:${width}%"></i></div></td></tr>`;
  });
  return markup`<table><thead><tr><th>${both(words.when)}</th><th>${both(words.findings)}</th><th>${timeText(start)} – ${timeText(end)}</th></tr></thead><tbody>${rows}</tbody></table>`;
}

export function spanText(findings: readonly Finding[]): string {
  const [start, end] = spanOf(findings);
  return `${timeText(start)} – ${timeText(end)} UTC`;
}

export function timeText(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

function spanOf(findings: readonly Finding[]): readonly [number, number] {
  let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { firstSeen, lastSeen } of findings) {
    start = Math.min(start, firstSeen);
    end = Math.max(end, lastSeen);
  }
  return [start, end];
}
