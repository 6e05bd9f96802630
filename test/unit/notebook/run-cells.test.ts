import { beforeAll, describe, expect, test } from "@jest/globals";
import { runCells } from "../../../src/notebook/run-cells.ts";
import { buildOnce } from "../../support/command.ts";
import { pngSize } from "../../support/png-size.ts";
import { root } from "../../support/source-text.ts";

beforeAll(buildOnce);

const run = (...cells: string[]) => runCells(cells, `${root}/notebooks`);
const stream = (name: "stdout" | "stderr", text: string) => ({ output_type: "stream", name, text });

describe("runCells", () => {
  test("keeps what each cell prints, on which stream", async () => {
    const outputs = await run(
      'console.log("a"); console.log("b"); console.error("c");',
      "",
      'console.log("d");',
    );
    expect(outputs).toEqual([
      [stream("stdout", "a\nb\n"), stream("stderr", "c\n")],
      [],
      [stream("stdout", "d\n")],
    ]);
  });

  test("lets a cell use names and modules of the cells before it, with types and await", async () => {
    const outputs = await run(
      'import { jainIndex } from "../dist/index.js";\nconst rates: number[] = [1, 1];',
      "const index = await Promise.resolve(jainIndex(rates));",
      "console.log(index);",
    );
    expect(outputs[2]).toEqual([stream("stdout", "1\n")]);
  });

  test("keeps the text and the chart that a cell shows", async () => {
    const [, shown] = await run(
      'import { show } from "swarmlab/notebook";',
      'await show("two\\nlines");\nawait show({ width: 100, data: { values: [{}] }, mark: "point" });',
    );
    const [text, chart] = shown as { data: Record<string, string> }[];
    expect(text?.data).toEqual({ "text/plain": "two\nlines" });
    const [width] = pngSize(Buffer.from(chart?.data["image/png"] ?? "", "base64"));
    expect(width).toBeGreaterThanOrEqual(200); // drawn at twice its size
  });

  test("says which cell threw what", async () => {
    const second = 'console.log("before"); throw new RangeError("too far");';
    await expect(run("const a = 1;", second, "console.log(a);")).rejects.toThrow(
      /In code cell 2:.*RangeError: too far/s,
    );
  });

  test("fails for a chart that vega-lite does not understand", async () => {
    const first = 'import { show } from "../dist/notebook/show.js";';
    await expect(run(first, 'await show({ data: 5, mark: "nothing" });')).rejects.toThrow(
      /In code cell 2:/,
    );
  });

  test("fails when a cell ends the process, or waits for what never comes", async () => {
    await expect(run("process.exit(0);", "1;")).rejects.toThrow(/before the last one/);
    await expect(run("await new Promise(() => {});", "1;")).rejects.toThrow();
  });

  test("fails for what is no TypeScript", async () => {
    await expect(run("const = 1;")).rejects.toThrow(/Expected identifier/);
  });
});
