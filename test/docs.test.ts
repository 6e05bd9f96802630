import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { transformSync } from "@swc/core";
import type { ChokeRound } from "../src/engine/choker.ts";
import { profiles } from "../src/engine/profiles.ts";
import { readScenario } from "../src/scenario/parse.ts";
import { builtInStrategies } from "../src/strategies/built-in.ts";
import type { ChokerDefinition } from "../src/strategies/registry.ts";
import { EqualSplit } from "../src/theory/piatek-2007.ts";
import { builtInChoker } from "./support/built-in.ts";
import { buildOnce } from "./support/command.ts";
import { type FolderRule, importTable } from "./support/import-table.ts";
import { neighbour, neighbours, ScriptedClient } from "./support/neighbours.ts";
import { filesIn, root, textOf } from "./support/source-text.ts";

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...["docs", "scenarios", "notebooks", "test", "reports"]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => filesIn(folder, ".md")),
];
const readme = textOf("README.md");

describe("every page", () => {
  test.each(pages)("%s links only to what is there", (page) => {
    const broken: string[] = [];
    for (const target of linksOf(textOf(page))) {
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? page : posix.join(posix.dirname(page), path);
      // Reports are drawn from runs; before the first one is there, nothing of them is.
      if (file.startsWith("reports/") && !existsSync(join(root, "reports"))) continue;
      if (!existsSync(join(root, file))) broken.push(target);
      else if (anchor !== undefined && !anchorsOf(textOf(file)).includes(anchor))
        broken.push(target);
    }
    expect(broken).toEqual([]);
  });

  test.each(pages)("%s names only scripts and commands that there are", (page) => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const named = [...textOf(page).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = ""]) => name);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
    const commands =
      "run compare tournament reproduce validate report strategies schema torrent tracker download seed live".split(
        " ",
      );
    const called = [...textOf(page).matchAll(/^(?:.*&& )?(?:npx )?sim ([a-z]+)/gm)];
    for (const [, command] of called) expect(commands).toContain(command);
  });

  test.each(pages)("%s runs only scenarios that there are", (page) => {
    const named = [...textOf(page).matchAll(/\bsim \w+ (scenarios\/[\w-]+\.yaml)/g)];
    for (const [, file = ""] of named)
      expect([file, existsSync(join(root, file))]).toEqual([file, true]);
  });
});

function linksOf(text: string): string[] {
  const withoutCode = text.replaceAll(/```.*?```/gs, "").replaceAll(/`[^`\n]*`/g, "");
  const markdown = [...withoutCode.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  const tags = [...withoutCode.matchAll(/(?:src|srcset|href)="([^"]+)"/g)];
  return [...markdown, ...tags.map(([, target = ""]) => target)].filter(
    (target) => !/^[a-z]+:/.test(target),
  );
}

/** As the usual renderers make them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}

describe("docs/architecture.md", () => {
  const text = textOf("docs/architecture.md");

  test("has the import table, row by row", () => {
    const [, section = ""] = text.split("\n## Who may import whom\n");
    const rows = (section.split("\n## ")[0] ?? "")
      .split("\n")
      .filter((row) => row.startsWith("| `"));
    expect(rows).toEqual(Object.entries(importTable).map(([name, rule]) => row(name, rule)));
  });

  test("has every folder of src", () => {
    for (const folder of Object.keys(importTable)) expect(text).toContain(`| \`src/${folder}\` |`);
  });
});

function row(folder: string, { imports, packages, isPure }: FolderRule): string {
  const list = (names: readonly string[]) =>
    names.length === 0 ? "–" : names.map((name) => `\`${name}\``).join(", ");
  return `| \`${folder}\` | ${list(imports)} | ${list(packages)} | ${isPure ? "yes" : "no"} |`;
}

test("docs/strategies.md has a row for each strategy, in the order of the registry, and for no other", () => {
  const text = textOf("docs/strategies.md");
  const { chokers, pickers } = builtInStrategies;
  for (const [heading, names] of [
    ["Chokers", chokers.keys()],
    ["Pickers", pickers.keys()],
  ] as const) {
    const section = (text.split(`\n## ${heading}\n`)[1] ?? "").split("\n## ")[0] ?? "";
    const [table = ""] = section.split("\n\n").filter((part) => part.includes("| Name |"));
    const rows = [...table.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual([...names]);
  }
});

describe("every scenario", () => {
  const scenarios = [...filesIn("scenarios", ".yaml"), ...filesIn("test/bench/scenarios", ".yaml")];

  test.each(scenarios)("%s opens with a comment that says what it shows, and parses", (path) => {
    const text = textOf(path);
    const lines = text.split("\n").filter((line) => !line.startsWith("# yaml-language-server:"));
    const comment = lines.slice(
      0,
      lines.findIndex((line) => !line.startsWith("#")),
    );
    expect(comment.join(" ").length).toBeGreaterThan(40);
    const { chokers, pickers } = builtInStrategies;
    const { scenario } = readScenario(text, {
      fileName: path,
      readFile: (name) => textOf(posix.join(posix.dirname(path), name)),
      strategyNames: { chokers: [...chokers.keys()], pickers: [...pickers.keys()] },
    });
    expect(scenario.peers.length).toBeGreaterThan(0);
  });
});

/** What the page's example of the library prints. */
function printedBy(page: string): string {
  const [, code = ""] = /```js\n(import .*?)```/s.exec(page) ?? [];
  return execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: root,
    encoding: "utf8",
  });
}

describe("docs/theory.md", () => {
  beforeAll(buildOnce);
  const text = textOf("docs/theory.md");

  test("has an example that runs", () => {
    const printed = printedBy(text);
    expect(printed).toMatch(/^11 24\n238 445\n41\n\{/);
    expect(printed).toContain("downloadTime: 250");
  });

  test("has a row for each method of the equal-split model", () => {
    const [, section = ""] = text.split("\n## The equal-split model\n");
    const rows = section.split("\n").filter((line) => line.startsWith("| `"));
    const named = rows.flatMap((line) => [...line.matchAll(/`(\w+)\(/g)].map(([, name]) => name));
    const hidden = ["constructor", "altruismOfSlot", "sum"];
    const methods = Object.getOwnPropertyNames(EqualSplit.prototype);
    expect([...new Set(named)].sort()).toEqual(
      methods.filter((name) => !hidden.includes(name)).sort(),
    );
  });
});

describe("README.md", () => {
  beforeAll(buildOnce);

  test("has an example of the library that runs", () => {
    expect(printedBy(readme)).toMatch(/^[0-9a-f]{16} \d+(\.\d+)? 11\n$/);
  });

  test("shows the run whose picture it shows", () => {
    const summary = "reports/flashcrowd/summary.json";
    const [, digest = ""] = /digest ([0-9a-f]{16})/.exec(readme) ?? [];
    expect(digest).not.toBe("");
    if (!existsSync(join(root, summary))) return; // drawn with a release
    expect(digest).toBe((JSON.parse(textOf(summary)) as { digest: string }).digest);
  });
});

test("CONTRIBUTING.md has a choker that does what it says", async () => {
  const [, typed = ""] = /```ts\n(.*?)```/s.exec(textOf("CONTRIBUTING.md")) ?? [];
  // The block is a step of a list, and indented like it.
  const { code } = transformSync(typed.replaceAll(/^ {3}/gm, ""), {
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
  });
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    poorestFirst: ChokerDefinition;
  };
  const { poorestFirst } = module;
  const choker = poorestFirst.create({}, profiles["mainline-4"]);
  const candidates = [neighbour(1, { pieces: 9 }), neighbour(2, { pieces: 1 }), neighbour(3)];
  const unchoked = choker.choose({ candidates, slots: 2 } as unknown as ChokeRound);
  expect(unchoked.map(({ peer }) => peer.number)).toEqual([3, 2]);
});

test("docs/strategies.md has a choker that serves block by block as fairtorrent does", async () => {
  const [, code = ""] =
    /```js\n(export const choker.*?)```/s.exec(textOf("docs/strategies.md")) ?? [];
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    choker: ChokerDefinition;
  };
  const served = [module.choker.create({}, profiles["mainline-4"]), builtInChoker("fairtorrent")];
  const [own, builtIn] = served.map((choker) => {
    const client = new ScriptedClient(choker, 4);
    const peers = neighbours(5, (number) => ({ downloaded: 10_000 * ((number * 3) % 5) }));
    client.join(peers);
    expect(client.timer()).toHaveLength(5);
    return client.serve(peers, 20);
  });
  expect(own).toEqual(builtIn);
});

test("LICENSE and CHANGELOG.md are those of package.json", () => {
  const { version, license } = JSON.parse(textOf("package.json")) as Record<string, string>;
  expect(textOf("LICENSE")).toContain(`${license} License`);
  expect(textOf("CHANGELOG.md")).toContain(version);
});
