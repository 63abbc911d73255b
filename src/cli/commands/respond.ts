import type { JsonObject } from '../../model/json.ts';
import type { Words } from '../../model/words.ts';
import type { Playbook } from '../../respond/playbook.ts';
import { playbooks } from '../../respond/playbooks/index.ts';
import { type Subject, subjectOf } from '../../respond/subject.ts';
import { ask } from '../../run/adapters/door/client.ts';
import { UserError } from '../../run/errors.ts';
import { findingById } from '../../run/finding-by-id.ts';
import type { RangeFindings } from '../../run/range-findings.ts';
import { findingsIn } from '../../run/respond/findings-in.ts';
import { findingsBytesMax } from '../../run/respond/limits.ts';
import { openWorld } from '../../run/respond/world.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { Invocation } from '../invocation.ts';
import { nearest } from '../nearest.ts';
import { portOf, portOption } from '../port.ts';
import { progressLine } from '../progress-line.ts';
import { type Act, acts, exitOf } from '../respond-acts.ts';
import { aheadOf, readText, respondPlace } from '../respond-place.ts';
import { lineText, printOutcomes } from '../respond-view.ts';

export const respond: Command = {
  arguments: [
    {
      name: '<finding>',
      words: { en: "a finding's id, or how it begins", ja: '検出結果の ID、またはその先頭部分' },
    },
  ],
  options: [
    { flags: '--run', words: { en: 'do it, then look whether it worked', ja: '実行し、効いたかどうかを確認' } },
    { flags: '--undo', words: { en: 'take back what a run did', ja: '実行した対応を取り消す' } },
    {
      flags: '--playbook <name>',
      words: { en: 'which one, where several fit', ja: '複数が当てはまる場合に使うプレイブック' },
    },
    portOption,
    {
      flags: '--findings <file>',
      words: {
        en: 'of detect --json or aws guardduty get-findings, instead of the range',
        ja: 'レンジの代わりに使う、detect --json または aws guardduty get-findings の出力',
      },
    },
    {
      flags: '--account <id>',
      words: {
        en: 'act in this real account, and in no other; needs --credentials',
        ja: 'この実アカウントだけに対して実行 (--credentials が必要)',
      },
    },
    {
      flags: '--credentials <file>',
      words: {
        en: 'act with these keys: JSON of aws configure export-credentials, aws sts assume-role or yagura credentials; - for standard input',
        ja: '使用するキー。aws configure export-credentials、aws sts assume-role、yagura credentials の JSON。- なら標準入力',
      },
    },
    {
      flags: '--endpoint <url>',
      words: { en: 'another place than the range or AWS itself', ja: 'レンジや AWS 以外の接続先' },
    },
    {
      flags: '--json',
      words: {
        en: 'a line for each playbook, then a summary',
        ja: 'プレイブックごとに 1 行、最後に要約を JSON で出力',
      },
    },
  ],
  examples: [
    'yagura respond 3f2a9c',
    'yagura respond 3f2a9c --playbook revoke-session --run',
    'yagura respond 3f2a9c --playbook revoke-session --undo',
    'aws configure export-credentials | yagura respond 3f2a9c --findings found.jsonl --account 111122223333 --credentials -',
  ],
  async run(invocation) {
    const { terminal } = invocation;
    const act = actOf(invocation);
    const { json: finding, title } = await findingOf(invocation);
    const subject = subjectIn(finding);
    const fitting = fittingPlaybooks(subject.type, invocation.text('playbook'));
    if (fitting.length === 0) {
      printOutcomes({ act, finding, title, outcomes: [], caller: '' }, invocation);
      return act === 'run' ? exit.judged : exit.expected;
    }
    const place = await respondPlace(invocation, subject);
    const open = await openWorld(place, await aheadOf(place, terminal));
    const line = progressLine(terminal);
    const waits = setInterval(() => line.show(terminal.say({ en: 'working', ja: '処理中' })), 500);
    try {
      const { world, caller, tell } = open;
      const hands = fitting.map((playbook) => ({ playbook, subject, world, caller, tell }));
      const outcomes = await acts[act](hands, (slug, flag) => lineText(invocation, slug, flag));
      line.clear();
      printOutcomes({ act, finding, title, outcomes, caller }, invocation);
      for (const untold of open.untold) terminal.err(terminal.say(untoldWords(untold)));
      return exitOf(act, outcomes);
    } finally {
      clearInterval(waits);
      line.clear();
      open.close();
    }
  },
};

/** Nobody but the terminal knows of the run then: no rule hears of it. */
function untoldWords(why: string): Words {
  return {
    en: `the bus was not told of the run (${why})\n`,
    ja: `実行をイベントバスに通知できませんでした (${why})\n`,
  };
}

function actOf(invocation: Invocation): Act {
  const [run, undo] = [invocation.flag('run'), invocation.flag('undo')];
  if (run && undo) {
    throw new UserError({
      code: 'RESPOND_RUN_OR_UNDO',
      message: { en: '--run and --undo at once', ja: '--run と --undo は同時に指定できません' },
      expected: { en: 'one of them, or neither for the plan', ja: 'どちらか一方。計画だけならどちらも不要' },
      hint: 'yagura respond --help',
    });
  }
  return run ? 'run' : undo ? 'undo' : 'plan';
}

async function findingOf(invocation: Invocation): Promise<{ json: JsonObject; title: Words }> {
  const id = invocation.arguments[0] ?? '';
  const file = invocation.text('findings');
  if (file === undefined) {
    const told = (await ask(portOf(invocation), invocation.terminal.env, 'findings')) as RangeFindings;
    const { finding, json } = findingById(told.findings, id, (each) => each.finding.id);
    return { json, title: finding.title };
  }
  if (file === '-' && invocation.text('credentials') === '-') throw bothFromStdin();
  const all = findingsIn(await readText(file, findingsBytesMax, invocation), file);
  const json = findingById(all, id, (finding) => String(finding['id']));
  const title = String(json['title'] ?? '');
  return { json, title: { en: title, ja: title } };
}

function subjectIn(finding: JsonObject): Subject {
  try {
    return subjectOf(finding);
  } catch (error) {
    // What lacks is said by the reader that functions have, too.
    if (!(error instanceof Error)) throw error;
    throw new UserError({
      code: 'RESPOND_FINDING_INCOMPLETE',
      message: error.message,
      expected: { en: "a finding in GuardDuty's JSON", ja: 'GuardDuty の JSON 形式の検出結果' },
    });
  }
}

function fittingPlaybooks(type: string, named: string | undefined): readonly Playbook[] {
  if (named === undefined) return playbooks.filter(({ handles }) => handles.includes(type));
  const playbook = playbooks.find(({ slug }) => slug === named);
  if (playbook !== undefined) return [playbook];
  const slugs = playbooks.map(({ slug }) => slug);
  throw new UserError({
    code: 'PLAYBOOK_UNKNOWN',
    message: { en: `there is no playbook "${named}"`, ja: `"${named}" というプレイブックはありません` },
    expected: slugs.join(', '),
    hint: `--playbook ${nearest(named, slugs) ?? slugs[0]}`,
  });
}

function bothFromStdin(): UserError {
  return new UserError({
    code: 'RESPOND_STDIN_TWICE',
    message: {
      en: 'findings and credentials cannot both come by standard input',
      ja: '検出結果と認証情報の両方を標準入力から読むことはできません',
    },
    expected: { en: 'a file for one of them', ja: 'どちらか一方はファイル' },
    hint: '--findings found.jsonl --credentials -',
  });
}
