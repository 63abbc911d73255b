import type { Locale, Words } from '../model/words.ts';

/** A plain string is for what has no language: a command line, a value, AWS's own text. */
export type Said = Words | string;

export interface Complaint {
  /** Stable and upper case, `RANGE_PORT_TAKEN`: tests and scripts match it. */
  readonly code: string;
  /** What is wrong, quoting the value and its place. */
  readonly message: Said;
  readonly expected?: Said;
  /** What to do, best as a line to copy. */
  readonly hint?: Said;
}

/** The user's mistake: flags, configuration, input. Ends with 2 and no stack. */
export class UserError extends Error implements Complaint {
  override readonly name = 'UserError';
  readonly code: string;
  readonly expected: Said;
  readonly hint: Said;
  readonly said: Said;

  constructor(complaint: Complaint) {
    super(textOf(complaint.message, 'en'));
    this.code = complaint.code;
    this.said = complaint.message;
    this.expected = complaint.expected ?? '';
    this.hint = complaint.hint ?? '';
  }
}

/** The world failing: a port taken, a full disk, no range there. Ends with 3 and no stack. */
export class WorldError extends Error implements Complaint {
  override readonly name = 'WorldError';
  readonly code: string;
  readonly expected: Said;
  readonly hint: Said;
  readonly said: Said;

  constructor(complaint: Complaint, cause?: unknown) {
    super(textOf(complaint.message, 'en'), { cause });
    this.code = complaint.code;
    this.said = complaint.message;
    this.expected = complaint.expected ?? '';
    this.hint = complaint.hint ?? '';
  }
}

export function textOf(said: Said, locale: Locale): string {
  return typeof said === 'string' ? said : said[locale];
}

/** Errors of the system that nobody turned into a WorldError are still the world's, not ours. */
export function asWorldError(error: unknown): WorldError | undefined {
  if (error instanceof WorldError) return error;
  const code = codeOf(error);
  const hint = systemHints[code];
  return hint && new WorldError({ code, message: (error as Error).message, hint }, error);
}

const room = { en: 'free space on this disk', ja: 'ディスクの空きを増やす' };
const rights = { en: 'a place that this user may use', ja: 'このユーザーが使用できる場所を指定する' };
const systemHints: Readonly<Record<string, Words>> = {
  EADDRINUSE: { en: '--port <another port>', ja: '--port で別のポートを指定する' },
  EACCES: rights,
  EPERM: rights,
  EROFS: rights,
  ENOSPC: room,
  EDQUOT: room,
  EFBIG: { en: 'a larger limit on file sizes (ulimit -f)', ja: 'ファイルサイズの上限を上げる (ulimit -f)' },
  EMFILE: { en: 'a larger limit on open files (ulimit -n)', ja: '開けるファイル数の上限を上げる (ulimit -n)' },
  EIO: { en: 'another disk', ja: '別のディスクを使う' },
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
