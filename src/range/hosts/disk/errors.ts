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

  constructor(code: DiskCode, action: string, path: string) {
    super(`${code}: ${texts[code]}, ${action} '${path}'`);
    this.code = code;
  }
}

/** As bash and the coreutils print it. */
export function plainText(code: DiskCode): string {
  const text: string = code === 'EISDIR' ? 'is a directory' : texts[code];
  return text.charAt(0).toUpperCase() + text.slice(1);
}
