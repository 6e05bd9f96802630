/** A table as text: the first column to the left, the others, which are numbers, to the right. Lines end in \n. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  bold: (text: string) => string = (text) => text,
): string {
  const widths = header.map((title, column) => {
    // Not Math.max of them all: there may be more rows than arguments of a call.
    return rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), title.length);
  });
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ");
  return [bold(line(header)), ...rows.map(line), ""].join("\n");
}
