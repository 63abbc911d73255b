import { type Level, levelOf } from '../model/finding.ts';
import type { JsonObject } from '../model/json.ts';
import { evidenceOf, type PlannedStep, type RunEnd, runEndWords, type Verdict } from '../model/run.ts';
import type { Words } from '../model/words.ts';
import type { HandRun } from '../respond/by-hand.ts';
import type { Undone } from '../respond/playbook.ts';
import type { Invocation } from './invocation.ts';
import type { Act, Outcome } from './respond-acts.ts';

type Say = (words: Words) => string;

/** How a run or its undoing ended, for people. */
export const ends: Readonly<Record<RunEnd | 'noPlaybook' | Undone['kind'], Words>> = {
  ...runEndWords,
  undone: { en: 'undone', ja: '取り消し済み' },
  'nothing to undo': { en: 'nothing to undo', ja: '取り消すものなし' },
  noPlaybook: { en: 'noPlaybook', ja: 'プレイブックなし' },
};

export interface Answered {
  readonly act: Act;
  readonly finding: JsonObject;
  readonly title: Words;
  readonly outcomes: readonly Outcome[];
  /** ARN of who acted, '' where nobody had to. */
  readonly caller: string;
}

export function printOutcomes(answered: Answered, invocation: Invocation): void {
  if (invocation.flag('json')) printJson(answered, invocation);
  else printForPeople(answered, invocation);
}

function printForPeople({ finding, title, outcomes, act }: Answered, invocation: Invocation): void {
  const { terminal } = invocation;
  terminal.out(headText(finding, title, terminal.say));
  if (outcomes.length === 0) terminal.out(noPlaybookText(finding, terminal.say));
  for (const outcome of outcomes) terminal.out(outcomeText(outcome, invocation));
  if (act === 'plan') terminal.out(terminal.say({ en: '\nNothing was changed.\n', ja: '\n何も変更していません。\n' }));
}

function printJson({ act, finding, outcomes, caller }: Answered, { terminal }: Invocation): void {
  const line = (value: object) => terminal.out(`${JSON.stringify(value)}\n`);
  for (const { playbook, run, undone, seen } of outcomes) {
    if (run !== undefined) line(run);
    if (undone === undefined) continue;
    const told = undone.kind === 'undone' ? evidenceOf(undone.evidence) : { why: undone.why };
    const now = seen === undefined ? {} : { seen: { ...seen, ...evidenceOf(seen.evidence) } };
    line({ findingId: finding['id'], playbook: playbook.slug, end: undone.kind, ...told, ...now });
  }
  const { id, type, accountId: account, region } = finding;
  const told = outcomes.map(({ playbook, run, undone }) => [playbook.slug, undone?.kind ?? run?.end ?? run?.phase]);
  line({ summary: { act, findingId: id, type, account, region, caller, playbooks: Object.fromEntries(told) } });
}

function outcomeText({ playbook, run, undone, seen }: Outcome, invocation: Invocation): string {
  const { say } = invocation.terminal;
  const head = `\n${playbook.slug}: ${say(playbook.title)}\n`;
  if (undone !== undefined) return head + undoText(undone, seen, say);
  if (run === undefined) return head;
  if (run.end !== undefined && run.why !== undefined) return `${head}  ${say(ends[run.end])}: ${say(run.why)}\n`;
  const line = (flag: string) => lineText(invocation, playbook.slug, flag);
  const lasting = playbook.lasting === undefined ? '' : `  ${say(playbook.lasting)}\n`;
  if (run.end === undefined) {
    return `${head}${planText(run, say)}${lasting}  ${say({ en: 'do it', ja: '実行' })}: ${line('--run')}\n`;
  }
  const back = lasting || `  ${say({ en: 'take it back', ja: '取り消し' })}: ${line('--undo')}\n`;
  return `${head}${runText(run, run.end, say)}${back}`;
}

/** Which finding this is about: type, severity, where, title. */
function headText({ type, severity, accountId, region, id }: JsonObject, title: Words, say: Say): string {
  const level = levels[levelOf(Number(severity) || 0)];
  const place = say({ en: `account ${accountId}, ${region}`, ja: `アカウント ${accountId}、${region}` });
  return `${type}  ${say(level)} ${severity}\n  ${say(title)}\n  ${place}, ${id}\n`;
}

const levels: Readonly<Record<Level, Words>> = {
  low: { en: 'low', ja: '低' },
  medium: { en: 'medium', ja: '中' },
  high: { en: 'high', ja: '高' },
  critical: { en: 'critical', ja: '重大' },
};

function noPlaybookText({ id, type }: JsonObject, say: Say): string {
  const none = { en: 'no playbook answers this type', ja: 'このタイプに対応するプレイブックはありません' };
  const stages = {
    en: 'the findings that it is made of may have some',
    ja: 'これを構成する検出結果にはあるかもしれません',
  };
  const story = String(type).startsWith('AttackSequence:') ? `\n  ${say(stages)}: yagura why ${id}` : '';
  return `\nnoPlaybook: ${say(none)}${story}\n`;
}

function planText({ steps = [] }: HandRun, say: Say): string {
  return steps.map((step, index) => stepText(step, index + 1, say)).join('');
}

/** What was done, then what was seen by looking again. */
function runText(run: HandRun, end: RunEnd, say: Say): string {
  const [done = '', ...seen] = run.evidence.map((en, index) => say({ en, ja: run.evidenceJa[index] ?? en }));
  return `  ${done}\n  ${say(ends[end])}:\n${seen.map((each) => `    ${each}\n`).join('')}`;
}

function undoText(undone: Undone, seen: Verdict | undefined, say: Say): string {
  const told = undone.kind === 'undone' ? undone.evidence.map(say).join('; ') : say(undone.why);
  const lines = (seen?.evidence ?? []).map((each) => `    ${say(each)}\n`).join('');
  const now = say({ en: 'seen now', ja: '現在の状態' });
  return `  ${say(ends[undone.kind])}: ${told}\n${seen === undefined ? '' : `  ${now}: ${say(verdicts[seen.verdict])}\n${lines}`}`;
}

const verdicts: Readonly<Record<Verdict['verdict'], Words>> = {
  resolved: { en: 'resolved', ja: '対処されている' },
  remains: { en: 'remains', ja: '対処されていない' },
};

/** The same command with other flags, to copy. What came by standard input has to come again. */
export function lineText(invocation: Invocation, slug: string, flag: string): string {
  const kept = ['port', 'findings', 'account', 'credentials', 'endpoint'].flatMap((name) => {
    const value = invocation.text(name);
    return value === undefined ? [] : [`--${name}`, quoted(value)];
  });
  const words = ['yagura', 'respond', invocation.arguments[0] ?? '', '--playbook', slug, ...kept, flag];
  return words.filter((word) => word !== '').join(' ');
}

function stepText({ action, resource, why, before = '', after = '' }: PlannedStep, number: number, say: Say): string {
  const change = [...(before === '' ? [] : [`     - ${before}`]), ...(after === '' ? [] : [`     + ${after}`])];
  return `${[`  ${number}. ${action} ${resource}`, `     ${say(why)}`, ...change].join('\n')}\n`;
}

function quoted(value: string): string {
  return /^[\w./:@=-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
