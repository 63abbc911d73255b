/** Rows as columns of a terminal, two spaces between them. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

/** Columns of a terminal: East Asian characters take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

/** As much of a text as has room; a line that is wider than the terminal could not be rewritten in place. */
export function cut(text: string, columns: number): string {
  let [width, end] = [0, 0];
  for (const character of text) {
    width += widthOf(character);
    if (width > columns) return text.slice(0, end);
    end += character.length;
  }
  return text;
}
