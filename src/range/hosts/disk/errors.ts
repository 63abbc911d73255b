const texts = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  ENOTDIR: 'not a directory',
  EISDIR: 'illegal operation on a directory',
  EEXIST: 'file already exists',
  ENOTEMPTY: 'directory not empty',
  ELOOP: 'too many levels of symbolic links',
  ENOSPC: 'no space left on device',
  EFBIG: 'file too large',
  EINVAL: 'invalid argument',
  ENAMETOOLONG: 'file name too long',
  EPERM: 'operation not permitted',
} as const;

export type DiskCode = keyof typeof texts;

/** A refusal by the file system, worded as Node words it, because the commands of just-bash look for these words. */
export class DiskError extends Error {
  override readonly name = 'DiskError';
  readonly code: DiskCode;
  readonly path: string;

  constructor(code: DiskCode, action: string, path: string) {
    super(`${code}: ${texts[code]}, ${action} '${path}'`);
    this.code = code;
    this.path = path;
  }
}

/** As bash and the coreutils print it. */
export function plainText(code: DiskCode): string {
  const text: string = code === 'EISDIR' ? 'is a directory' : texts[code];
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** just-bash prints a refusal that met one of its redirections as Node words it. */
export function asBashPrints(stderr: string): string {
  if (!stderr.includes(': ')) return stderr;
  return stderr.replace(/^([A-Z]+): [a-z ]+, \w+ '(.*)'$/gm, (line, code: string, path: string) =>
    code in texts ? `bash: ${path}: ${plainText(code as DiskCode)}` : line,
  );
}

/** Why the file system refuses this; undefined when it is done. */
export function refusalOf(act: () => void): DiskCode | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof DiskError) return error.code;
    throw error;
  }
}
