import { createHash } from 'node:crypto';
import { type Case, caseOf } from '../../../measure/labelled/case.ts';
import { piecesOfFile } from './unpack.ts';

export interface LabelledSet {
  readonly cases: readonly Case[];
  /** Of the unpacked content. */
  readonly hash: string;
  /** Lines that are no case, with what is wrong with them. */
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
}

/** A labelled set: one case a line, packed or not. */
export async function readLabelled(path: string): Promise<LabelledSet> {
  const pieces: Uint8Array[] = [];
  for await (const { bytes } of piecesOfFile(path)) pieces.push(Buffer.from(bytes));
  const content = Buffer.concat(pieces);
  const cases: Case[] = [];
  const problems: { line: number; problem: string }[] = [];
  for (const [index, line] of content.toString('utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = caseOf(line);
    if ('problem' in read) problems.push({ line: index + 1, problem: read.problem });
    else cases.push(read);
  }
  return { cases, hash: createHash('sha256').update(content).digest('hex').slice(0, 16), problems };
}
