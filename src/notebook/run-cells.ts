import { spawn } from "node:child_process";
import { transform } from "esbuild";
import { beginCell, type CellEvent } from "./cell-events.ts";
import type { Output } from "./notebook-file.ts";

/** Compiled, from `src` and `dist` alike: a process of its own reads it. */
const host = new URL("../../dist/notebook/cell-host.js", import.meta.url).href;

/** The code cells as one TypeScript module, as a type checker wants it: names of one are known to all that follow. */
export function joinCells(cells: readonly string[]): string {
  return `${cells.join("\n")}\nexport {};\n`;
}

/**
 * Runs code cells one after the other in a Node process in `folder`, from where they import, and returns what each printed
 * and showed. Throws with the number of the cell and its error when one throws, or waits for what never comes.
 */
export async function runCells(cells: readonly string[], folder: string): Promise<Output[][]> {
  const marked = cells.map((code, at) => `${beginCell}(${at});\n${code}`);
  const module = await transform(`${marked.join("\n")}\n${beginCell}(-1);\n`, {
    loader: "ts",
    format: "esm",
    target: "es2022",
  });
  const args = ["--no-warnings", "--import", host, "--input-type=module", "-"];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ["pipe", "inherit", "pipe", "ipc"],
  });
  const outputs = cells.map((): Output[] => []);
  let isDone = false;
  child.on("message", (event: CellEvent) => {
    if ("isDone" in event) isDone = true;
    else record(outputs[event.cell] as Output[], event);
  });
  let trouble = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    trouble += text;
  });
  child.stdin?.end(module.code);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  if (code === 0 && isDone) return outputs;
  throw new Error(trouble.trim() || `The cells ended with exit code ${code} before the last one`);
}

/** Texts of one stream that follow each other are one output, as in Jupyter. */
function record(outputs: Output[], event: Exclude<CellEvent, { isDone: true }>): void {
  if ("data" in event) {
    outputs.push({ output_type: "display_data", data: event.data, metadata: {} });
    return;
  }
  const { name, text } = event;
  const last = outputs.at(-1);
  if (last?.output_type === "stream" && last.name === name) {
    outputs[outputs.length - 1] = { ...last, text: `${last.text}${text}` };
  } else {
    outputs.push({ output_type: "stream", name, text });
  }
}
