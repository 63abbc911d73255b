import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';

export interface Found {
  /** What may not be looked at is among them: who reads it says why. */
  readonly files: readonly string[];
  /** Arguments that name nothing. */
  readonly missing: readonly string[];
  /** Of the files, those that can be read once, and whose end nobody knows: pipes and devices. */
  readonly streams: readonly string[];
}

/** Files that the arguments name: files, folders with all below them, patterns with `*`, `?`, `[...]`, `{,}` and `**`. */
export function findFiles(args: readonly string[], cwd: string): Found {
  const files = new Set<string>();
  const streams: string[] = [];
  const missing: string[] = [];
  for (const arg of args) {
    const found = filesOf(arg, cwd);
    if (found.length === 0) missing.push(arg);
    for (const file of found) files.add(file);
    if (kindOf(pathOf(arg, cwd)) === 'stream') streams.push(arg);
  }
  return { files: [...files], missing, streams };
}

function filesOf(arg: string, cwd: string): readonly string[] {
  const path = pathOf(arg, cwd);
  const kind = kindOf(path);
  if (kind === 'file' || kind === 'stream') return [path];
  if (kind === 'folder') return below(path);
  if (!isPattern.test(arg)) return [];
  const parts = path.split(sep);
  const firstPattern = parts.findIndex((part) => isPattern.test(part));
  const root = parts.slice(0, firstPattern).join(sep) || sep;
  const pattern = patternOf(parts.slice(firstPattern));
  return kindOf(root) === 'folder'
    ? below(root).filter((file) => pattern.test(file.slice(join(root, sep).length)))
    : [];
}

const isPattern = /[*?[{]/;

function pathOf(arg: string, cwd: string): string {
  return arg.startsWith(sep) ? arg : join(cwd, arg);
}

function kindOf(path: string): 'file' | 'folder' | 'stream' | 'nothing' {
  const stats = statsOf(path);
  if (stats === undefined) return 'nothing';
  if (stats === 'refused' || stats.isFile()) return 'file';
  return stats.isDirectory() ? 'folder' : 'stream';
}

function statsOf(path: string): Stats | 'refused' | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EACCES' || code === 'EPERM') return 'refused';
    if (code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** Hidden files are left out: they are no logs, but what tools leave behind. */
function below(folder: string): readonly string[] {
  const entries = entriesOf(folder);
  if (entries === undefined) return [folder];
  return entries
    .filter((entry) => !entry.name.startsWith('.'))
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

/** Undefined where nobody may look: then who reads it says so, and all else is read. */
function entriesOf(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined;
  }
}

function patternOf(parts: readonly string[]): RegExp {
  const source = parts.map((part, index) => {
    const last = index === parts.length - 1;
    if (part === '**') return last ? '.*' : '(?:[^/]+/)*';
    const name = nameOf(part);
    return last ? name : `${name}/`;
  });
  return new RegExp(`^${source.join('')}$`);
}

/** `[ab]`, `[!ab]` and `{one,two}` as shells have them; what is open and never closed stands for itself. */
function nameOf(part: string): string {
  return part.replace(/\[([!^]?)([^\]/]+)\]|\{([^{}/]*,[^{}/]*)\}|[*?]|[^\w]/g, (text, not, set, choices) => {
    if (set !== undefined) return `[${not === '' ? '' : '^'}${String(set).replace(/[\\^\]]/g, '\\$&')}]`;
    if (choices !== undefined) return `(?:${String(choices).split(',').map(nameOf).join('|')})`;
    return text === '*' ? '[^/]*' : text === '?' ? '[^/]' : text.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  });
}

/** The time that AWS writes into the names of delivered files, NaN where there is none. */
export function timeInName(path: string): number {
  const [, year, month, day, hour, minute] = /_(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})Z_/.exec(basename(path)) ?? [];
  return year === undefined ? Number.NaN : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
}

/** In bytes, as the file lies there; 0 for what has no size. */
export function sizeOf(path: string): number {
  const stats = statsOf(path);
  return stats === undefined || stats === 'refused' ? 0 : stats.size;
}

/** When a file was last written. */
export function changedAt(path: string): number | undefined {
  const stats = statsOf(path);
  return stats === undefined || stats === 'refused' ? undefined : stats.mtimeMs;
}
