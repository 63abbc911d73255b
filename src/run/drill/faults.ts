import type { Fault } from '../../drill/read.ts';
import { UserError } from '../errors.ts';

/** A step of the drill file that could not be carried out: the file, its line, and what AWS said. */
export function stepFailed(step: { readonly kind: string; readonly line: number }, why: unknown): UserError {
  if (why instanceof UserError) return why;
  const reason = why instanceof Error ? `${why.name === 'Error' ? '' : `${why.name}: `}${why.message}` : String(why);
  return new UserError({
    code: 'DRILL_STEP_FAILED',
    message: {
      en: `the step "${step.kind}" on line ${step.line} of the drill failed: ${reason}`,
      ja: `ドリルの ${step.line} 行目のステップ "${step.kind}" が失敗しました: ${reason}`,
    },
    expected: { en: 'every step of the environment to succeed', ja: '環境のすべてのステップが成功すること' },
  });
}

export function fileFaults(file: string, faults: readonly Fault[]): UserError {
  const lines = faults.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
  return new UserError({
    code: 'DRILL_FILE_WRONG',
    message: { en: `the drill cannot be read\n${lines.join('\n')}`, ja: `ドリルを読み込めません\n${lines.join('\n')}` },
    expected: { en: 'a drill as docs/drills.md describes it', ja: 'docs/drills.md に書かれた形式のドリル' },
  });
}
