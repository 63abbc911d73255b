import { parentPort, workerData } from 'node:worker_threads';
import { CallScan } from '../../sources/cloudtrail/call-scan.ts';
import { callTrie } from '../../sources/cloudtrail/paths.ts';
import { PieceScan } from '../../sources/cloudtrail/piece-scan.ts';
import { headOf, isCalls } from '../../sources/open.ts';
import { type Piece, PieceRoom, piecesOfFile } from '../adapters/files/unpack.ts';
import { limits } from './limits.ts';
import { partsOf } from './parts.ts';
import { type Back, bytesOf, type Job, type Scanned, type Start, type Taken } from './scanned.ts';

// Unpacks and scans whole files, one after the other, and hands over bytes and numbers. What they mean, and in which
// order, only the main thread knows: so what is found cannot depend on the number of workers.

const port = parentPort!;
const { id, reads } = workerData as Start;
const scan = new PieceScan(callTrie(reads), id, (bytes) => new SharedArrayBuffer(bytes));
const room = new PieceRoom();
const jobs: Job[] = [];
let isBusy = false;
let ahead = 0;
let resume: (() => void) | undefined;
let waiting: Scanned[] = [];
let waitingBytes = 0;

port.on('message', (message: Job | Taken | Back) => {
  if ('back' in message) {
    scan.reuse(message.back);
    return;
  }
  if ('taken' in message) {
    ahead -= message.taken;
    resume?.();
    return;
  }
  jobs.push(message);
  if (!isBusy) void work();
});

async function work(): Promise<void> {
  isBusy = true;
  for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
    await scanFile(job);
    if (jobs.length === 0) send();
  }
  isBusy = false;
}

async function scanFile({ file, path }: Job): Promise<void> {
  let read: ((piece: Piece) => Scanned) | undefined;
  for await (const part of partsOf(piecesOfFile(path, room))) {
    if ('damage' in part) await give({ file, damage: part });
    else {
      // What comes before the first byte that tells the kind is blank.
      read ??= readerOf(file, headOf(part.bytes));
      if (read !== undefined) await give(read(part));
    }
  }
  await give({ file, done: true });
}

function readerOf(file: number, head: string | undefined): ((piece: Piece) => Scanned) | undefined {
  if (head === undefined) return undefined;
  if (!isCalls(head)) return ({ bytes, last }) => ({ file, piece: { bytes: owned(bytes), last } });
  const calls = new CallScan(scan, file);
  return ({ bytes, last }) => ({ file, columns: calls.read(bytes, last) });
}

async function give(scanned: Scanned): Promise<void> {
  waiting.push(scanned);
  waitingBytes += bytesOf(scanned);
  if (waitingBytes < limits.messageBytes) return;
  send();
  while (ahead > limits.aheadBytes) await new Promise<void>((go) => (resume = go));
}

function send(): void {
  if (waiting.length === 0) return;
  ahead += waitingBytes;
  port.postMessage(waiting, waiting.flatMap(transferred));
  waiting = [];
  waitingBytes = 0;
}

/** Columns lie in memory that both threads see: what goes over whole makes both collect it soon. */
function transferred(scanned: Scanned): ArrayBuffer[] {
  return 'piece' in scanned ? [scanned.piece.bytes.buffer as ArrayBuffer] : [];
}

/** Small buffers share their memory with others, which must not go with them. */
function owned(bytes: Uint8Array): Uint8Array {
  return bytes.length === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes);
}
