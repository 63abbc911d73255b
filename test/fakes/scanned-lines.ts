import { Spare } from '../../src/sources/spare.ts';
import { FlowNumbers } from '../../src/sources/vpc-flow/flow-numbers.ts';
import { columnsOf, FlowScanner, type SpareNumbers } from '../../src/sources/vpc-flow/scanner.ts';

const scanner = new FlowScanner();
const spare: SpareNumbers = new Spare((length) => new Float64Array(length));

/** What the scanner of flow logs makes of lines, and the lines that it finds odd. */
export function scannedLines(fields: readonly string[], text: string) {
  const bytes = Buffer.from(text);
  const odd: string[] = [];
  const { size, noData, skipData } = scanner.over(columnsOf(fields), bytes, 0, bytes.length, ({ start, end }) =>
    odd.push(bytes.toString('latin1', start, end).trimEnd()),
  );
  const rows = scanner.rows(spare);
  const flows = Array.from({ length: size }, (_, row) => {
    const flow = new FlowNumbers();
    flow.move(rows, row);
    return flow;
  });
  return { flows, odd, noData, skipData };
}
