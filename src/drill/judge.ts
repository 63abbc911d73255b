import { findingTypes } from '../aws/findings/guardduty-types.ts';
import type { FlowWitness } from './flows.ts';
import type { Journal, SeenFinding, SeenRun } from './journal.ts';
import type { Expectation } from './schema.ts';

export interface Judged {
  readonly name: string;
  readonly held: boolean;
  /** What was seen, whether or not it was expected. */
  readonly saw: string;
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
  const what = [mail.subject, mail.body].filter((part) => part !== undefined).map(String);
  return {
    name: ['mail to', to, ...what].join(' '),
    held: found !== undefined,
    saw: found?.subject ?? `${mine.length} mails to ${to}, none like it`,
  };
}

/** How the last packet fared. Whether a new one came since an answer, only the world can make happen. */
export function judgePacket(
  { packet }: Kind<'packet'>,
  [from, to]: readonly [string, string],
  flows: FlowWitness,
): Judged {
  const name = `packet from ${from} to ${to}: ${packet.fate}`;
  if (!flows.watching) return { name, held: false, saw: 'nobody watched: the environment has no "witness: flow-logs"' };
  const last = flows.last(from, to);
  return { name, held: last?.fate === packet.fate, saw: last?.fate ?? 'no such packet' };
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
  const name = `finding ${facts} within ${expected.within / 1000} s`;
  const [min, max] = count ?? [1, Number.POSITIVE_INFINITY];
  if (matching.length < min || matching.length > max)
    return { name, held: false, saw: insteadOf(type, matching, journal) };
  const after = matching.map(({ noticedAt, firstSeen }) => (noticedAt - firstSeen) / 1000);
  const saw = matching.length === 0 ? 'none' : `found after ${after.join(', ')} s`;
  return { name, held: after.every((seconds) => seconds * 1000 <= expected.within), saw };
}

function insteadOf(type: string, matching: readonly SeenFinding[], journal: Journal): string {
  if (matching.length > 0) return `${matching.length} such findings`;
  const alike = [...journal.findings.values()].filter((finding) => finding.type === type);
  if (alike.length === 0) return 'no such finding';
  return alike
    .map((finding) => `severity ${finding.severity}, resource type ${finding.resourceType}, role ${finding.role}`)
    .join('; ');
}

function unanswered(type: string, matching: readonly SeenFinding[], journal: Journal): Judged {
  const name = `no playbook answers ${type}`;
  if (matching.length === 0) return { name, held: false, saw: 'no such finding' };
  const runs = matching.flatMap(({ id }) => journal.runsOf(id));
  return {
    name,
    held: runs.length === 0,
    saw: runs.length === 0 ? 'noPlaybook' : runs.map((run) => toldOf(run)).join('; '),
  };
}

function answered(type: string, expected: ExpectedRun, finding: SeenFinding | undefined, journal: Journal): Judged {
  const name = `${expected.playbook} answers ${type}: ${expected.end} within ${expected.within / 1000} s`;
  if (finding === undefined) return { name, held: false, saw: 'no such finding' };
  const runs = journal.runsOf(finding.id).filter(({ playbook }) => playbook === expected.playbook);
  const run = runOf(runs);
  if (run === undefined) return { name, held: false, saw: 'noPlaybook: no run' };
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
  const name = `${expected.playbook} answers ${type} again: ${expected.end} within ${expected.within / 1000} s`;
  if (finding === undefined) return { name, held: false, saw: 'no such finding' };
  const [, ...further] = journal.runsOf(finding.id).filter(({ playbook }) => playbook === expected.playbook);
  if (further.length === 0) return { name, held: false, saw: 'no further run' };
  const asExpected = ({ end, endedAt }: SeenRun) =>
    end === expected.end && endedAt !== undefined && endedAt - finding.noticedAt <= expected.within;
  return {
    name,
    held: further.every(asExpected),
    saw: further.map((run) => toldOf(run, finding)).join('; '),
  };
}

function toldOf(run: SeenRun, finding?: SeenFinding): string {
  const end = run.end ?? (run.ranAt === undefined ? 'planned, and no more' : 'ran, and not verified yet');
  const after =
    run.endedAt === undefined || finding === undefined ? '' : ` after ${(run.endedAt - finding.noticedAt) / 1000} s`;
  return `${run.playbook}: ${end}${after}`;
}
