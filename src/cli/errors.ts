import type { Locale, Words } from '../model/words.ts';
import { type Exit, exit } from './exit.ts';

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

const labels = {
  error: { en: 'error', ja: 'エラー' },
  expected: { en: 'expected', ja: '期待:' },
  hint: { en: 'try:', ja: '対処:' },
} satisfies Record<string, Words>;

/** Three parts: what is wrong, what was expected, what to do. Our own bugs keep their stack. */
export function renderError(error: unknown, locale: Locale): string {
  if (!(error instanceof UserError || error instanceof WorldError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `${labels.error[locale]} BUG: ${stack}\n`;
  }
  const lines = [`${labels.error[locale]} ${error.code}: ${textOf(error.said, locale)}`];
  if (error.expected) lines.push(`  ${labels.expected[locale]} ${textOf(error.expected, locale)}`);
  if (error.hint) lines.push(`  ${labels.hint[locale]} ${textOf(error.hint, locale)}`);
  return `${lines.join('\n')}\n`;
}

export function exitOf(error: unknown): Exit {
  if (error instanceof UserError) return exit.usage;
  if (error instanceof WorldError) return exit.world;
  return worldCodes.has(codeOf(error)) ? exit.world : exit.bug;
}

/** Errors of the system that nobody turned into a WorldError are still the world's, not ours. */
const worldCodes = new Set(['EADDRINUSE', 'EACCES', 'EPERM', 'ENOSPC', 'EROFS', 'EMFILE', 'EDQUOT', 'EIO']);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
