import type { Piece } from '../adapters/files/unpack.ts';

/** What a file gives: pieces, and at the end perhaps why there are no more. */
export type Part = Piece | Damage;

export interface Damage {
  readonly damage: string;
  /** How many bytes came before. */
  readonly size: number;
}

/** Pieces up to the damage, if any: what was read before it holds. */
export async function* partsOf(pieces: AsyncIterable<Piece>): AsyncGenerator<Part> {
  let size = 0;
  try {
    for await (const piece of pieces) {
      size += piece.bytes.length;
      yield piece;
    }
  } catch (error) {
    if (!(error instanceof Error && ('code' in error || error.message.includes('zstd')))) throw error;
    yield { bytes: new Uint8Array(0), last: true };
    yield { damage: error.message, size };
  }
}
