import { derivedForm, toGuardDuty } from '../aws/findings/guardduty.ts';
import type { Finding } from '../model/finding.ts';
import type { Problem } from '../model/problem.ts';
import type { Words } from '../model/words.ts';
import type { DetectReport } from '../run/detect-logs.ts';
import { findingsTable } from './findings-table.ts';
import { harmlessWord } from './harmless.ts';
import { limits } from './limits.ts';
import { placeText } from './place-text.ts';
import { codeWords, countedWords, passedWords, problemWords } from './problem-words.ts';
import type { Terminal } from './terminal.ts';

export function printJson(terminal: Terminal, finding: Finding): void {
  terminal.out(`${JSON.stringify(toGuardDuty(finding, derivedForm))}\n`);
}

export function printSummary(terminal: Terminal, report: DetectReport): void {
  const { findings, files, activities, problems, passed, duplicates, outOfScope, late, idle, evicted, isStopped } =
    report;
  const records = { activities, duplicates, outOfScope, passed, problems, late };
  const summary = { findings: findings.length, files, ...records, idle, evicted, interrupted: isStopped };
  terminal.out(`${JSON.stringify({ summary })}\n`);
}

export function printForPeople(terminal: Terminal, report: DetectReport): void {
  const { findings, files, activities, problems, passed, duplicates, outOfScope, late, idle, evicted } = report;
  if (findings.length > 0) terminal.out(`${findingsTable(findings, terminal.locale)}\n\n`);
  const counted = {
    en: `${countOf(findings.length, 'finding')} in ${countOf(activities, 'record')} of ${countOf(files, 'file')}`,
    ja: `${files} ファイル、${activities} 件の記録から ${findings.length} 件を検出`,
  };
  terminal.out(`${terminal.say(counted)}\n`);
  const told: readonly (readonly [Words, string | number])[] = [
    [{ en: 'problems', ja: '読めなかったもの' }, terminal.say(countedWords(problems, problemWords))],
    [{ en: 'read, without activity', ja: '対象外として読んだもの' }, terminal.say(countedWords(passed, passedWords))],
    [{ en: 'read before, counted once', ja: '重複（1 回のみ判定）' }, duplicates],
    [{ en: 'out of scope, not judged', ja: '指定範囲外（判定なし）' }, outOfScope],
    [{ en: 'records out of order', ja: '順序外の記録' }, late],
    [
      { en: 'forgotten for want of room (named by --json)', ja: '上限を超えて破棄した状態（内訳は --json で表示）' },
      sumOf(evicted),
    ],
  ];
  for (const [name, value] of told) {
    if (value !== '' && value !== 0) terminal.out(`${terminal.say(name)}: ${value}\n`);
  }
  printIdle(terminal, idle);
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function sumOf(evicted: DetectReport['evicted']): number {
  return evicted.reduce((sum, { keys }) => sum + keys, 0);
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
  readonly #files: readonly string[];
  readonly #terminal: Terminal;
  readonly #write: (text: string) => void;
  #shown = 0;

  constructor(files: readonly string[], terminal: Terminal, write: (text: string) => void) {
    this.#files = files;
    this.#terminal = terminal;
    this.#write = write;
  }

  show({ place, code, reason }: Problem): void {
    if (++this.#shown > limits.problemsShown) {
      if (this.#shown === limits.problemsShown + 1) this.#write(`${this.#terminal.say(noMore)}\n`);
      return;
    }
    const kind = this.#terminal.say(codeWords(code));
    this.#write(`${harmlessWord(`${placeText(place, this.#files, this.#terminal)}: ${kind}: ${reason}`)}\n`);
  }
}

const noMore: Words = {
  en: 'further problems are counted at the end, and not shown',
  ja: 'これ以降の読めなかったものは、最後に件数のみ表示します',
};
