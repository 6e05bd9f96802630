import { readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { codeCells, joined, notebookText, readNotebook, withOutputs } from "./notebook-file.ts";
import { runCells } from "./run-cells.ts";

/** `npm run notebooks`: runs the cells of the notebooks that are named, and writes what they printed and showed into them. */
for (const path of process.argv.slice(2)) {
  const notebook = readNotebook(await readFile(path, "utf8"), path);
  const cells = codeCells(notebook).map(({ source }) => joined(source));
  const outputs = await runCells(cells, dirname(resolve(path))).catch((error: Error) => {
    throw new Error(`${path}: ${error.message}`);
  });
  await writeFile(path, notebookText(withOutputs(notebook, outputs)));
  process.stdout.write(`${path}: ${cells.length} code cells, ${outputs.flat().length} outputs\n`);
}
