import { WorldError } from '../../errors.ts';

export function owned(path: string, pid: number): WorldError {
  return new WorldError({
    code: 'STORE_IN_USE',
    message: {
      en: `${path} belongs to the running process ${pid}`,
      ja: `${path} は実行中のプロセス ${pid} が使用中です`,
    },
    expected: { en: 'one range for one data folder', ja: 'データフォルダーごとに 1 つのレンジ' },
    hint: {
      en: 'stop that process, or give another folder with --data',
      ja: 'そのプロセスを止めるか、--data で別のフォルダーを指定してください',
    },
  });
}

export function notAStore(file: string): WorldError {
  return new WorldError({
    code: 'STORE_NOT_READABLE',
    message: { en: `${file} is not a store of a range`, ja: `${file} はレンジのストアではありません` },
    expected: { en: 'a file that a range made, whole', ja: 'レンジが作成した完全なファイル' },
    hint: {
      en: 'load a snapshot again, or remove the folder to begin anew',
      ja: 'スナップショットを読み込み直すか、フォルダーを削除して最初から始めてください',
    },
  });
}

export function spaceLow(folder: string, free: number, min: number): WorldError {
  return new WorldError({
    code: 'STORE_SPACE_LOW',
    message: {
      en: `${folder}: only ${mebibytes(free)} MiB of the disk are free; nothing is written`,
      ja: `${folder}: ディスクの空きが ${mebibytes(free)} MiB しかないため、書き込みを止めています`,
    },
    expected: { en: `at least ${mebibytes(min)} MiB`, ja: `${mebibytes(min)} MiB 以上の空き` },
    hint: {
      en: 'free space on this disk, or give a folder on another one with --data',
      ja: 'ディスクの空きを増やすか、--data で別のディスクのフォルダーを指定してください',
    },
  });
}

export function commitFailed(folder: string, cause: unknown): WorldError {
  return new WorldError(
    {
      code: 'STORE_COMMIT_FAILED',
      message: {
        en: `${folder}: the disk refused a commit; the range stops, and everything it had answered is kept`,
        ja: `${folder}: ディスクへのコミットが失敗したため停止します。応答済みの内容はすべて残っています`,
      },
      expected: { en: 'a disk with free space that takes writes', ja: '空きがあり書き込めるディスク' },
      hint: { en: 'free space on this disk and start again', ja: 'ディスクの空きを増やしてから再起動してください' },
    },
    cause,
  );
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
