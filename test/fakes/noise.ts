import fc from 'fast-check';
import { readText } from './read-text.ts';

/** Reads a text that was damaged in a few places, in two pieces: whatever was written over it, reading does not fail. */
export function readDamaged(text: string, begin: string): void {
  const change = fc.record({ at: fc.nat(text.length), length: fc.nat(20), by: noise });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), fc.nat(), (changes, cut) => {
      const damaged = changes.reduce((now, { at, length, by }) => now.slice(0, at) + by + now.slice(at + length), text);
      const { rows } = readText(`${begin}${damaged}`, cut % (damaged.length + 1));
      for (const row of rows) {
        row.keep();
        if (!/string|undefined/.test(typeof row.text('bucket'))) throw new Error('a text is a text, or is not there');
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 150) },
  );
}

const noise = fc.constantFrom(
  ...['"', '[', ']', '{', '}', '\t', '\n', ' ', '-', ':', ',', '=', '\\', '\u0000', 'é', 'null', '9'.repeat(30), ''],
);
