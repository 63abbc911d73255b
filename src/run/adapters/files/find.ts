import { readdirSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';

/** Files that the arguments name: files, folders with all below them, patterns with `*`, `?` and `**`. */
export function findFiles(
  args: readonly string[],
  cwd: string,
): { readonly files: readonly string[]; readonly missing: readonly string[] } {
  const files = new Set<string>();
  const missing: string[] = [];
  for (const arg of args) {
    const found = filesOf(arg, cwd);
    if (found.length === 0) missing.push(arg);
    for (const file of found) files.add(file);
  }
  return { files: [...files], missing };
}

function filesOf(arg: string, cwd: string): readonly string[] {
  const path = pathOf(arg, cwd);
  const kind = kindOf(path);
  if (kind === 'file') return [path];
  if (kind === 'folder') return below(path);
  if (!/[*?]/.test(arg)) return [];
  const parts = path.split(sep);
  const firstPattern = parts.findIndex((part) => /[*?]/.test(part));
  const root = parts.slice(0, firstPattern).join(sep) || sep;
  const pattern = patternOf(parts.slice(firstPattern));
  return kindOf(root) === 'folder'
    ? below(root).filter((file) => pattern.test(file.slice(join(root, sep).length)))
    : [];
}

function pathOf(arg: string, cwd: string): string {
  return arg.startsWith(sep) ? arg : join(cwd, arg);
}

function kindOf(path: string): 'file' | 'folder' | 'nothing' {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 'nothing' : stats.isDirectory() ? 'folder' : 'file';
}

/** Hidden files are left out: they are no logs, but what tools leave behind. */
function below(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.'));
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      const kind = entry.isSymbolicLink()
        ? kindOf(path)
        : entry.isDirectory()
          ? 'folder'
          : entry.isFile()
            ? 'file'
            : 'nothing';
      return kind === 'folder' && !entry.isSymbolicLink() ? below(path) : kind === 'file' ? [path] : [];
    });
}

function patternOf(parts: readonly string[]): RegExp {
  const source = parts.map((part, index) => {
    const last = index === parts.length - 1;
    if (part === '**') return last ? '.*' : '(?:[^/]+/)*';
    const name = part
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]');
    return last ? name : `${name}/`;
  });
  return new RegExp(`^${source.join('')}$`);
}

/** The time that AWS writes into the names of delivered files, NaN where there is none. */
export function timeInName(path: string): number {
  const [, year, month, day, hour, minute] = /_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_/.exec(basename(path)) ?? [];
  return year === undefined ? Number.NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
}

/** When a file was last written. */
/** In bytes, as the file lies there; 0 for what has no size. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

export function changedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}
