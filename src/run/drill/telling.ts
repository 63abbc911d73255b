import { storyTitle, type as storyType } from '../../correlate/telling.ts';
import { pack } from '../../detect/detectors/index.ts';
import type { Change } from '../../drill/journal.ts';
import type { Stage } from '../../drill/result.ts';
import type { Words } from '../../model/words.ts';

const titles: ReadonlyMap<string, Words> = new Map([
  ...pack.map(({ about }) => [about.type, about.title] as const),
  [storyType, storyTitle],
]);

/** The timeline's line for what the bus told. */
export function toldOf(change: Change): { readonly stage: Stage; readonly what: Words } {
  switch (change.kind) {
    case 'found':
    case 'updated': {
      const { type, severity, title } = change.finding;
      const again = change.kind === 'found' ? { en: '', ja: '' } : { en: ' (updated)', ja: ' (更新)' };
      const text = `${type} (${severity})`;
      // The bus speaks English, as AWS's does; the pack knows the same title in every language.
      const ja = titles.get(type)?.ja ?? title;
      return { stage: 'finding', what: { en: `${text}${again.en}: ${title}`, ja: `${text}${again.ja}: ${ja}` } };
    }
    case 'planned':
      return { stage: 'run', what: runWords(change, { en: 'plan', ja: '計画' }) };
    case 'ran':
      return { stage: 'run', what: runWords(change, { en: 'done', ja: '実行' }) };
    case 'verified':
      return { stage: 'verdict', what: runWords(change, verdictWords(change.run.verdict)) };
  }
}

function runWords({ run, evidence }: Extract<Change, { run: unknown }>, did: Words): Words {
  const why = (texts: readonly string[], between: string) => (texts.length === 0 ? '' : `: ${texts.join(between)}`);
  const [en, ja] = [evidence.map((each) => each.en), evidence.map((each) => each.ja)];
  return { en: `${run.playbook} ${did.en}${why(en, '; ')}`, ja: `${run.playbook} ${did.ja}${why(ja, '。')}` };
}

function verdictWords(verdict: string | undefined): Words {
  return verdict === 'resolved' ? { en: 'resolved', ja: '解決を確認' } : { en: 'remains', ja: '未解決' };
}
