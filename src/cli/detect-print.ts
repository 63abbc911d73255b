import { derivedForm, toGuardDuty } from '../aws/findings/guardduty.ts';
import type { Finding } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { DetectReport } from '../run/detect-logs.ts';
import { findingsTable } from './findings-table.ts';
import { limits } from './limits.ts';
import type { Terminal } from './terminal.ts';

export function printJson(terminal: Terminal, finding: Finding): void {
  terminal.out(`${JSON.stringify(toGuardDuty(finding, derivedForm))}\n`);
}

export function printSummary(terminal: Terminal, report: DetectReport): void {
  const { findings, files, activities, problems, passed, duplicates, late, idle, evicted } = report;
  const summary = { findings: findings.length, files, activities, problems, passed, duplicates, late, idle, evicted };
  terminal.out(`${JSON.stringify({ summary })}\n`);
}

export function printForPeople(terminal: Terminal, report: DetectReport): void {
  const { findings, files, activities, problems, passed, idle, late } = report;
  if (findings.length > 0) terminal.out(`${findingsTable(findings, terminal.locale)}\n\n`);
  const counted = {
    en: `${findings.length} findings in ${activities} records of ${files} files`,
    ja: `${files} ファイル、${activities} 件の記録から ${findings.length} 件を検出`,
  };
  terminal.out(`${terminal.say(counted)}\n`);
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  if (list(problems) !== '')
    terminal.out(`${terminal.say({ en: 'problems', ja: '読めなかったもの' })}: ${list(problems)}\n`);
  if (list(passed) !== '')
    terminal.out(`${terminal.say({ en: 'read, without activity', ja: '対象外として読んだもの' })}: ${list(passed)}\n`);
  if (late > 0) terminal.out(`${terminal.say({ en: 'records out of order', ja: '順序外の記録' })}: ${late}\n`);
  printIdle(terminal, idle);
}

/** Why detectors could not speak, and how many; their names are in the summary of --json. */
function printIdle(terminal: Terminal, idle: DetectReport['idle']): void {
  if (idle.length === 0) return;
  const counts = new Map<string, number>();
  for (const { why } of idle) counts.set(terminal.say(why), (counts.get(terminal.say(why)) ?? 0) + 1);
  const head = {
    en: `idle for want of data: ${idle.length} detectors (named by --json)`,
    ja: `データがないため停止中の検出器: ${idle.length} 件（名前は --json で表示）`,
  };
  const reasons = [...counts].map(([why, count]) => `  ${why}: ${count}\n`);
  terminal.out(`${terminal.say(head)}\n${reasons.join('')}`);
}

export class Problems {
  readonly #write: (text: string) => void;
  #shown = 0;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  show({ place, code, reason }: Problem, file: string): void {
    if (++this.#shown > limits.problemsShown) return;
    this.#write(`${file}:${place.offset}: ${code}: ${reason}\n`);
  }
}
