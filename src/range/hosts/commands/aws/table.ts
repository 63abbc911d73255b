import { isNested, isPairs, type Plain, shown } from './output.ts';

interface Section {
  readonly title: string;
  readonly depth: number;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Wider tables lie on their side. */
const screen = 80;

/** `--output table`: a box for each structure, boxes in boxes. The arithmetic of its widths was observed, not documented. */
export function tableOf(value: Plain, title: string): string {
  const upright = sectionsOf(value, title, 0);
  const sections = widest(upright) > screen ? upright.map(sideways) : upright;
  const width = widest(sections);
  const text = sections.map((section) => drawn(section, width - 2 * section.depth)).join('');
  return `${'-'.repeat(width)}\n${text}`;
}

function sectionsOf(value: Plain, title: string, depth: number): Section[] {
  const of = (rows: Section['rows'], headers: Section['headers'] = []): Section => ({ title, depth, headers, rows });
  if (!Array.isArray(value)) {
    if (!isPairs(value)) return [of([])];
    const names = scalarNames([value]);
    const row = names.map((name) => shown(value[name]));
    // One value stands beside its name.
    const own = names.length === 1 ? of([[names[0] ?? '', ...row]]) : names.length === 0 ? of([]) : of([row], names);
    return [own, ...nestedOf(value, depth)];
  }
  const list = value as readonly Plain[];
  if (list.length === 0) return [];
  if (!list.every(isPairs)) {
    const rows = list.map((one) => (Array.isArray(one) ? (one as readonly Plain[]) : [one]));
    return [of(rows.map((row) => row.map((cell) => (isNested(cell) ? '' : shown(cell)))))];
  }
  const names = scalarNames(list);
  const rowOf = (one: (typeof list)[number]) => (names.length === 0 ? [] : [names.map((name) => shown(one[name]))]);
  if (!list.some((one) => Object.values(one).some(isNested))) return [of(list.flatMap(rowOf), names)];
  return list.flatMap((one) => [of(rowOf(one), names), ...nestedOf(one, depth)]);
}

function scalarNames(list: readonly { readonly [name: string]: Plain }[]): string[] {
  return [...new Set(list.flatMap((one) => Object.keys(one).filter((name) => !isNested(one[name]))))].sort();
}

function nestedOf(value: { readonly [name: string]: Plain }, depth: number): Section[] {
  const names = Object.keys(value).sort();
  return names.flatMap((name) => (isNested(value[name]) ? sectionsOf(value[name] ?? null, name, depth + 1) : []));
}

function sideways(section: Section): Section {
  const { headers, rows } = section;
  if (headers.length === 0) return section;
  return { ...section, headers: [], rows: rows.flatMap((row) => headers.map((name, i) => [name, row[i] ?? ''])) };
}

function widest(sections: readonly Section[]): number {
  const widths = sections.map((section) => {
    const cells = longest(section).reduce((sum, one) => sum + one + 4, 0);
    return Math.max(cells, section.title.length) + 2 + 2 * section.depth;
  });
  return Math.max(0, ...widths);
}

/** The longest text of each column. */
function longest({ headers, rows }: Section): number[] {
  const all = headers.length > 0 ? [headers, ...rows] : rows;
  const count = Math.max(0, ...all.map((row) => row.length));
  return Array.from({ length: count }, (_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
}

/** Columns grow in proportion; what rounding leaves goes to the first ones. Each but the last gives a place to its border. */
function columnsOf(section: Section, width: number): number[] {
  const natural = longest(section).map((one) => one + 3);
  const sum = natural.reduce((total, one) => total + one, 0);
  const scaled = natural.map((one) => Math.round((one * (width - 2)) / sum));
  let spare = width - 2 - scaled.reduce((total, one) => total + one, 0);
  for (let i = 0; spare !== 0; i = (i + 1) % scaled.length) {
    scaled[i] = (scaled[i] ?? 0) + Math.sign(spare);
    spare -= Math.sign(spare);
  }
  return scaled.map((one, i) => (i < scaled.length - 1 ? one - 1 : one));
}

function drawn(section: Section, width: number): string {
  const { depth, title, headers, rows } = section;
  const bars = '|'.repeat(depth);
  const columns = rows.length === 0 ? [width - 2] : columnsOf(section, width);
  const rule = `+${columns.map((one) => '-'.repeat(one)).join('+')}+`;
  const names = columns.map((one, i) => centre(headers[i] ?? '', one, i === 0));
  const lines = [`|${centre(title, width - 2, true)}|`, rule];
  if (headers.length > 0 && rows.length > 0) lines.push(`|${names.join('|')}|`, rule);
  for (const row of rows) lines.push(`|${columns.map((one, i) => `  ${row[i] ?? ''}`.padEnd(one)).join('|')}|`);
  if (rows.length > 0) lines.push(rule);
  return lines.map((line) => `${bars}${line}${bars}\n`).join('');
}

function centre(text: string, width: number, first: boolean): string {
  const left = Math.floor((width + (first ? 2 : 1)) / 2) - Math.floor(text.length / 2) - 1;
  return `${' '.repeat(Math.max(0, left))}${text}`.padEnd(width);
}
