import type { Words } from '../model/words.ts';
import type { Progress } from '../run/detect-logs.ts';
import { progressLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

const width = 20;

/** `isEndless`: nobody waits for an end, so that what is found is shown at once. */
export function detectProgress(terminal: Terminal, isEndless: boolean) {
  const start = Date.now();
  const line = progressLine(terminal, Date.now, isEndless ? 0 : undefined);
  const show = (done: Progress) => line.show(terminal.say(progressWords(done, Date.now() - start)));
  return { show, above: line.above, clear: line.clear };
}

/** How far a run is, how fast it goes, and how long it still takes; the last is known once a file is read. */
export function progressWords({ files, of, activities, bytes, ofBytes }: Progress, elapsedMs: number): Words {
  const rate = Math.round((activities * 1_000) / Math.max(1, elapsedMs)).toLocaleString('en-US');
  const records = activities.toLocaleString('en-US');
  const share = ofBytes === 0 ? 0 : bytes / ofBytes;
  const bar = `[${'='.repeat(Math.round(share * width)).padEnd(width)}]`;
  const left = share === 0 ? undefined : Math.ceil((elapsedMs * (1 / share - 1)) / 1_000);
  return {
    en: `${bar} ${files} of ${of} files, ${records} records, ${rate}/s${left === undefined ? '' : `, ${clock(left)} left`}`,
    ja: `${bar} ${of} ファイル中 ${files}、${records} 件、毎秒 ${rate} 件${left === undefined ? '' : `、残り ${clock(left)}`}`,
  };
}

/** `1:05`, in minutes and seconds. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
