import { accessSync, constants, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { asWorldError, UserError } from '../run/errors.ts';
import type { Invocation } from './invocation.ts';

export interface WrittenFile {
  readonly path: string;
  /** All of it or nothing: what was there before stays until the new is whole. */
  write(text: string): void;
}

/** A file that an option names, to be written at the end: whether that can be is asked before the work begins. */
export function writtenFile(invocation: Invocation, option: string): WrittenFile | undefined {
  const given = invocation.text(option);
  return given === undefined ? undefined : fileAt(resolve(invocation.terminal.cwd, given), option, given);
}

function fileAt(path: string, option: string, given: string): WrittenFile {
  const stats = statSync(path, { throwIfNoEntry: false });
  const refuse = (error: unknown) => cannotWrite(option, given, error);
  try {
    if (stats?.isDirectory()) throw new Error('it is a folder');
    accessSync(stats === undefined ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    throw refuse(error);
  }
  // A device or a pipe is written as it is.
  const isPlain = stats === undefined || stats.isFile();
  const part = isPlain ? `${path}.part` : path;
  return {
    path,
    write(content) {
      try {
        writeFileSync(part, content);
        if (isPlain) renameSync(part, path);
      } catch (error) {
        if (isPlain) rmSync(part, { force: true });
        throw asWorldError(error) ?? refuse(error);
      }
    },
  };
}

function cannotWrite(option: string, given: string, error: unknown): UserError {
  const why = error instanceof Error ? error.message : String(error);
  return new UserError({
    code: 'FILE_NOT_WRITABLE',
    message: {
      en: `--${option} "${given}" cannot be written: ${why}`,
      ja: `--${option} "${given}" に書き込めません: ${why}`,
    },
    expected: {
      en: 'a file in a folder that exists and may be written to',
      ja: '書き込める既存のフォルダー内のファイル',
    },
    hint: `ls -ld ${dirname(given)}`,
  });
}
