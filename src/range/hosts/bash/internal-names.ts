/** What the rewritten script calls: programs that no listing shows. */
export const internalNames: ReadonlySet<string> = new Set([
  '__bg',
  '__wait',
  '__tick',
  '__can',
  '__trap',
  '__trap_run',
  '__rewrite',
  '__rewrite_file',
]);
