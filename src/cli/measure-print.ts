import type { Judgement, Score, Wrong } from '../measure/labelled/judge.ts';
import { goal, type Noise } from '../measure/noise.ts';
import { percent } from '../measure/page.ts';
import { tableOf } from './table.ts';
import type { Terminal } from './terminal.ts';

export function printNoise(terminal: Terminal, { of, records, days, principals, aboveLow, low, byType }: Noise): void {
  const rows = byType.map((each) => [String(each.findings), each.level, each.type, each.example[terminal.locale]]);
  if (rows.length > 0) terminal.out(`${tableOf(rows)}\n\n`);
  terminal.out(
    `${terminal.say({
      en: `${of}: ${records} records, ${days.toFixed(1)} days, ${principals} principals: ${aboveLow} findings above Low (goal ${goal.aboveLow} per million), ${low} Low (goal ${goal.low})`,
      ja: `${of}: ${records} 件の記録、${days.toFixed(1)} 日間、${principals} プリンシパル: 低より上の検出 ${aboveLow} 件 (目標は 100 万件あたり ${goal.aboveLow})、低 ${low} 件 (目標 ${goal.low})`,
    })}\n`,
  );
}

export function printJudgement(terminal: Terminal, file: string, judgement: Judgement): void {
  const { cases, unread, whole, detectors, groups, missed, spurious } = judgement;
  terminal.out(`${file}\n\n${scoreTable(terminal, detectors)}\n\n`);
  if (groups.some(({ name }) => name !== '')) terminal.out(`${scoreTable(terminal, groups)}\n\n`);
  const list = (title: string, wrongs: readonly Wrong[]) => {
    for (const { group, name, types } of wrongs) {
      terminal.out(`${title}: ${group === '' ? '' : `${group}: `}${name} (${types.join(', ')})\n`);
    }
  };
  list(terminal.say({ en: 'missed', ja: '見逃し' }), missed);
  list(terminal.say({ en: 'spurious', ja: '誤検出' }), spurious);
  for (const each of unread) terminal.out(`${terminal.say({ en: 'not read', ja: '読めない' })}: ${each}\n`);
  const { hits, precision, recall } = whole;
  terminal.out(
    `${terminal.say({
      en: `${cases} cases, ${unread.length} not read: ${hits} found, ${whole.missed} missed, ${whole.spurious} spurious; precision ${percent(precision)}, recall ${percent(recall)}`,
      ja: `${cases} 件、うち ${unread.length} 件は未対応: 検出 ${hits}、見逃し ${whole.missed}、誤検出 ${whole.spurious}、適合率 ${percent(precision)}、再現率 ${percent(recall)}`,
    })}\n`,
  );
}

function scoreTable(terminal: Terminal, scores: readonly Score[]): string {
  const head = [
    terminal.say({ en: 'found', ja: '検出' }),
    terminal.say({ en: 'missed', ja: '見逃し' }),
    terminal.say({ en: 'spurious', ja: '誤検出' }),
    terminal.say({ en: 'precision', ja: '適合率' }),
    terminal.say({ en: 'recall', ja: '再現率' }),
    '',
  ];
  const rows = scores.map((score) => [
    ...[score.hits, score.missed, score.spurious].map(String),
    percent(score.precision),
    percent(score.recall),
    score.name,
  ]);
  return tableOf([head, ...rows]);
}
