import { type Finding, levelOf } from '../../model/finding.ts';
import type { Words } from '../../model/words.ts';
import type { Counted } from '../counts.ts';
import type { FoldedSummary } from '../folded.ts';
import { limits } from '../limits.ts';
import { type Novelty, noveltyWords } from '../novelties.ts';
import type { PrincipalSummary } from '../principals.ts';
import { both, type Markup, markup, type Part } from './markup.ts';
import { timeText } from './timeline.ts';
import { words } from './words.ts';

/** What one principal did, from where and in which sessions. */
export function principalCard(summary: PrincipalSummary, findings: readonly Finding[]): Markup {
  const { principal, account, firstSeen, lastSeen, regions, addresses, agents, keys, sessions, unusual, partial } =
    summary;
  const gravest = Math.max(0, ...findings.map(({ severity }) => severity));
  const color = findings.length === 0 ? '' : levelOf(gravest);
  const links = findings.map(({ id, type }) => markup`<a href="#${id}">${type}</a>`);
  return markup`<section class="card ${color}"><h3>${principal}</h3><dl>
<dt>${both(words.seen)}</dt><dd>${timeText(firstSeen)} – ${timeText(lastSeen)}${partial === true ? markup` <span class="dim">${both(words.partial)}</span>` : ''}</dd>
${line(words.concerned, links)}${line(words.accountOnly, [account])}${line(
  words.regions,
  regions.map((each) => counted(each)),
)}
${line(
  words.addresses,
  addresses.map(({ country, asnOrg, ...each }) => counted(each, [country, asnOrg])),
)}
${line(
  words.agents,
  agents.map((each) => counted(each)),
)}${line(
  words.keys,
  keys.map((each) => counted(each)),
)}
${line(words.sessions, sessions.map(session))}${line(words.unusual, unusual.map(novelty))}</dl>${calls(summary)}</section>`;
}

/** Those of whom there was no room to tell one by one. */
export function foldedCard(summary: FoldedSummary): Markup {
  const { principals, firstSeen, lastSeen } = summary;
  return markup`<section class="card"><h3>${principals} ${both(words.folded)}</h3><dl>
<dt>${both(words.seen)}</dt><dd>${timeText(firstSeen)} – ${timeText(lastSeen)}</dd></dl>${calls(summary)}</section>`;
}

/** One value a line; a page shows the first few, `--json` has them all. */
function line(name: Words, parts: readonly Part[]): Markup {
  if (parts.length === 0) return markup``;
  const rest = parts.length - limits.valuesShown;
  const shown = parts.slice(0, limits.valuesShown).map((part) => markup`<div>${part}</div>`);
  return markup`<dt>${both(name)}</dt><dd>${shown}${rest > 0 ? markup`<div class="dim">… +${rest}</div>` : ''}</dd>`;
}

function counted({ value, count }: Counted, more: readonly (string | undefined)[] = []): Markup {
  const told = more.filter((each) => each !== undefined);
  return markup`${value} <span class="dim">×${count}${told.map((each) => ` ${each}`)}</span>`;
}

function session({ arn, chain, instance, function: name, count }: PrincipalSummary['sessions'][number]): Markup {
  const via = [...chain, instance, name].filter((each) => each !== undefined).map((each) => ` ← ${each}`);
  return markup`${arn} <span class="dim">×${count}${via}</span>`;
}

function novelty({ kind, value, firstSeen }: Novelty): Markup {
  return markup`${both(noveltyWords[kind])} ${value} <span class="dim">${timeText(firstSeen)}</span>`;
}

function calls({ calls: tallies }: Pick<PrincipalSummary, 'calls'>): Markup {
  const rows = Object.entries(tallies).map(
    ([family, { tried, refused }]) =>
      markup`<tr><td>${family}</td><td class="n">${tried}</td><td class="n">${refused === 0 ? '' : refused}</td></tr>`,
  );
  return markup`<table style="width:auto"><tr><th>${both(words.purpose)}</th><th>${both(words.tried)}</th><th>${both(words.refused)}</th></tr>${rows}</table>`;
}
