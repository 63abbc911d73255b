import type { Evidence } from '../model/activity.ts';
import type { Finding } from '../model/finding.ts';
import { harmlessWord } from './harmless.ts';
import type { Terminal } from './terminal.ts';

/** What a finding of the range was made of: a line an activity, with the id by which its record is found again. */
export function findingReasons(finding: Finding, stages: readonly Finding[], terminal: Terminal): string {
  const { say, locale } = terminal;
  const lines = [
    `${finding.type} ${finding.severity}: ${finding.title[locale]}`,
    `  ${finding.description[locale]}`,
    ...stages.map(({ id, type, title }) => `  └ ${id.slice(0, 8)} ${type}: ${title[locale]}`),
    ...finding.evidence.map((each) => `  ${activityText(each)}`),
  ];
  const unkept = finding.count - finding.evidence.length;
  const more = { en: `and ${unkept} that are counted only`, ja: `ほか ${unkept} 件 (件数のみ記録)` };
  if (unkept > 0 && stages.length === 0) lines.push(`  ${say(more)}`);
  const call = finding.evidence.find(({ kind }) => kind === 'api-call');
  if (call !== undefined) {
    const look = `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventId,AttributeValue=${call.id}`;
    lines.push(`${say({ en: 'the record', ja: '記録の確認' })}: ${look}`);
  }
  return `${lines.map(harmlessWord).join('\n')}\n`;
}

function activityText({ time, source, name, principal, origin, address, error, id }: Evidence): string {
  const outcome = error === '' ? '' : ` (${error})`;
  const before = origin === undefined || origin.principal === principal ? '' : ` < ${origin.principal}`;
  const who = [`${principal}${before}`, address].filter((part) => part !== '').join(' ');
  return `${new Date(time).toISOString()} ${source}:${name}${outcome} ${who}  ${id}`;
}
