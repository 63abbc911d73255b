import type { Words } from '../model/words.ts';
import type { DetectReport } from '../run/detect-logs.ts';
import { countedWords, problemWords } from './problem-words.ts';

/** What a page of findings would leave its reader to believe was looked at, and was not. */
export function reportNotes({ isStopped, problems, outOfScope, idle }: DetectReport): readonly Words[] {
  const unread = countedWords(problems, problemWords);
  const notes: readonly (readonly [boolean, Words])[] = [
    [
      isStopped,
      {
        en: 'Reading was interrupted: this is what was found until then.',
        ja: '読み取りは途中で中断されました。ここまでの結果です。',
      },
    ],
    [unread.en !== '', { en: `Could not be read: ${unread.en}.`, ja: `読めなかったもの: ${unread.ja}` }],
    [
      outOfScope > 0,
      {
        en: `Out of the scope given, not judged: ${outOfScope} records.`,
        ja: `指定範囲外のため判定していない記録: ${outOfScope} 件`,
      },
    ],
    [
      idle.length > 0,
      {
        en: `Detectors without the data that they need, such as threat lists: ${idle.length}.`,
        ja: `脅威リストなど必要なデータがなく、動作していない検出器: ${idle.length} 件`,
      },
    ],
  ];
  return notes.filter(([isSo]) => isSo).map(([, note]) => note);
}
