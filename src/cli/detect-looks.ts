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
import { UserError } from '../run/errors.ts';
import { explanationText, findingText } from './explanation.ts';
import type { Invocation } from './invocation.ts';
import { nearest } from './nearest.ts';
import { reportNotes } from './report-notes.ts';
import { foldedText, summaryText } from './summary-text.ts';
import type { Terminal } from './terminal.ts';
import { type WrittenFile, writtenFile } from './written-file.ts';

/** What looks at the activities beside the detectors, only where somebody asked for it. */
export interface Looks {
  readonly sees: { judged?(activity: Activity): void; sighted?(sighting: Sighting): void };
  tell(report: DetectReport, files: readonly string[]): void;
}

export function looksOf(invocation: Invocation, world: World): Looks {
  const { terminal } = invocation;
  const json = invocation.flag('json');
  const file = writtenFile(invocation, 'report');
  const wantsSummary = invocation.flag('summary');
  const remoteIp = world.remoteIp;
  const principals = wantsSummary || file !== undefined ? new Principals({ family: familyOf, remoteIp }) : undefined;
  const wanted = invocation.text('explain');
  const idWanted = wanted !== undefined && isId.test(wanted) ? wanted : undefined;
  const explainers = explained(idWanted === undefined ? wanted : undefined).map(
    (detector) => new Explainer(detector, world),
  );
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
      if (idWanted !== undefined) tellOf(idWanted, report, files, invocation);
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
      if (file !== undefined) writeReport(file, report, files, principals, terminal);
    },
  };
}

/** Ids of findings, or how they begin, as the table shows them. */
const isId = /^[0-9a-f]{6,32}$/;

function tellOf(id: string, { findings }: DetectReport, files: readonly string[], invocation: Invocation): void {
  const { terminal } = invocation;
  const found = findings.filter((finding) => finding.id.startsWith(id));
  for (const finding of found) {
    const stages = findings.filter(({ story }) => story?.id === finding.id);
    if (!invocation.flag('json')) terminal.out(findingText(finding, stages, files, terminal));
    else {
      const { evidence, count } = finding;
      const of = evidence.map(({ place, ...each }) => ({
        ...each,
        file: files[place.file] ?? '-',
        offset: place.offset,
      }));
      terminal.out(`${JSON.stringify({ explanation: { finding: finding.id, count, evidence: of } })}\n`);
    }
  }
  if (found.length > 0) return;
  const none = {
    en: `--explain ${id}: no finding of these records has such an id`,
    ja: `--explain ${id}: この ID の検出結果はこれらの記録にはありません`,
  };
  terminal.err(`${terminal.say(none)}\n`);
}

function writeReport(
  file: WrittenFile,
  told: DetectReport,
  files: readonly string[],
  principals: Principals,
  terminal: Terminal,
): void {
  const [all, folded] = [principals.all(), principals.folded()];
  const { findings, activities } = told;
  const parts = { findings, principals: all, folded, files, activities, notes: reportNotes(told), adviceOf };
  file.write(reportOf({ locale: terminal.locale, ...parts }));
  terminal.err(`${terminal.say({ en: `report: ${file.path}`, ja: `レポート: ${file.path}` })}\n`);
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
    expected: {
      en: 'a finding type, a type with #signal, or the id of a finding of these records',
      ja: '検出結果のタイプ、タイプ#シグナル、またはこれらの記録の検出結果の ID',
    },
    hint: `--explain ${nearest(name, names) ?? holding(name, names) ?? names[0]}`,
  });
}

function holding(part: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.toLowerCase().includes(part.toLowerCase()));
}
