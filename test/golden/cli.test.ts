import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { buildOnce, Command, type Ended, sim } from "../support/command.ts";
import {
  endlessScenario,
  file,
  newFolder,
  removeFolder,
  tinyScenario,
} from "../support/folders.ts";

let folder = "";
let first: Ended;

beforeAll(async () => {
  buildOnce();
  folder = await newFolder();
  await file(folder, "tiny.yaml", tinyScenario);
  await file(folder, "endless.yaml", endlessScenario);
  first = await sim(["run", "tiny.yaml", "--out", "first", "--json"], folder);
}, 180_000);

afterAll(() => removeFolder(folder));

async function filesIn(path: string): Promise<string[]> {
  return (await readdir(join(folder, path), { recursive: true })).sort();
}

function contentOf(path: string): Promise<Buffer> {
  return readFile(join(folder, path));
}

async function jsonOf(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(String(await contentOf(path))) as Record<string, unknown>;
}

const chartNames = [
  "availability",
  "bound",
  "completion-time",
  "downlink-utilisation",
  "download-throughput",
  "population",
  "share-ratio",
  "upload-throughput",
  "uplink-utilisation",
].flatMap((name) => ["png", "svg", "vl.json"].map((type) => `charts/${name}.${type}`));

const dataNames = [
  "availability.csv",
  "manifest.json",
  "peers.csv",
  "scenario.yaml",
  "summary.json",
  "timeseries.csv",
];

describe("`sim run --json`", () => {
  test("prints one object to standard output, and nothing anywhere else", () => {
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toMatch(/^\{[^\n]*\}\n$/);
    expect(JSON.parse(first.out)).toMatchObject({
      scenario: "Tiny",
      seed: "5",
      digest: expect.stringMatching(/^[0-9a-f]{16}$/),
      peers: { total: 3, completed: 2 },
      blocks: 128, // 2 leechers × 64 blocks of 16 KiB
      classes: { origin: { count: 1, completed: 0 }, home: { count: 2, completed: 2 } },
    });
  });

  test("has a finite number wherever there is one, and costs that can be", () => {
    const numbers: number[] = [];
    const summary = JSON.parse(first.out, (_, value: unknown) => {
      if (typeof value === "number") numbers.push(value);
      return value;
    }) as Record<string, number>;
    for (const number of numbers) expect(Number.isFinite(number) && number >= 0).toBe(true);
    expect(summary.wallSeconds).toBeGreaterThan(0);
    expect(summary.cpuSeconds).toBeGreaterThan(0);
    expect(summary.peakRssBytes).toBeGreaterThan(10e6); // no Node process is smaller
    expect(summary.peakRssBytes).toBeLessThan(2e9);
  });

  test("is the same object as summary.json", async () => {
    expect(await jsonOf("first/summary.json")).toEqual(JSON.parse(first.out));
  });
});

describe("the run directory", () => {
  test("has the promised files and no others", async () => {
    expect(await filesIn("first")).toEqual(
      [...dataNames, "charts", ...chartNames, "report.html"].sort(),
    );
  });

  test("is the same byte by byte in a second run, but for what the machine was like", async () => {
    expect((await sim(["run", "tiny.yaml", "--out", "second", "--quiet"], folder)).code).toBe(0);
    const names = (await filesIn("first")).filter((name) => name !== "charts");
    const same = names.filter((name) => !["summary.json", "manifest.json"].includes(name));
    for (const name of same) {
      const [a, b] = [await contentOf(`first/${name}`), await contentOf(`second/${name}`)];
      expect([name, a.equals(b)]).toEqual([name, true]);
    }
    const { machine: _, ...manifest } = await jsonOf("first/manifest.json");
    expect(await jsonOf("second/manifest.json")).toMatchObject(manifest);
    const costs = { wallSeconds: 0, cpuSeconds: 0, peakRssBytes: 0 };
    const summary = { ...(await jsonOf("first/summary.json")), ...costs };
    expect({ ...(await jsonOf("second/summary.json")), ...costs }).toEqual(summary);
  });

  test("has a scenario that makes the same run again", async () => {
    const again = await sim(
      ["run", "first/scenario.yaml", "--out", "again", "--json", "--no-report"],
      folder,
    );
    expect(JSON.parse(again.out)).toMatchObject({
      digest: (JSON.parse(first.out) as { digest: string }).digest,
    });
    expect(await contentOf("again/scenario.yaml")).toEqual(await contentOf("first/scenario.yaml"));
    expect(await filesIn("again")).toEqual(dataNames);
  });

  test("goes to runs/NAME-SEED, with a number when that is taken, even by runs at the same time", async () => {
    const args = ["run", "tiny.yaml", "--quiet", "--no-report"];
    const runs = await Promise.all([sim(args, folder), sim(args, folder), sim(args, folder)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect((await readdir(join(folder, "runs"))).sort()).toEqual([
      "tiny-5",
      "tiny-5-2",
      "tiny-5-3",
    ]);
  });
});

describe("output that goes to no terminal", () => {
  test("has no control characters, not even while it runs", async () => {
    const { out, err } = await sim(["run", "tiny.yaml", "--out", "plain", "--no-report"], folder);
    expect(out).toContain("digest");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });

  test("may be closed by its reader, as by `head`, without an error", async () => {
    const command = new Command(["run", "tiny.yaml", "--out", "closed", "--no-report"], folder);
    command.process.stdout?.destroy();
    expect(await command.ended).toMatchObject({ code: 0, err: "" });
    expect(existsSync(join(folder, "closed/manifest.json"))).toBe(true);
  });
});

describe("a run that is stopped", () => {
  /** Starts a run without end, and waits until its simulation has begun. */
  async function started(out: string): Promise<Command> {
    const args = ["run", "endless.yaml", "--out", out, "--trace", "--json", "--no-report"];
    const command = new Command(args, folder);
    let isOver = false;
    void command.ended.then(() => {
      isOver = true;
    });
    while (!isOver && !(await traceHasBegun(out))) await wait(20);
    if (isOver) throw new Error(`The run ended by itself: ${(await command.ended).err}`);
    return command;
  }

  async function traceHasBegun(out: string): Promise<boolean> {
    const hidden = (await readdir(folder)).find((name) => name.startsWith(`.${out}.`));
    const trace = hidden && (await contentOf(`${hidden}/events.ndjson`).catch(() => undefined));
    return trace !== undefined && trace.length > 0;
  }

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)(
    "by %s writes what there is, marked partial, and ends with %d",
    async (signal, code) => {
      const out = signal.toLowerCase();
      const command = await started(out);
      command.process.kill(signal);
      const ended = await command.ended;
      expect(ended.code).toBe(code);
      expect(ended.err).toMatch(/^Interrupted after .* marked partial: sig/);
      expect(JSON.parse(ended.out)).toMatchObject({ partial: true, scenario: "Endless" });
      expect(await jsonOf(`${out}/manifest.json`)).toMatchObject({ partial: true });
      expect(await filesIn(out)).toEqual([...dataNames, "events.ndjson"].sort());
      const lines = String(await contentOf(`${out}/events.ndjson`))
        .trimEnd()
        .split("\n");
      expect(JSON.parse(lines.at(-1) ?? "")).toHaveProperty("event");
    },
  );

  test("by SIGKILL leaves nothing that looks like a run", async () => {
    const command = await started("killed");
    command.process.kill("SIGKILL");
    await command.ended;
    expect(existsSync(join(folder, "killed"))).toBe(false);
  });

  test("twice ends at once, and leaves nothing", async () => {
    const command = await started("twice");
    // Both are there before the first is looked at, or the second comes while files are written: either way it ends.
    command.process.kill("SIGINT");
    command.process.kill("SIGTERM");
    const { code, out } = await command.ended;
    expect([130, 143]).toContain(code);
    expect(out).toBe("");
    expect((await readdir(folder)).filter((name) => name.includes("twice"))).toEqual([]);
  });

  test("by Ctrl-C while a strategy does not return says which, and ends with 130", async () => {
    const marker = join(folder, "hangs");
    await file(
      folder,
      "hanging.js",
      `import { writeFileSync } from "node:fs";
      export function choose() {
        writeFileSync(${JSON.stringify(marker)}, "");
        for (;;);
      }`,
    );
    const args = ["run", "tiny.yaml", "--out", "hung", "--set", "peers.home.choker=./hanging.js"];
    const command = new Command(args, folder);
    while (!existsSync(marker)) await wait(20);
    command.process.kill("SIGINT");
    const { code, out, err } = await command.ended;
    expect([code, out]).toEqual([130, ""]);
    expect(err).toMatch(
      /^Choker "hanging" of home\/\d, at [\d.]+ s, choose\(\): has not returned for \d+ s\.\nInterrupted/,
    );
    expect((await readdir(folder)).filter((name) => /^\.?hung/.test(name))).toEqual([]);
  });
});
