import type { Clock } from '../../clock.ts';
import { hostLimits } from '../limits.ts';
import type { Disk } from './disk.ts';

/** When a disk goes to its store: what was answered survives a kill, as on a journalled file system. */
export interface WriteBack {
  /** A job ended: at this very instant, after the others that end now. */
  soon(): void;
  /** Powered on: now and then what daemons write goes too, since their jobs never end. */
  begin(): void;
  /** Powered off: the last write. */
  end(): void;
}

export function createWriteBack(id: string, clock: Clock, disk: Disk, store: () => void): WriteBack {
  let stored = disk.version;
  let waiting = false;
  let cancel = () => {};
  const save = () => {
    waiting = false;
    if (disk.version === stored) return;
    stored = disk.version;
    store();
  };
  const flush = () => {
    save();
    cancel = clock.at(clock.now() + hostLimits.flushMs, flush, `flush the disk of ${id}`);
  };
  return {
    soon() {
      if (waiting || disk.version === stored) return;
      waiting = true;
      clock.at(clock.now(), save, `write the disk of ${id}`);
    },
    begin: flush,
    end() {
      cancel();
      save();
    },
  };
}
