import { noveltyWords } from '../investigate/novelties.ts';
import type { Counted, PrincipalSummary } from '../investigate/principals.ts';
import type { Terminal } from './terminal.ts';

/** What a principal did, in a few lines. */
export function summaryText(summary: PrincipalSummary, { say }: Terminal): string {
  const { principal, firstSeen, lastSeen, calls, regions, addresses, agents, keys, sessions, unusual } = summary;
  const refusedWord = say({ en: 'refused', ja: '拒否' });
  const tallies = Object.entries(calls).map(
    ([family, { tried, refused }]) => `${family} ${tried}${refused === 0 ? '' : ` (${refusedWord} ${refused})`}`,
  );
  const lines: (readonly [string, readonly string[]])[] = [
    [say({ en: 'seen', ja: '期間' }), [`${timeText(firstSeen)} – ${timeText(lastSeen)}`]],
    [say({ en: 'calls', ja: '呼び出し' }), tallies],
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
  return `\n${principal}\n${shown.join('\n')}\n`;
}

function counted({ value, count }: Counted): string {
  return `${value} ×${count}`;
}

/** A terminal shows the first few; `--json` has them all. */
function listed(values: readonly string[]): string {
  const rest = values.length - shownMax;
  return values.slice(0, shownMax).join(', ') + (rest > 0 ? `, … +${rest}` : '');
}

const shownMax = 6;

function timeText(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
