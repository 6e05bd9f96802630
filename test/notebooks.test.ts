import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  type CodeCell,
  codeCells,
  joined,
  notebookText,
  type Output,
  readNotebook,
  withOutputs,
} from "../src/notebook/notebook-file.ts";
import { joinCells, runCells } from "../src/notebook/run-cells.ts";
import { buildOnce } from "./support/command.ts";
import { newFolder, removeFolder } from "./support/folders.ts";
import { pngSize } from "./support/png-size.ts";
import { root, textOf } from "./support/source-text.ts";

/** What to do when a notebook's outputs are not those of its cells. */
const remedy = "npm run notebooks";

const names = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"));

let folder: string;

beforeAll(async () => {
  buildOnce();
  folder = await newFolder();
});

afterAll(() => removeFolder(folder));

test("there is a notebook", () => {
  expect(names.length).toBeGreaterThan(0);
});

describe.each(names)("notebooks/%s", (name) => {
  const text = textOf(`notebooks/${name}`);
  const notebook = readNotebook(text, name);
  const stored = codeCells(notebook);
  const sources = stored.map(({ source }) => joined(source));

  test("has types that fit", () => {
    // The kernel does not check them: it strips them.
    const code = joinCells(sources).replaceAll('"../dist/', `"${root}dist/`);
    writeFileSync(join(folder, "cells.mts"), code);
    const compilerOptions = {
      ...{ target: "es2023", lib: ["es2023"], module: "nodenext", strict: true, noEmit: true },
      ...{ skipLibCheck: true, types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
    };
    const config = JSON.stringify({ compilerOptions, include: ["cells.mts"] });
    writeFileSync(join(folder, "tsconfig.json"), config);
    const args = [join(root, "node_modules/typescript/bin/tsc"), "--pretty", "false", "-p", folder];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  });

  test("is as `npm run notebooks` writes it: Deno's kernel, cells numbered, no traces of a session", () => {
    const outputs = stored.map((cell) => cell.outputs);
    expect([remedy, notebookText(withOutputs(notebook, outputs)) === text]).toEqual([remedy, true]);
  });

  test("has a picture for each chart", () => {
    const charts = stored.filter(({ source }) => joined(source).includes("await show({"));
    expect(charts.length).toBeGreaterThan(0);
    for (const { id, outputs } of charts) {
      const pictures = outputs.filter((output) => sizeOf(output) !== undefined);
      expect([remedy, id, pictures.length]).toEqual([remedy, id, 1]);
    }
  });

  test("runs in plain Node, and comes to what is stored in it", async () => {
    const outputs = await runCells(sources, join(root, "notebooks"));
    const shapes = outputs.map((list) => list.map(shapeOf));
    expect({ remedy, shapes }).toEqual({ remedy, shapes: shapesOf(stored) });
  }, 240_000);
});

function shapesOf(cells: readonly CodeCell[]): unknown[][] {
  return cells.map(({ outputs }) => outputs.map(shapeOf));
}

/** A text as it is, a picture by its size: how its bytes are packed may depend on the machine. */
function shapeOf(output: Output): unknown {
  if (output.output_type === "stream") return { [output.name]: joined(output.text) };
  const text = output.data["text/plain"];
  return text === undefined ? { picture: sizeOf(output) } : { text: joined(text) };
}

/** Width and height of the picture that an output is; undefined where it is none. */
function sizeOf(output: Output): readonly [number, number] | undefined {
  if (output.output_type === "stream") return undefined;
  const png = output.data["image/png"];
  return png === undefined ? undefined : pngSize(Buffer.from(joined(png), "base64"));
}
