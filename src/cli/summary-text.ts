import type { Counted } from '../investigate/counts.ts';
import type { FoldedSummary } from '../investigate/folded.ts';
import { noveltyWords } from '../investigate/novelties.ts';
import type { PrincipalSummary } from '../investigate/principals.ts';
import type { Words } from '../model/words.ts';
import { harmlessWord } from './harmless.ts';
import { limits } from './limits.ts';
import type { Terminal } from './terminal.ts';

/** What a principal did, in a few lines. */
export function summaryText(summary: PrincipalSummary, { say }: Terminal): string {
  const { principal, firstSeen, lastSeen, calls, regions, addresses, agents, keys, sessions, unusual, partial } =
    summary;
  const lines: (readonly [string, readonly string[]])[] = [
    [say({ en: 'seen', ja: '期間' }), [spanOf(firstSeen, lastSeen), ...(partial === true ? [say(partialWords)] : [])]],
    [say({ en: 'calls', ja: '呼び出し' }), talliesOf(calls, say)],
    [say({ en: 'regions', ja: 'リージョン' }), regions.map(counted)],
    [
      say({ en: 'addresses', ja: 'アドレス' }),
      addresses.map((each) =>
        [counted(each), each.country, each.asnOrg].filter((part) => part !== undefined).join(' '),
      ),
    ],
    [say({ en: 'agents', ja: 'エージェント' }), agents.map(counted)],
    [say({ en: 'keys', ja: 'キー' }), keys.map(counted)],
    [
      say({ en: 'sessions', ja: 'セッション' }),
      sessions.map(({ arn, chain, instance, function: name }) =>
        [arn, ...chain, instance, name].filter((part) => part !== undefined).join(' ← '),
      ),
    ],
    [
      say({ en: 'new for it', ja: '初めての行動' }),
      unusual.map(({ kind, value, firstSeen }) => `${say(noveltyWords[kind])} ${value} (${timeText(firstSeen)})`),
    ],
  ];
  const shown = lines.filter(([, values]) => values.length > 0).map(([name, values]) => `  ${name}: ${listed(values)}`);
  return `\n${harmlessWord(principal)}\n${shown.join('\n')}\n`;
}

/** How many principals are told of in one sum, and what they did together. */
export function foldedText({ principals, firstSeen, lastSeen, calls }: FoldedSummary, { say }: Terminal): string {
  const head = say({
    en: `${principals} more, of which there was no room to tell one by one`,
    ja: `ほか ${principals} 件のプリンシパル（上限を超えたため合計のみ）`,
  });
  const [seen, called] = [say({ en: 'seen', ja: '期間' }), say({ en: 'calls', ja: '呼び出し' })];
  return `\n${head}\n  ${seen}: ${spanOf(firstSeen, lastSeen)}\n  ${called}: ${listed(talliesOf(calls, say))}\n`;
}

const partialWords: Words = {
  en: 'what it did before is in the sum below',
  ja: 'それ以前の操作は下の合計に含まれます',
};

function talliesOf(calls: PrincipalSummary['calls'], say: Terminal['say']): readonly string[] {
  const refusedWord = say({ en: 'refused', ja: '拒否' });
  return Object.entries(calls).map(
    ([family, { tried, refused }]) => `${family} ${tried}${refused === 0 ? '' : ` (${refusedWord} ${refused})`}`,
  );
}

function spanOf(firstSeen: number, lastSeen: number): string {
  return `${timeText(firstSeen)} – ${timeText(lastSeen)}`;
}

function counted({ value, count }: Counted): string {
  return `${value} ×${count}`;
}

/** A terminal shows the first few; `--json` has them all. */
function listed(values: readonly string[]): string {
  const rest = values.length - limits.valuesShown;
  return values.slice(0, limits.valuesShown).map(harmlessWord).join(', ') + (rest > 0 ? `, … +${rest}` : '');
}

function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
