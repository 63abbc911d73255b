import type { CallColumns, Spent } from '../../sources/cloudtrail/columns.ts';
import type { Piece } from '../adapters/files/unpack.ts';
import type { Damage } from './parts.ts';

/** What a worker is started with. */
export interface Start {
  /** Tells the scans of one run apart; the main thread's own is 0. */
  readonly id: number;
  readonly reads: readonly string[];
}

/** A file to scan. */
export interface Job {
  readonly file: number;
  readonly path: string;
}

/** The main thread has taken so many bytes on; a worker runs ahead by so many at most. */
export interface Taken {
  readonly taken: number;
}

/** Memory that goes back to the worker whose it was: new memory costs both threads more than the way. */
export interface Back {
  readonly back: Spent;
}

/** What a worker gives of a file: columns of API calls, pieces of anything else as they are, and that it is done. */
export type Scanned =
  | { readonly file: number; readonly columns: CallColumns }
  | { readonly file: number; readonly piece: Piece }
  | { readonly file: number; readonly damage: Damage }
  | { readonly file: number; readonly done: true };

export function bytesOf(scanned: Scanned): number {
  if ('columns' in scanned) return scanned.columns.bytes.length;
  return 'piece' in scanned ? scanned.piece.bytes.length : 0;
}
