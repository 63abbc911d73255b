import type { Finding } from '../../model/finding.ts';
import type { Locale, Words } from '../../model/words.ts';
import type { FoldedSummary } from '../folded.ts';
import { limits } from '../limits.ts';
import { type PrincipalSummary, principalsOf } from '../principals.ts';
import { findingCard, storyCard } from './finding-card.ts';
import { both, type Markup, markup } from './markup.ts';
import { foldedCard, principalCard } from './principal-card.ts';
import { style } from './style.ts';
import { spanText, timeline } from './timeline.ts';
import { words } from './words.ts';

export interface ReportParts {
  /** The language that the page opens in; it holds both. */
  readonly locale: Locale;
  readonly findings: readonly Finding[];
  readonly principals: Iterable<PrincipalSummary>;
  /** Of whom there was no room to tell one by one. */
  readonly folded?: FoldedSummary | undefined;
  /** Paths by the index that evidence names. */
  readonly files: readonly string[];
  readonly activities: number;
  /** What was not looked at. */
  readonly notes: readonly Words[];
  adviceOf(finding: Finding): Words | undefined;
}

/** One HTML file that needs nothing else: stories first, then when, what, and who. */
export function report(parts: ReportParts): string {
  const { findings, locale } = parts;
  const inOrder = [...findings].sort((a, b) => b.severity - a.severity || a.firstSeen - b.firstSeen);
  const stories = inOrder.filter(isStory);
  const others = inOrder.filter((finding) => !isStory(finding));
  const page = markup`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Yagura: ${words.title[locale]}</title><style>${{ html: style }}</style></head><body>
${languages(locale)}
<header><h1>${both(words.title)}</h1>${summary(parts)}</header>
<main>
<h2>${both(words.stories)}</h2>${stories.length === 0 ? markup`<p>${both(words.noStories)}</p>` : stories.map((story) => storyCard(story, others, parts))}
${others.length === 0 ? '' : markup`<h2>${both(words.timeline)}</h2>${timeline(inOrder)}`}
<h2>${both(words.findings)}</h2>${others.length === 0 ? markup`<p>${both(words.noFindings)}</p>` : others.map((finding) => findingCard(finding, parts))}
<h2>${both(words.principals)}</h2>${principals(parts)}
</main></body></html>
`;
  return page.html;
}

export function isStory({ type }: Finding): boolean {
  return type.startsWith('AttackSequence:');
}

function languages(locale: Locale): Markup {
  const radio = (value: Locale) =>
    value === locale
      ? markup`<input type="radio" name="lang" id="${value}" checked>`
      : markup`<input type="radio" name="lang" id="${value}">`;
  return markup`${radio('en')}${radio('ja')}<nav><label for="en">English</label><label for="ja">日本語</label></nav>`;
}

function summary({ findings, activities, files, notes }: ReportParts): Markup {
  const span = findings.length === 0 ? '' : ` · ${spanText(findings)}`;
  return markup`<p class="dim">${findings.length} ${both(words.findings)} · ${activities} ${both(words.records)} · ${files.length} ${both(words.files)}${span}</p>${notes.map((note) => markup`<p class="dim">${both(note)}</p>`)}`;
}

/** Those with findings, the gravest first; then the busiest of the others, in a line each. */
function principals(parts: ReportParts): Markup {
  const concerned = new Map<string, Finding[]>();
  for (const finding of parts.findings) {
    for (const principal of principalsOf(finding)) {
      concerned.set(principal, [...(concerned.get(principal) ?? []), finding]);
    }
  }
  const all = [...parts.principals];
  const gravity = ({ principal }: PrincipalSummary) =>
    Math.max(0, ...(concerned.get(principal) ?? []).map(({ severity }) => severity));
  const bad = all.filter(({ principal }) => concerned.has(principal)).sort((a, b) => gravity(b) - gravity(a));
  const quiet = all.filter(({ principal }) => !concerned.has(principal)).slice(0, limits.quietShown);
  const cards = bad.map((each) => principalCard(each, concerned.get(each.principal) ?? []));
  const folded = parts.folded === undefined ? '' : foldedCard(parts.folded);
  if (quiet.length === 0) return markup`${cards}${folded}`;
  return markup`${cards}<details><summary>${both(words.quiet)}</summary>${quiet.map((each) => principalCard(each, []))}</details>${folded}`;
}
