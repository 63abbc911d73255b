import { findingTypes } from '../aws/findings/guardduty-types.ts';
import { runEndWords } from '../model/run.ts';
import type { Words } from '../model/words.ts';
import type { FlowWitness } from './flows.ts';
import type { Journal, SeenFinding, SeenRun } from './journal.ts';
import type { Expectation } from './schema.ts';

export interface Judged {
  readonly name: Words;
  readonly held: boolean;
  /** What was seen, whether or not it was expected. */
  readonly saw: Words;
}

export interface SeenMail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

type Kind<K extends Expectation['kind']> = Extract<Expectation, { kind: K }>;
type ExpectedRun = NonNullable<Kind<'finding'>['then']>;

/** One expectation of a finding is judged in parts: found, answered, answered by what follows, answered anew. */
export function judgeFinding(expected: Kind<'finding'>, journal: Journal): readonly Judged[] {
  const { type } = expected.finding;
  const matching = [...journal.findings.values()].filter((finding) => matches(expected, finding));
  const parts = [found(expected, matching, journal)];
  const [first] = matching;
  if (expected.run === 'noPlaybook') parts.push(unanswered(type, matching, journal));
  else if (expected.run !== undefined) parts.push(answered(type, expected.run, first, journal));
  if (expected.then !== undefined) parts.push(answered(type, expected.then, first, journal));
  if (expected.again !== undefined) parts.push(answeredAgain(type, expected.again, first, journal));
  return parts;
}

export function matches({ finding: expected }: Kind<'finding'>, finding: SeenFinding): boolean {
  return (
    finding.type === expected.type &&
    (expected.severity === undefined || finding.severity === expected.severity) &&
    (expected.resourceType === undefined || finding.resourceType === expected.resourceType) &&
    (expected.role === undefined || finding.role === expected.role)
  );
}

/** The run that tells how the finding was answered: the first that did something, else the first. */
export function runOf(runs: readonly SeenRun[]): SeenRun | undefined {
  return (
    runs.find(({ end }) => end === 'verified' || end === 'not verified') ??
    runs.find(({ ranAt }) => ranAt !== undefined) ??
    runs[0]
  );
}

export function judgeMail({ mail }: Kind<'mail'>, to: string, mails: readonly SeenMail[]): Judged {
  const fits = (text: string, pattern: string | RegExp | undefined) =>
    pattern === undefined || (typeof pattern === 'string' ? text === pattern : pattern.test(text));
  const mine = mails.filter((each) => each.to === to);
  const found = mine.find(({ subject, body }) => fits(subject, mail.subject) && fits(body, mail.body));
  const what = [mail.subject, mail.body].filter((part) => part !== undefined).map(asWritten);
  return {
    name: { en: ['mail to', to, ...what].join(' '), ja: [to, '宛のメール', ...what].join(' ') },
    held: found !== undefined,
    saw:
      found === undefined
        ? {
            en: `${mine.length} mails to ${to}, none like it`,
            ja: `${to} 宛のメールは ${mine.length} 通、該当するものはなし`,
          }
        : plain(found.subject),
  };
}

/** How the last packet fared. Whether a new one came since an answer, only the world can make happen. */
export function judgePacket(
  { packet }: Kind<'packet'>,
  [from, to]: readonly [string, string],
  flows: FlowWitness,
): Judged {
  const name = {
    en: `packet from ${from} to ${to}: ${packet.fate}`,
    ja: `${from} から ${to} へのパケット: ${packet.fate}`,
  };
  if (!flows.watching) return { name, held: false, saw: nobodyWatched };
  const last = flows.last(from, to);
  return { name, held: last?.fate === packet.fate, saw: last === undefined ? noPacket : plain(last.fate) };
}

/** Findings of GuardDuty's own types that no expectation lists: types of ours count only where a drill names them. */
export function unexpectedOf(expect: readonly Expectation[], journal: Journal): readonly SeenFinding[] {
  return [...journal.findings.values()].filter(
    (finding) =>
      findingTypes.has(finding.type) && !expect.some((each) => each.kind === 'finding' && matches(each, finding)),
  );
}

function found(expected: Kind<'finding'>, matching: readonly SeenFinding[], journal: Journal): Judged {
  const { type, severity, resourceType, role, count } = expected.finding;
  const facts = [type, severity, resourceType, role].filter((part) => part !== undefined).join(' ');
  const seconds = expected.within / 1000;
  const name = { en: `finding ${facts} within ${seconds} s`, ja: `${seconds} 秒以内の検出 ${facts}` };
  const [min, max] = count ?? [1, Number.POSITIVE_INFINITY];
  if (matching.length < min || matching.length > max)
    return { name, held: false, saw: insteadOf(type, matching, journal) };
  const after = matching.map(({ noticedAt, firstSeen }) => (noticedAt - firstSeen) / 1000);
  const times = after.join(', ');
  const saw = matching.length === 0 ? noFinding : { en: `found after ${times} s`, ja: `${times} 秒後に検出` };
  return { name, held: after.every((each) => each <= seconds), saw };
}

function insteadOf(type: string, matching: readonly SeenFinding[], journal: Journal): Words {
  const { length } = matching;
  if (length > 0) return { en: `${length} such findings`, ja: `該当する検出が ${length} 件` };
  const alike = [...journal.findings.values()].filter((finding) => finding.type === type);
  if (alike.length === 0) return noFinding;
  return joined(
    alike.map(({ severity, resourceType, role }) => ({
      en: `severity ${severity}, resource type ${resourceType}, role ${role}`,
      ja: `重要度 ${severity}、リソースタイプ ${resourceType}、役割 ${role}`,
    })),
  );
}

function unanswered(type: string, matching: readonly SeenFinding[], journal: Journal): Judged {
  const name = { en: `no playbook answers ${type}`, ja: `${type} に対応するプレイブックなし` };
  if (matching.length === 0) return { name, held: false, saw: noFinding };
  const runs = matching.flatMap(({ id }) => journal.runsOf(id));
  return {
    name,
    held: runs.length === 0,
    saw: runs.length === 0 ? plain('noPlaybook') : joined(runs.map((run) => toldOf(run))),
  };
}

function answered(type: string, expected: ExpectedRun, finding: SeenFinding | undefined, journal: Journal): Judged {
  const name = nameOf(type, expected, { en: '', ja: '' });
  if (finding === undefined) return { name, held: false, saw: noFinding };
  const runs = journal.runsOf(finding.id).filter(({ playbook }) => playbook === expected.playbook);
  const run = runOf(runs);
  if (run === undefined) return { name, held: false, saw: noRun };
  const inTime = run.endedAt !== undefined && run.endedAt - finding.noticedAt <= expected.within;
  return { name, held: run.end === expected.end && inTime, saw: toldOf(run, finding) };
}

/** An update of the finding is answered by a run of its own. All of those must end so. */
function answeredAgain(
  type: string,
  expected: ExpectedRun,
  finding: SeenFinding | undefined,
  journal: Journal,
): Judged {
  const name = nameOf(type, expected, { en: ' again', ja: 'の更新' });
  if (finding === undefined) return { name, held: false, saw: noFinding };
  const [, ...further] = journal.runsOf(finding.id).filter(({ playbook }) => playbook === expected.playbook);
  if (further.length === 0) return { name, held: false, saw: noFurtherRun };
  const asExpected = ({ end, endedAt }: SeenRun) =>
    end === expected.end && endedAt !== undefined && endedAt - finding.noticedAt <= expected.within;
  return {
    name,
    held: further.every(asExpected),
    saw: joined(further.map((run) => toldOf(run, finding))),
  };
}

function nameOf(type: string, { playbook, end, within }: ExpectedRun, which: Words): Words {
  const seconds = within / 1000;
  return {
    en: `${playbook} answers ${type}${which.en}: ${end} within ${seconds} s`,
    ja: `${type} ${which.ja}に ${playbook} が対応: ${seconds} 秒以内に${runEndWords[end].ja}`,
  };
}

function toldOf(run: SeenRun, finding?: SeenFinding): Words {
  const end = run.end === undefined ? (run.ranAt === undefined ? planned : unverified) : runEndWords[run.end];
  const seconds =
    run.endedAt === undefined || finding === undefined ? undefined : (run.endedAt - finding.noticedAt) / 1000;
  return {
    en: `${run.playbook}: ${end.en}${seconds === undefined ? '' : ` after ${seconds} s`}`,
    ja: `${run.playbook}: ${end.ja}${seconds === undefined ? '' : ` (${seconds} 秒後)`}`,
  };
}

const noFinding: Words = { en: 'no such finding', ja: '該当する検出なし' };
const noPacket: Words = { en: 'no such packet', ja: '該当するパケットなし' };
const noRun: Words = { en: 'noPlaybook: no run', ja: 'noPlaybook: 対応なし' };
const noFurtherRun: Words = { en: 'no further run', ja: '更新への対応なし' };
const planned: Words = { en: 'planned, and no more', ja: '計画のみ' };
const unverified: Words = { en: 'ran, and not verified yet', ja: '実行済み、確認前' };
const nobodyWatched: Words = {
  en: 'nobody watched: the environment has no "witness: flow-logs"',
  ja: '監視なし: environment に "witness: flow-logs" がありません',
};

function joined(texts: readonly Words[]): Words {
  return { en: texts.map(({ en }) => en).join('; '), ja: texts.map(({ ja }) => ja).join('; ') };
}

/** In the drill's file: without the flag that the pattern was given. */
function asWritten(pattern: string | RegExp): string {
  return typeof pattern === 'string' ? pattern : `/${pattern.source}/`;
}

function plain(text: string): Words {
  return { en: text, ja: text };
}
