import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parseScenario, simulate } from "../src/index.ts";
import { newFolder, removeFolder, tinyScenario } from "./support/folders.ts";
import { pureFolders } from "./support/import-table.ts";
import { root, textOf } from "./support/source-text.ts";

/** What a pure file must not reach, each in a line of its own. */
const impurities = [
  "setTimeout(() => 0, 1);",
  "process.exit();",
  'Buffer.from("");',
  "console.log(1);",
  "new TextEncoder();",
  "performance.now();",
  'fetch("x");',
  "globalThis.process;",
];

let folder: string;

beforeAll(async () => {
  folder = await newFolder();
});

afterAll(() => removeFolder(folder));

describe("the types of pure folders", () => {
  const { include } = JSON.parse(textOf("tsconfig.pure.json")) as { include: string[] };

  test("are checked for each of them", () => {
    expect(include).toEqual(expect.arrayContaining(pureFolders.map((one) => `src/${one}`)));
    expect(include).toContain("src/index.ts");
  });

  test("know neither Node nor a browser, though packages are among what is checked", () => {
    const probe = join(folder, "probe.ts");
    writeFileSync(probe, `${impurities.join("\n")}\nexport {};\n`);
    const config = {
      extends: join(root, "tsconfig.pure.json"),
      include: [...include.map((path) => join(root, path)), probe],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const args = [join(root, "node_modules/typescript/bin/tsc"), "--pretty", "false", "-p", folder];
    const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    const lines = [...stdout.matchAll(/probe\.ts\((\d+),/g)].map(([, line]) => Number(line));
    expect([...new Set(lines)]).toEqual(impurities.map((_, at) => at + 1));
  });
});

test("the linter keeps clocks, chance and drivers out of each pure folder", () => {
  const lines = [
    'import fs from "node:fs";',
    'import { x } from "../cli/x.ts";',
    "export const now = Date.now();",
    "export const start = performance.now();",
    "export const chance = Math.random();",
    "console.log(fs, x);",
  ];
  const config = JSON.parse(textOf("biome.json")) as Record<string, unknown>;
  writeFileSync(
    join(folder, "biome.json"),
    JSON.stringify({ ...config, vcs: { enabled: false }, root: true }),
  );
  cpSync(join(root, "no-math-random.grit"), join(folder, "no-math-random.grit"));
  for (const one of pureFolders) {
    mkdirSync(join(folder, "src", one), { recursive: true });
    writeFileSync(join(folder, "src", one, "probe.ts"), `${lines.join("\n")}\n`);
  }
  const args = [join(root, "node_modules/@biomejs/biome/bin/biome"), "lint", "--reporter=github"];
  const { stdout } = spawnSync(process.execPath, [...args, "--max-diagnostics=none", "src"], {
    cwd: folder,
    encoding: "utf8",
  });
  for (const one of pureFolders) {
    const pattern = new RegExp(`file=[^,]*src/${one}/probe\\.ts,line=(\\d+)`, "g");
    const found = new Set([...stdout.matchAll(pattern)].map(([, line]) => Number(line)));
    expect([one, [...found].sort()]).toEqual([one, lines.map((_, at) => at + 1)]);
  }
});

describe("the library in a browser worker", () => {
  const worker = `
    import { parseScenario, simulate } from "./src/index.ts";
    self.onmessage = ({ data }) => self.postMessage(simulate(parseScenario(data)).summary.digest);
  `;
  let bundle: string;

  beforeAll(() => {
    // "process" and "Buffer" of nobody's own become names that are easy to find.
    const esbuild = join(root, "node_modules/esbuild/bin/esbuild");
    const define = ["process", "Buffer"].map((name) => `--define:${name}=outside_${name}`);
    const args = ["--bundle", "--platform=browser", "--format=iife", "--loader=ts", ...define];
    bundle = execFileSync(esbuild, args, { cwd: root, input: worker, encoding: "utf8" });
  });

  test("needs nothing of Node's", () => {
    expect(bundle.match(/outside_\w+|["']node:\w+/g) ?? []).toEqual([]);
  });

  test("comes to the same digest as in Node", () => {
    const heard: unknown[] = [];
    const self: { onmessage?: (event: { data: string }) => void; postMessage: unknown } = {
      postMessage: (message: unknown) => heard.push(message),
    };
    // A context of its own has the language and nothing more: no process, no timers, no console.
    vm.runInNewContext(bundle, { self });
    self.onmessage?.({ data: tinyScenario });
    expect(heard).toEqual([simulate(parseScenario(tinyScenario)).summary.digest]);
  });
});
