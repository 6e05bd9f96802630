/** A notebook of nbformat 4, as far as it is used here. Texts may be in one piece or in lines, as Jupyter has them. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: object;
  readonly nbformat: number;
  readonly nbformat_minor: number;
}

export type Cell = MarkdownCell | CodeCell;

type Text = string | readonly string[];

export interface MarkdownCell {
  readonly cell_type: "markdown" | "raw";
  readonly id?: string;
  readonly metadata: object;
  readonly source: Text;
}

export interface CodeCell {
  readonly cell_type: "code";
  readonly id?: string;
  readonly metadata: object;
  readonly source: Text;
  readonly execution_count: number | null;
  readonly outputs: readonly Output[];
}

/** What stands below a cell: what it printed, or showed. */
export type Output =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: Text }
  | {
      readonly output_type: "display_data";
      readonly data: Readonly<Record<string, Text>>;
      readonly metadata: object;
    };

/** How a notebook says that its cells are TypeScript for Deno's kernel. */
const metadata = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: {
    codemirror_mode: "typescript",
    file_extension: ".ts",
    mimetype: "text/x.typescript",
    name: "typescript",
    nbconvert_exporter: "script",
    pygments_lexer: "typescript",
  },
};

/** Reads a notebook; an error says what it is instead. */
export function readNotebook(text: string, fileName: string): Notebook {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text) as Notebook;
  } catch (error) {
    throw new Error(`${fileName} is no notebook: ${(error as Error).message}`);
  }
  if (notebook?.nbformat !== 4 || !Array.isArray(notebook.cells)) {
    throw new Error(`${fileName} is no notebook of nbformat 4. Save it anew with Jupyter.`);
  }
  return notebook;
}

/** The cells that are run, in order. */
export function codeCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code");
}

/** A text in one piece. */
export function joined(text: Text): string {
  return typeof text === "string" ? text : text.join("");
}

/** A notebook with these outputs, one list a code cell, and cells numbered as after a fresh run from first to last. */
export function withOutputs(notebook: Notebook, outputs: readonly (readonly Output[])[]): Notebook {
  let number = 0;
  const cells = notebook.cells.map((cell, at): Cell => {
    const common = { id: cell.id ?? `cell-${at + 1}`, metadata: {}, source: lines(cell.source) };
    if (cell.cell_type !== "code") return { cell_type: cell.cell_type, ...common };
    number++;
    return {
      cell_type: "code",
      ...common,
      execution_count: number,
      outputs: (outputs[number - 1] ?? []).map(inLines),
    };
  });
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}

/** A notebook as Jupyter writes it: keys in order, one space a level, texts in lines. The same notebook gives the same bytes. */
export function notebookText(notebook: Notebook): string {
  const inOrder = (_: string, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return `${JSON.stringify(notebook, inOrder, 1)}\n`;
}

function inLines(output: Output): Output {
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  const text = output.data["text/plain"];
  return text === undefined ? output : { ...output, data: { "text/plain": lines(text) } };
}

function lines(text: Text): string[] {
  return joined(text).match(/[^\n]*\n|[^\n]+/g) ?? [];
}
