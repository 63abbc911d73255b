import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Detector } from '../detect/detector.ts';
import { pack } from '../detect/detectors/index.ts';
import { Explainer } from '../detect/explain.ts';
import { familyOf } from '../detect/families.ts';
import type { World } from '../detect/world.ts';
import { Principals } from '../investigate/principals.ts';
import { report as reportOf } from '../investigate/report/report.ts';
import type { Activity } from '../model/activity.ts';
import type { Finding, Sighting } from '../model/finding.ts';
import type { Words } from '../model/words.ts';
import type { DetectReport } from '../run/detect-logs.ts';
import { UserError } from './errors.ts';
import { explanationText } from './explanation.ts';
import type { Invocation } from './invocation.ts';
import { nearest } from './nearest.ts';
import { foldedText, summaryText } from './summary-text.ts';

/** What looks at the activities beside the detectors, only where somebody asked for it. */
export interface Looks {
  readonly sees: { judged?(activity: Activity): void; sighted?(sighting: Sighting): void };
  tell(report: DetectReport, files: readonly string[]): void;
}

export function looksOf(invocation: Invocation, world: World): Looks {
  const { terminal } = invocation;
  const json = invocation.flag('json');
  const file = invocation.text('report');
  const wantsSummary = invocation.flag('summary');
  const remoteIp = world.remoteIp;
  const principals = wantsSummary || file !== undefined ? new Principals({ family: familyOf, remoteIp }) : undefined;
  const explainers = explained(invocation.text('explain')).map((detector) => new Explainer(detector, world));
  const eyes = [...(principals === undefined ? [] : [principals]), ...explainers];
  return {
    sees: {
      ...(eyes.length === 0 ? {} : { judged: (activity) => eyes.forEach((eye) => void eye.see(activity)) }),
      ...(principals === undefined ? {} : { sighted: (sighting) => principals.mark(sighting) }),
    },
    tell(report, files) {
      for (const explainer of explainers) {
        const told = explainer.told();
        terminal.out(json ? `${JSON.stringify({ explanation: told })}\n` : explanationText(told, files, terminal));
      }
      if (principals === undefined) return;
      if (wantsSummary) {
        for (const principal of principals.all()) {
          terminal.out(json ? `${JSON.stringify({ principal })}\n` : summaryText(principal, terminal));
        }
        const folded = principals.folded();
        if (folded !== undefined) {
          terminal.out(json ? `${JSON.stringify({ folded })}\n` : foldedText(folded, terminal));
        }
      }
      if (file !== undefined) writeReport(resolve(terminal.cwd, file), report, files, principals, invocation);
    },
  };
}

function writeReport(
  path: string,
  { findings, activities }: DetectReport,
  files: readonly string[],
  principals: Principals,
  { terminal }: Invocation,
): void {
  const html = reportOf({
    locale: terminal.locale,
    findings,
    principals: principals.all(),
    folded: principals.folded(),
    files,
    activities,
    adviceOf,
  });
  try {
    writeFileSync(path, html);
  } catch (error) {
    throw new UserError({
      code: 'DETECT_REPORT',
      message: {
        en: `the report cannot be written to ${path}: ${String(error)}`,
        ja: `レポートを ${path} に書けません: ${String(error)}`,
      },
      expected: { en: 'a file in a folder that you may write to', ja: '書き込めるフォルダー内のファイル' },
      hint: '--report report.html',
    });
  }
  terminal.err(`${terminal.say({ en: `report: ${path}`, ja: `レポート: ${path}` })}\n`);
}

const storyAdvice: Words = {
  en: 'Treat the credentials as stolen: deactivate the key or revoke the sessions, then undo what each finding below says was changed, from the first on.',
  ja: '認証情報が盗まれたものとして扱い、キーの無効化またはセッションの取り消しを行ってから、以下の各検出で変更された内容を最初のものから順に元に戻してください。',
};

/** Several detectors can share a type: the title tells them apart. */
function adviceOf({ type, title }: Finding): Words | undefined {
  if (type.startsWith('AttackSequence:')) return storyAdvice;
  const ofType = pack.filter(({ about }) => about.type === type);
  return (ofType.find(({ about }) => about.title.en === title.en) ?? ofType[0])?.about.advice;
}

function explained(name: string | undefined): readonly Detector[] {
  if (name === undefined) return [];
  const named = pack.filter(({ id, about }) => id === name || about.type === name);
  if (named.length > 0) return named;
  const names = pack.map(({ id }) => id);
  throw new UserError({
    code: 'DETECT_NO_DETECTOR',
    message: { en: `no detector is named "${name}"`, ja: `"${name}" という検出器はありません` },
    expected: { en: 'a finding type, or a type with #signal', ja: '検出結果のタイプ、または タイプ#シグナル' },
    hint: `--explain ${nearest(name, names) ?? names[0]}`,
  });
}
