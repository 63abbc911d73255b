import { type Disk, root } from '../disk/disk.ts';
import { putFile } from '../image/install.ts';

/** A record of /var/log/wtmp (boots, sessions on a terminal) or /var/log/btmp (refused passwords). */
export interface LoginRecord {
  readonly kind: 'boot' | 'shutdown' | 'refused';
  readonly pid: number;
  readonly line: string;
  readonly user: string;
  readonly host: string;
  readonly time: number;
}

export type RecordFile = '/var/log/wtmp' | '/var/log/btmp';

const types = { shutdown: 1, boot: 2, refused: 6 } as const;

/** Where the members lie: https://man7.org/linux/man-pages/man5/utmp.5.html, as x86_64 lays them out. */
const size = 384;
const at = { type: 0, pid: 4, line: 8, user: 44, host: 76, seconds: 340, micros: 344 };

export function record(disk: Disk, path: RecordFile, { kind, pid, line, user, host, time }: LoginRecord): void {
  const bytes = Buffer.alloc(size);
  bytes.writeInt16LE(types[kind], at.type);
  bytes.writeInt32LE(pid, at.pid);
  bytes.write(line.slice(0, 31), at.line);
  bytes.write(user.slice(0, 31), at.user);
  bytes.write(host.slice(0, 255), at.host);
  bytes.writeInt32LE(Math.floor(time / 1000), at.seconds);
  bytes.writeInt32LE((time % 1000) * 1000, at.micros);
  if (disk.find(path) === undefined) putFile(disk, path, '', path.endsWith('btmp') ? 0o660 : 0o664);
  disk.append(path, bytes, root);
}

export function recordsOf(bytes: Uint8Array): readonly LoginRecord[] {
  const all = Buffer.from(bytes);
  const text = (from: number, length: number) => all.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  return Array.from({ length: Math.floor(all.length / size) }, (_, index) => {
    const from = index * size;
    const type = all.readInt16LE(from + at.type);
    const seconds = all.readInt32LE(from + at.seconds);
    return {
      kind: type === types.boot ? 'boot' : type === types.shutdown ? 'shutdown' : 'refused',
      pid: all.readInt32LE(from + at.pid),
      line: text(from + at.line, 32),
      user: text(from + at.user, 32),
      host: text(from + at.host, 256),
      time: seconds * 1000 + all.readInt32LE(from + at.micros) / 1000,
    };
  });
}
