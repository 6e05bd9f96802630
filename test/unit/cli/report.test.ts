import { appendFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { main } from "../../../src/cli/program.ts";
import { FakeTerminal } from "../../support/fake-terminal.ts";
import { file, newFolder, removeFolder, tinyScenario } from "../../support/folders.ts";

let folder = "";
let original = "";
let directory = "";
let terminal = new FakeTerminal();

beforeAll(async () => {
  folder = await newFolder();
  original = join(folder, "run");
  const scenario = await file(folder, "tiny.yaml", tinyScenario);
  const args = ["run", scenario, "--out", original, "--no-report", "--quiet"];
  expect(await main(args, terminal)).toBe(0);
});

afterAll(() => removeFolder(folder));

beforeEach(async () => {
  terminal = new FakeTerminal();
  directory = join(folder, "copy");
  await cp(original, directory, { recursive: true });
});

afterEach(() => removeFolder(directory));

async function edit(name: string, change: (text: string) => string): Promise<void> {
  const path = join(directory, name);
  await writeFile(path, change(await readFile(path, "utf8")));
}

describe("`sim report`", () => {
  test("draws what --no-report left out", async () => {
    expect(await main(["report", directory], terminal)).toBe(0);
    expect(terminal.printed).toContain("Tiny, seed 5");
    expect(terminal.printed).not.toContain("CPU");
    const page = await readFile(join(directory, "report.html"), "utf8");
    expect(page).toContain("<h1>Tiny</h1>");
  });

  test("says of a partial run that it is one", async () => {
    await edit("summary.json", (text) => text.replace('"peers"', '"partial": true, "peers"'));
    expect(await main(["report", directory], terminal)).toBe(0);
    expect(terminal.printed).toContain("(partial)");
    expect(await readFile(join(directory, "report.html"), "utf8")).toContain("Partial run.");
  });

  const cut = (text: string) => text.slice(0, 40);
  const faults: readonly (readonly [string, string, (text: string) => string, RegExp])[] = [
    ["a cut summary", "summary.json", cut, /summary\.json cannot be read/],
    [
      "another run's summary",
      "summary.json",
      (text) => text.replace(/"digest": "/, '"digest": "x'),
      /different runs/,
    ],
    ["cut peers", "peers.csv", cut, /peers\.csv has no column/],
    [
      "a peer less",
      "peers.csv",
      (text) => text.replace(/\n[^\n]*\n$/, "\n"),
      /has 2 peers, and summary\.json 3/,
    ],
    [
      "a renamed class",
      "peers.csv",
      (text) => text.replace(",home,", ",flat,"),
      /the class "flat"/,
    ],
    [
      "words for numbers",
      "timeseries.csv",
      (text) => text.replace(/\n[\d.]+,/, "\nsoon,"),
      /timeseries\.csv:2 timeSeconds: .*"soon"/,
    ],
    ["an empty file", "availability.csv", () => "", /availability\.csv has no column/],
    ["a cut manifest", "manifest.json", cut, /is not a run directory/],
  ];
  test.each(faults)("refuses %s with one line that says so", async (_, name, change, message) => {
    await edit(name, change);
    expect(await main(["report", directory], terminal)).toBe(2);
    expect(terminal.errors).toMatch(message);
    expect(terminal.errors.trimEnd().split("\n")).toHaveLength(1);
    expect(terminal.errors).not.toMatch(/\.\.\n/);
    expect(terminal.printed).toBe("");
  });

  test.each(["summary.json", "peers.csv", "timeseries.csv", "availability.csv"])(
    "refuses a directory without its %s",
    async (name) => {
      await rm(join(directory, name));
      expect(await main(["report", directory], terminal)).toBe(2);
      expect(terminal.errors).toContain(`${name} cannot be read: there is no such file.`);
    },
  );

  test("refuses what is no run directory", async () => {
    expect(await main(["report", join(folder, "none")], terminal)).toBe(2);
    expect(terminal.errors).toContain("is not a run directory");
  });

  test("does not mind a line end more, or the manifest of a later version", async () => {
    await appendFile(join(directory, "peers.csv"), "\n");
    await edit("manifest.json", (text) => text.replace('"version"', '"news": 1, "version"'));
    expect(await main(["report", directory, "--quiet"], terminal)).toBe(0);
    expect(terminal.printed).toBe("");
  });
});
