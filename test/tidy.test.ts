import { readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { type FolderRule, importTable, libraryRule, pureFolders } from "./support/import-table.ts";
import { factsOf, filesIn, root, type SourceFacts, textOf } from "./support/source-text.ts";

const sources = filesIn("src", ".ts");
const tests = filesIn("test", ".ts");
const facts = new Map<string, SourceFacts>(sources.map((path) => [path, factsOf(path)]));
const pure = sources.filter((path) => pureFolders.includes(folderOf(path)));

/** "engine" of src/engine/client.ts, "" of src/index.ts. */
function folderOf(path: string): string {
  return path.split("/").slice(1, -1)[0] ?? "";
}

describe("imports", () => {
  test("of every folder have a row in the table of test/support/import-table.ts", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(Object.keys(importTable).sort()).toEqual(folders.sort());
  });

  test("go where the table lets them, and to the packages that it names", () => {
    const forbidden: string[] = [];
    for (const [path, { imports }] of facts) {
      const rule = folderOf(path) === "" ? libraryRule : importTable[folderOf(path)];
      if (rule === undefined) continue; // the test above tells
      for (const name of imports) {
        if (!isAllowed(path, name, rule)) forbidden.push(`${path} imports ${name}`);
      }
    }
    expect(forbidden).toEqual([]);
  });

  test("are as many as the table says: no arrow is left over", () => {
    const unused: string[] = [];
    for (const [folder, rule] of Object.entries(importTable)) {
      const own = sources.filter((path) => folderOf(path) === folder);
      const used = own.flatMap((path) =>
        (facts.get(path)?.imports ?? []).map((name) => targetOf(path, name)),
      );
      // "core" is there for all, used or not.
      for (const arrow of rule.imports.filter((one) => one !== "core")) {
        if (!used.some((one) => isWithin(one, arrow))) unused.push(`${folder} -> ${arrow}`);
      }
      for (const name of rule.packages) {
        if (!used.some((one) => isPackage(one, name))) unused.push(`${folder} -> ${name}`);
      }
    }
    expect(unused).toEqual([]);
  });
});

function isAllowed(path: string, name: string, rule: FolderRule): boolean {
  const target = targetOf(path, name);
  if (!name.startsWith(".")) return rule.packages.some((one) => isPackage(target, one));
  const folder = folderOf(path);
  if (folder !== "" && isWithin(target, folder)) return true;
  return rule.imports.some((arrow) => isWithin(target, arrow));
}

/** "engine/choker" for an own file, else the package as named. */
function targetOf(path: string, name: string): string {
  if (!name.startsWith(".")) return name;
  const file = posix.join(posix.dirname(path), name);
  return file.replace(/^src\//, "").replace(/\.ts$/, "");
}

function isWithin(target: string, arrow: string): boolean {
  return target === arrow || target.startsWith(`${arrow}/`);
}

function isPackage(target: string, name: string): boolean {
  return name.endsWith(":") ? target.startsWith(name) : isWithin(target, name);
}

describe("source files", () => {
  test("are no longer than 300 lines", () => {
    const long = [...sources, ...tests].filter((path) => textOf(path).split("\n").length > 301);
    expect(long).toEqual([]);
  });

  test("have names that say a subject, and words of the glossary", () => {
    // Of the glossary's "Not" column only those words that mean nothing else anywhere.
    const banned = [
      /\butils?\b|Utils?\b|Manager\b|Helper\b/,
      /info hash|[iI]nfoHash/,
      /\b[rt]x(Rate|Bytes)?\b/,
      /\b(freeloader|rarity(?!-withhold)|snubbing peer)s?\b/i,
      /\b(interface|class|type) I[A-Z][a-z]/,
    ];
    const found: string[] = [];
    for (const path of [...sources, ...filesIn("docs", ".md")]) {
      const text = `${path}\n${textOf(path)}`;
      for (const word of banned)
        if (word.test(text)) found.push(`${path}: ${word.exec(text)?.[0]}`);
    }
    expect(found).toEqual([]);
  });

  test("leave nothing for later, and no test out", () => {
    const marks = /\b(TODO|FIXME|XXX|HACK)\b|\b(test|it|describe)\.(skip|only|todo)\b/;
    const own = "test/tidy.test.ts"; // names them all
    const found = [...sources, ...tests].filter((path) => path !== own && marks.test(textOf(path)));
    expect(found).toEqual([]);
  });

  test("name no place of one machine", () => {
    const places = ["/home", "/Users", "/root", "/tmp"].map((place) => `${place}/`);
    const all = [
      ...sources,
      ...tests,
      ...["docs", "scenarios", "notebooks"].flatMap((one) => filesIn(one, "")),
    ];
    const found = all.filter((path) => {
      const text = textOf(path);
      return [root, ...places].some((place) => text.includes(place));
    });
    expect(found).toEqual([]);
  });
});

describe("pure folders", () => {
  test("have no promise: an input runs to its end", () => {
    expect(pure.filter((path) => facts.get(path)?.asyncs !== 0)).toEqual([]);
  });

  test("decide by operations alone that IEEE 754 makes the same on every machine", () => {
    const inexact =
      /^Math\.(log\w*|pow|exp\w*|sinh?|cosh?|tanh?|asinh?|acosh?|atan\w*|cbrt|hypot|random)$/;
    const found: string[] = [];
    for (const path of pure) {
      const { members, powers } = facts.get(path) as SourceFacts;
      for (const name of members) if (inexact.test(name)) found.push(`${path}: ${name}`);
      if (powers > 0) found.push(`${path}: **`);
    }
    // An estimate, compared with a bound of our own choice when a file is read.
    expect(found).toEqual(["src/scenario/check.ts: **"]);
  });

  test("do not depend on the reader's language", () => {
    const local = /\.(localeCompare|toLocale\w+)$|^Intl\./;
    const found = pure.filter((path) => facts.get(path)?.members.some((name) => local.test(name)));
    expect(found).toEqual([]);
  });
});

/** Numbers from 1000 on that are no constant of a client's behaviour, and why. */
const notBehaviour: Readonly<Record<string, string>> = {
  "1000": "ms in a second",
  "1024": "bytes in a kB of the reference client",
  "1_000_000": "bits in a Mbit",
};

/** A constant of a strategy's definition stands in the strategy, and its line says where it is from: `// Piatek 2007, §4`. */
function hasSource(path: string, raw: string): boolean {
  const lines = textOf(path)
    .split("\n")
    .filter((line) => line.includes(raw));
  return folderOf(path) === "strategies" && lines.every((line) => / \/\/ .+/.test(line));
}

test("constants of a client's behaviour stand in engine/profiles.ts, and those of a strategy by their source", () => {
  const found: string[] = [];
  for (const [path, { numbers }] of facts) {
    if (!["engine", "strategies"].includes(folderOf(path))) continue;
    if (path === "src/engine/profiles.ts") continue;
    for (const { value, raw } of numbers) {
      if (value < 1000 || raw in notBehaviour || raw.startsWith("0x")) continue;
      if (!hasSource(path, raw)) found.push(`${path}: ${raw}`);
    }
  }
  expect(found).toEqual([]);
});
