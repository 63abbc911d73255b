import { pack } from '../../detect/detectors/index.ts';
import { listUses } from '../../detect/world.ts';
import { type Level, levelOf, levels } from '../../model/finding.ts';
import type { Words } from '../../model/words.ts';
import { findFiles } from '../../run/adapters/files/find.ts';
import { type DetectReport, detectLogs } from '../../run/detect-logs.ts';
import { UserError } from '../../run/errors.ts';
import { HeapBound } from '../../run/heap.ts';
import type { Command } from '../command.ts';
import { foundAsJson, foundForPeople } from '../detect-found.ts';
import { looksOf } from '../detect-looks.ts';
import { Problems, printForPeople, printSummary } from '../detect-print.ts';
import { detectProgress } from '../detect-progress.ts';
import { scopeOf } from '../detect-scope.ts';
import { trustedGiven, worldGiven } from '../detect-world.ts';
import { type Exit, exit } from '../exit.ts';
import { stoppedByInterrupt } from '../interrupt.ts';
import type { Invocation } from '../invocation.ts';

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
        en: 'addresses, names and hashes that are bad: lines, CSV, STIX 2.1 or a MISP export',
        ja: '悪性のアドレス、名前、ハッシュのリスト (1 行に 1 つ、CSV、STIX 2.1、MISP)',
      },
    },
    {
      flags: '--known-list <files...>',
      words: { en: 'a threat feed, for the types without .Custom', ja: '脅威フィード（.Custom の付かないタイプ用）' },
    },
    {
      flags: '--trusted-list <files...>',
      words: { en: 'addresses that make no findings', ja: '検出の対象外とするアドレス' },
    },
    { flags: '--tor-list <files...>', words: { en: 'Tor exit nodes', ja: 'Tor の出口ノード' } },
    {
      flags: '--list <use=file...>',
      words: {
        en: `a list for another use: ${listUses.slice(3).join(', ')}`,
        ja: `その他の用途のリスト: ${listUses.slice(3).join('、')}`,
      },
    },
    {
      flags: '--address-owners <files...>',
      words: {
        en: 'whose public addresses are: lines of address or range, comma, account id',
        ja: 'パブリックアドレスの所有アカウント (「アドレスまたは範囲,アカウント ID」の行)',
      },
    },
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
      flags: '--until <time>',
      words: { en: 'judge nothing from then on', ja: 'これ以降の記録は判定しない' },
    },
    { flags: '--accounts <ids...>', words: { en: 'judge only these accounts', ja: 'これらのアカウントのみ判定' } },
    { flags: '--regions <names...>', words: { en: 'judge only these regions', ja: 'これらのリージョンのみ判定' } },
    {
      flags: '--summary',
      words: {
        en: 'what each principal did, from where, in which sessions',
        ja: 'プリンシパルごとの操作、送信元、セッションの要約',
      },
    },
    {
      flags: '--report <file>',
      words: { en: 'write one HTML page of all this', ja: 'すべてを 1 つの HTML ファイルに出力' },
    },
    {
      flags: '--explain <type or id>',
      words: {
        en: 'why a detector spoke, or stayed quiet, on these records; what made a finding',
        ja: '検出器が反応した理由、または反応しなかった理由。ID なら検出結果のもとになった記録',
      },
    },
    {
      flags: '--workers <number>',
      words: {
        en: 'threads: beside the first, each unpacks and scans files (default: by size and processors)',
        ja: '使うスレッド数。2 本目以降はファイルの展開と走査を行う (既定: 入力量と CPU 数による)',
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
    const fromStdin = invocation.arguments.includes('-');
    const files = filesOf(invocation);
    const world = worldGiven(invocation);
    const looks = looksOf(invocation, world);
    const line = detectProgress(terminal, fromStdin);
    const shown = new Problems(files, terminal, (text) => {
      line.clear();
      terminal.err(text);
    });
    const json = invocation.flag('json');
    const isWatched = terminal.live || fromStdin;
    const told = json
      ? foundAsJson(terminal, line.clear)
      : foundForPeople(terminal, isWatched ? line.above : undefined);
    const { signal, release } = stoppedByInterrupt();
    signal.addEventListener('abort', () => terminal.stdin.destroy());
    const report = await detectLogs({
      files,
      ...(fromStdin ? { stdin: terminal.stdin } : {}),
      scope: scopeOf(invocation),
      stop: signal,
      ...workersGiven(invocation),
      pack,
      world,
      trusted: trustedGiven(invocation),
      ...looks.sees,
      found: told.found,
      forgotten: told.forgotten,
      problem: (problem) => shown.show(problem),
      progress: line.show,
    }).finally(release);
    line.clear();
    if (report.isStopped) terminal.err(`${terminal.say(stoppedWords)}\n`);
    // All that was found is still there, and telling it must not let the heap grow.
    new HeapBound().look();
    told.ended(report.findings);
    if (!json) printForPeople(terminal, report);
    looks.tell(report, files);
    if (json) printSummary(terminal, report);
    return exitOf(report, failOn, invocation.flag('strict'));
  },
};

const stoppedWords: Words = {
  en: 'interrupted: this is what was found until then',
  ja: '中断しました。ここまでの検出結果を表示します',
};

function workersGiven(invocation: Invocation): { readonly workers?: number } {
  if (invocation.text('workers') === undefined) return {};
  return { workers: invocation.whole('workers', { min: 1, max: 16, fallback: 2 }) };
}

function exitOf(report: DetectReport, failOn: Level, strict: boolean): Exit {
  if (report.isStopped) return exit.interrupted;
  const problems = Object.values(report.problems).reduce((sum, count) => sum + count, 0);
  const isRead = report.activities + report.duplicates + report.outOfScope > 0 || Object.keys(report.passed).length > 0;
  if ((strict && problems > 0) || (!isRead && problems > 0)) return exit.usage;
  const isGrave = ({ severity }: { readonly severity: number }) =>
    levels.indexOf(levelOf(severity)) >= levels.indexOf(failOn);
  return report.findings.some(isGrave) || (report.forgotten.count > 0 && isGrave(report.forgotten))
    ? exit.judged
    : exit.expected;
}

function filesOf(invocation: Invocation): readonly string[] {
  const paths = invocation.arguments.filter((path) => path !== '-');
  const { files, missing, streams } = findFiles(paths, invocation.terminal.cwd);
  if (streams[0] !== undefined) throw notAFile(streams[0]);
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

function notAFile(path: string): UserError {
  return new UserError({
    code: 'DETECT_NOT_A_FILE',
    message: { en: `"${path}" is a pipe or a device`, ja: `"${path}" はパイプまたはデバイスです` },
    expected: {
      en: 'files, which can be put in order, or - for one stream in its own order',
      ja: '順序を決められるファイル、または届いた順に読む標準入力 -',
    },
    hint: 'zcat logs/*.gz | yagura detect -',
  });
}
