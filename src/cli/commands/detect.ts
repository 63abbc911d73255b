import { derivedForm, toGuardDuty } from '../../aws/findings/guardduty.ts';
import { pack } from '../../detect/detectors/index.ts';
import { type Finding, type Level, levelOf, levels } from '../../model/finding.ts';
import type { Problem } from '../../model/problem.ts';
import { findFiles } from '../../run/adapters/files/find.ts';
import { readLists } from '../../run/adapters/files/lists.ts';
import { type DetectReport, detectLogs } from '../../run/detect-logs.ts';
import { fileWorld } from '../../run/file-world.ts';
import { timeOf } from '../../sources/time.ts';
import type { Command } from '../command.ts';
import { UserError } from '../errors.ts';
import { type Exit, exit } from '../exit.ts';
import { findingsTable } from '../findings-table.ts';
import type { Invocation } from '../invocation.ts';
import { progressLine } from '../progress-line.ts';
import type { Terminal } from '../terminal.ts';

export const detect: Command = {
  arguments: [
    {
      name: '<paths...>',
      words: {
        en: 'files, folders, patterns in quotes, or - for standard input',
        ja: 'ファイル、フォルダー、引用符付きのパターン、または標準入力を表す -',
      },
    },
  ],
  options: [
    {
      flags: '--json',
      words: {
        en: 'findings in GuardDuty JSON, a line each, then a summary',
        ja: 'GuardDuty 形式の検出結果を 1 行ずつ、最後に要約を JSON で出力',
      },
    },
    {
      flags: '--threat-list <files...>',
      words: {
        en: 'addresses and names that are bad, one a line',
        ja: '悪性のアドレスや名前を 1 行に 1 つ書いたファイル',
      },
    },
    {
      flags: '--known-list <files...>',
      words: { en: 'a threat feed, for the types without .Custom', ja: '脅威フィード（.Custom の付かないタイプ用）' },
    },
    { flags: '--tor-list <files...>', words: { en: 'Tor exit nodes', ja: 'Tor の出口ノード' } },
    {
      flags: '--fail-on <level>',
      words: {
        en: 'exit 1 from this level on: low (default), medium, high, critical',
        ja: 'この重要度以上で終了コード 1: low (既定)、medium、high、critical',
      },
    },
    {
      flags: '--since <time>',
      words: {
        en: 'judge nothing before: 2026-01-05T00:00:00Z',
        ja: 'これより前の記録は判定しない: 2026-01-05T00:00:00Z',
      },
    },
    {
      flags: '--strict',
      words: { en: 'exit 2 when anything could not be read', ja: '読めないものが 1 つでもあれば終了コード 2' },
    },
  ],
  examples: ['yagura detect logs/', "yagura detect 'logs/**/*.json.gz' --threat-list bad.txt --json"],
  async run(invocation) {
    const { terminal } = invocation;
    const failOn = invocation.choice('fail-on', levels) ?? 'low';
    const since = sinceOf(invocation);
    const fromStdin = invocation.arguments.includes('-');
    const files = filesOf(invocation);
    const shown = new Problems(terminal);
    const line = progressLine(terminal);
    const json = invocation.flag('json');
    const report = await detectLogs({
      files,
      ...(fromStdin ? { stdin: terminal.stdin } : {}),
      ...(since === undefined ? {} : { since }),
      pack,
      world: worldOf(invocation),
      found: ({ change, finding }) => {
        if (json && change === 'created') printJson(terminal, finding);
      },
      problem: (problem, file) => shown.show(problem, file),
      progress: ({ files: done, of, activities }) =>
        line.show(
          terminal.say({
            en: `${done} of ${of} files, ${activities} records`,
            ja: `${of} ファイル中 ${done}、${activities} 件`,
          }),
        ),
    });
    line.clear();
    if (json) printRest(terminal, report);
    else printForPeople(terminal, report);
    return exitOf(report, failOn, invocation.flag('strict'));
  },
};

function exitOf(report: DetectReport, failOn: Level, strict: boolean): Exit {
  const problems = Object.values(report.problems).reduce((sum, count) => sum + count, 0);
  const isRead = report.activities + report.duplicates > 0 || Object.keys(report.passed).length > 0;
  if ((strict && problems > 0) || (!isRead && problems > 0)) return exit.usage;
  const isGrave = ({ severity }: Finding) => levels.indexOf(levelOf(severity)) >= levels.indexOf(failOn);
  return report.findings.some(isGrave) ? exit.judged : exit.expected;
}

function filesOf(invocation: Invocation): readonly string[] {
  const paths = invocation.arguments.filter((path) => path !== '-');
  const { files, missing } = findFiles(paths, invocation.terminal.cwd);
  const first = missing[0];
  if (first === undefined) return files;
  throw new UserError({
    code: 'DETECT_NOTHING_THERE',
    message: { en: `"${first}" names no file`, ja: `"${first}" に当たるファイルがありません` },
    expected: {
      en: 'a file, a folder that holds files, or a pattern that matches some',
      ja: 'ファイル、ファイルのあるフォルダー、または一致するパターン',
    },
    hint: `ls ${first}`,
  });
}

function sinceOf(invocation: Invocation): number | undefined {
  const text = invocation.text('since');
  if (text === undefined) return undefined;
  const time = timeOf(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (!Number.isNaN(time)) return time;
  throw new UserError({
    code: 'DETECT_SINCE',
    message: { en: `--since "${text}" is not a time`, ja: `--since "${text}" は時刻ではありません` },
    expected: { en: 'an ISO 8601 time or date', ja: 'ISO 8601 形式の時刻または日付' },
    hint: '--since 2026-01-05T00:00:00Z',
  });
}

function worldOf(invocation: Invocation) {
  const given = (option: string, use: 'custom' | 'known' | 'tor-exit') =>
    findFiles(invocation.texts(option), invocation.terminal.cwd).files.map((path) => ({ use, path }));
  const read = readLists([
    ...given('threat-list', 'custom'),
    ...given('known-list', 'known'),
    ...given('tor-list', 'tor-exit'),
  ]);
  return fileWorld(read);
}

function printJson(terminal: Terminal, finding: Finding): void {
  terminal.out(`${JSON.stringify(toGuardDuty(finding, derivedForm))}\n`);
}

/** A finding is printed when it is made, and again at the end when it changed since: the last line of an id holds. */
function printRest(terminal: Terminal, report: DetectReport): void {
  for (const finding of report.findings)
    if (finding.count > 1 || finding.story !== undefined) printJson(terminal, finding);
  const { findings, files, activities, problems, passed, duplicates, late, idle, evicted } = report;
  const summary = { findings: findings.length, files, activities, problems, passed, duplicates, late, idle, evicted };
  terminal.out(`${JSON.stringify({ summary })}\n`);
}

function printForPeople(terminal: Terminal, report: DetectReport): void {
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
  for (const why of new Set(idle.map((each) => terminal.say(each.why)))) {
    const detectors = idle.filter((each) => terminal.say(each.why) === why).map((each) => each.detector);
    terminal.out(`${terminal.say({ en: 'idle', ja: '停止中' })} (${why}): ${detectors.join(', ')}\n`);
  }
}

class Problems {
  readonly #terminal: Terminal;
  #shown = 0;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show({ place, code, reason }: Problem, file: string): void {
    if (++this.#shown > problemsShown) return;
    this.#terminal.err(`${file}:${place.offset}: ${code}: ${reason}\n`);
  }
}

/** The rest is counted in the summary. */
const problemsShown = 100;
