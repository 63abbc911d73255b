import { basename } from 'node:path';
import { pack } from '../../detect/detectors/index.ts';
import { judge, type Seen } from '../../measure/labelled/judge.ts';
import { backgrounds, isWithinGoal, type Noise } from '../../measure/noise.ts';
import { pageOf } from '../../measure/page.ts';
import { version } from '../../root.ts';
import { findFiles } from '../../run/adapters/files/find.ts';
import { readLabelled } from '../../run/adapters/files/labelled.ts';
import { UserError } from '../../run/errors.ts';
import { fileWorld } from '../../run/file-world.ts';
import { type Measured, measureBackground, measureCase } from '../../run/measure.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { Invocation } from '../invocation.ts';
import { printJudgement, printNoise } from '../measure-print.ts';
import { progressLine } from '../progress-line.ts';
import { writtenFile } from '../written-file.ts';

export const measure: Command = {
  arguments: [
    {
      name: '[files...]',
      words: {
        en: 'labelled sets: a line a case, {"name", "expect": [types] | "none" | true | false, "records": [...]}',
        ja: 'ラベル付きの記録: 1 行 1 件、{"name", "expect": [タイプ] | "none" | true | false, "records": [...]}',
      },
    },
  ],
  options: [
    {
      flags: '--background',
      words: {
        en: 'false alarms over logs in which nothing bad happens, made here: calls, flows, queries, web doors, buckets',
        ja: '何も起きていないログ（API、フロー、DNS、Web、S3）を生成し、誤検出を数える',
      },
    },
    { flags: '--records <number>', words: { en: 'how many of each: 1000000', ja: 'それぞれの件数: 1000000' } },
    { flags: '--seed <number>', words: { en: 'another background: 1', ja: '背景ログのシード: 1' } },
    { flags: '--page <file>', words: { en: 'write the figures as Markdown', ja: '結果を Markdown で書き出す' } },
    { flags: '--json', words: { en: 'figures as JSON lines', ja: '結果を JSON Lines で出力' } },
  ],
  examples: ['yagura measure labelled.jsonl', 'yagura measure --background --records 100000'],
  async run(invocation) {
    const files = filesOf(invocation);
    const isBackground = invocation.flag('background');
    if (files.length === 0 && !isBackground) throw nothingToMeasure();
    const page = writtenFile(invocation, 'page');
    const measured = { pack, world: fileWorld({ lists: { match: () => undefined }, uses: new Set() }) };
    const seed = invocation.whole('seed', { min: 0, max: 4_294_967_295, fallback: 1 });
    const noises = isBackground ? await noisesOf(invocation, measured, seed) : [];
    const judged = [];
    for (const file of files) judged.push(await judgedOf(invocation, measured, file));
    page?.write(pageOf({ ...today(), seed, noises, labelled: judged }));
    const isAsLabelled = judged.every(({ judgement: { whole } }) => whole.missed + whole.spurious === 0);
    const asExpected = noises.every(isWithinGoal) && isAsLabelled;
    return asExpected ? exit.expected : exit.judged;
  },
};

async function noisesOf(invocation: Invocation, measured: Measured, seed: number): Promise<readonly Noise[]> {
  const { terminal } = invocation;
  const records = invocation.whole('records', { min: 1, max: 100_000_000, fallback: 1_000_000 });
  const line = progressLine(terminal);
  const noises: Noise[] = [];
  for (const of of backgrounds) {
    const progress = (done: number) =>
      line.show(terminal.say({ en: `${of}: ${done} of ${records} records`, ja: `${of}: ${records} 件中 ${done}` }));
    const noise = await measureBackground(measured, { of, seed, records, progress });
    line.clear();
    if (invocation.flag('json')) terminal.out(`${JSON.stringify({ background: { seed, ...noise } })}\n`);
    else printNoise(terminal, noise);
    noises.push(noise);
  }
  return noises;
}

async function judgedOf(invocation: Invocation, measured: Measured, file: string) {
  const { terminal } = invocation;
  const { cases, hash, problems } = await readLabelled(file);
  for (const { line, problem } of problems) terminal.err(`${file}:${line}: ${problem}\n`);
  if (cases.length === 0) throw noCases(file);
  const seen: Seen[] = [];
  for (const each of cases) seen.push(await measureCase(measured, each));
  const judgement = judge(seen);
  if (invocation.flag('json')) terminal.out(`${JSON.stringify({ labelled: { file, hash, ...judgement } })}\n`);
  else printJudgement(terminal, file, judgement);
  return { name: basename(file), hash, judgement };
}

function today() {
  return { date: new Date().toISOString().slice(0, 10), version: version(), detectors: pack.length };
}

function filesOf({ arguments: paths, terminal }: Invocation): readonly string[] {
  const { files, missing } = findFiles(paths, terminal.cwd);
  const [first] = missing;
  if (first === undefined) return files;
  throw new UserError({
    code: 'MEASURE_NOTHING_THERE',
    message: { en: `"${first}" names no file`, ja: `"${first}" に当たるファイルがありません` },
    expected: { en: 'a labelled set, a line a case', ja: '1 行に 1 件のラベル付きの記録' },
    hint: `ls ${first}`,
  });
}

function noCases(file: string): UserError {
  return new UserError({
    code: 'MEASURE_NO_CASES',
    message: { en: `"${file}" has no case`, ja: `"${file}" にケースがありません` },
    expected: '{"name": "…", "expect": ["Type:Resource/Name"], "records": [{…}]}',
    hint: `head -1 ${file}`,
  });
}

function nothingToMeasure(): UserError {
  return new UserError({
    code: 'MEASURE_NOTHING',
    message: { en: 'there is nothing to measure', ja: '測定する対象がありません' },
    expected: { en: 'a labelled set, or --background', ja: 'ラベル付きの記録、または --background' },
    hint: 'yagura measure --background',
  });
}
