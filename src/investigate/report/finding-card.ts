import type { Evidence } from '../../model/activity.ts';
import { type Finding, levelOf } from '../../model/finding.ts';
import { limits } from '../limits.ts';
import { both, type Markup, markup } from './markup.ts';
import type { ReportParts } from './report.ts';
import { timeText } from './timeline.ts';
import { levelWords, words } from './words.ts';

/** One finding: what, about what, when, what to do, and the activities that made it. */
export function findingCard(finding: Finding, parts: ReportParts): Markup {
  const story = finding.story === undefined ? '' : markup` · <a href="#${finding.story.id}">${both(words.goesTo)}</a>`;
  return markup`<section class="card ${levelOf(finding.severity)}" id="${finding.id}">${heading(finding)}
<p class="dim"><code>${finding.type}</code>${story}</p>${about(finding)}${advice(finding, parts)}${evidence(finding, parts)}</section>`;
}

/** A story lists what it consists of; the evidence is there. */
export function storyCard(story: Finding, findings: readonly Finding[], parts: ReportParts): Markup {
  const stages = findings
    .filter((finding) => finding.story?.id === story.id)
    .sort((a, b) => a.firstSeen - b.firstSeen)
    .map(
      (finding) =>
        markup`<tr class="${levelOf(finding.severity)}"><td class="t">${timeText(finding.firstSeen)}</td><td>${level(finding)}</td><td><a href="#${finding.id}">${both(finding.title)}</a><br><code class="dim">${finding.type}</code></td><td>${subjectOf(finding)}</td></tr>`,
    );
  return markup`<section class="card ${levelOf(story.severity)}" id="${story.id}">${heading(story)}
<p class="dim"><code>${story.type}</code></p>${about(story)}${advice(story, parts)}
<h3>${both(words.consistsOf)}</h3><table>${stages}</table></section>`;
}

function heading(finding: Finding): Markup {
  return markup`<h3>${level(finding)}${both(finding.title)}</h3><p>${both(finding.description)}</p>`;
}

function level({ severity }: Finding): Markup {
  return markup`<span class="level">${both(levelWords[levelOf(severity)])} ${severity}</span>`;
}

function about(finding: Finding): Markup {
  const { account, region, firstSeen, lastSeen, count, technique } = finding;
  return markup`<dl><dt>${both(words.resource)}</dt><dd>${subjectOf(finding)}</dd>
<dt>${both(words.account)}</dt><dd>${account} ${region}</dd>
<dt>${both(words.seen)}</dt><dd>${timeText(firstSeen)} – ${timeText(lastSeen)}</dd>
<dt>${both(words.times)}</dt><dd>${count}</dd><dt>${both(words.technique)}</dt><dd>${technique}</dd></dl>`;
}

function advice(finding: Finding, { adviceOf }: ReportParts): Markup {
  const told = adviceOf(finding);
  return told === undefined ? markup`` : markup`<p class="advice">${both(words.whatToDo)}${both(told)}</p>`;
}

function evidence({ evidence: all, count }: Finding, { files }: ReportParts): Markup {
  const shown = all.slice(0, limits.evidenceShown);
  const heads = [words.when, words.what, words.who, words.from, words.outcome, words.where];
  const rows = shown.map((each) => row(each, files));
  const total = count > shown.length ? markup`${shown.length} ${both(words.of)} ${count}` : markup`${shown.length}`;
  return markup`<details open><summary>${both(words.evidence)} (${total})</summary><table><thead><tr>${heads.map((head) => markup`<th>${both(head)}</th>`)}</tr></thead><tbody>${rows}</tbody></table></details>`;
}

function row({ time, source, name, principal, origin, address, error, place }: Evidence, files: readonly string[]) {
  const before = origin === undefined || origin.principal === principal ? '' : markup`<br>← ${origin.principal}`;
  const from = origin?.instance === undefined ? '' : markup`<br>← ${origin.instance}`;
  const file = files[place.file] ?? '-';
  return markup`<tr><td class="t">${timeText(time)}</td><td><code>${source.replace('.amazonaws.com', '')}:${short(name)}</code></td><td>${short(principal)}${before}${from}</td><td>${short(address)}</td><td>${error === '' ? both(words.done) : short(error)}</td><td>${file.slice(file.lastIndexOf('/') + 1)} ${both(place.isRow === true ? words.row : words.byte)} ${place.offset}</td></tr>`;
}

function short(text: string): string {
  return text.length > limits.characters ? `${text.slice(0, limits.characters)}…` : text;
}

function subjectOf({ resource: { accessKey, instance, buckets, lambda, arn } }: Finding): string {
  const parts = [
    ...(buckets ?? []).map(({ name }) => name),
    instance === undefined ? '' : instance.instanceId || (instance.networkInterfaces[0]?.networkInterfaceId ?? ''),
    lambda?.functionName ?? '',
    arn ?? '',
    accessKey === undefined ? '' : [accessKey.userName || accessKey.principalId, accessKey.accessKeyId].join(' '),
  ];
  return short(parts.filter((part) => part.trim() !== '').join(', '));
}
