import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { type ProfileName, profiles } from "../../../src/engine/profiles.ts";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { scenarioJsonSchema } from "../../../src/scenario/schema.ts";
import { type Dimension, units } from "../../../src/scenario/units.ts";
import { writeScenario } from "../../../src/scenario/write.ts";
import { complaint, hello } from "../../support/scenario-text.ts";

const text = readFileSync(new URL("../../../docs/scenarios.md", import.meta.url), "utf8");
const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => block as string);
/** The cells of every row whose first cell is code. */
const rows = text
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.slice(2, -2).split(" | "));

/** The rows of the section under `heading`. */
function rowsOf(heading: string): string[][] {
  const from = text.indexOf(`\n${heading}\n`);
  expect(from).toBeGreaterThan(0);
  const section = text.slice(from + heading.length + 2).split(/\n#{2,3} /)[0] as string;
  return rows.filter((cells) => section.includes(`| ${cells.join(" | ")} |`));
}

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node | readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

function keysOf(node: Node): string[] {
  const parts = [
    node.items ?? [],
    node.anyOf ?? [],
    node.oneOf ?? [],
    Object.values(node.properties ?? {}),
  ];
  return [...Object.keys(node.properties ?? {}), ...(parts.flat() as Node[]).flatMap(keysOf)];
}

const code = (cell: string | undefined) => (cell ?? "").replace(/^`(.*)`$/, "$1");

describe("docs/scenarios.md", () => {
  test("has a row for every key of the schema, and for no other", () => {
    const mistakes = rowsOf("## When something is wrong");
    const told = rows.filter((row) => !mistakes.includes(row)).map(([key]) => code(key));
    const keys = keysOf(scenarioJsonSchema() as Node);
    expect([...new Set(told)].sort()).toEqual([...new Set(keys)].sort());
  });

  test("has every unit", () => {
    for (const dimension of Object.keys(units) as Dimension[]) {
      for (const { name } of units[dimension]) {
        if (name !== "per ms") expect(text).toContain(`\`${name}\``);
      }
    }
  });

  test("has the value of every setting in every profile", () => {
    const names = Object.keys(profiles) as ProfileName[];
    expect(text).toContain(
      `| Setting | ${names.map((name) => `\`${name}\``).join(" | ")} | Meaning |`,
    );
    const settings = names.map((name) => {
      const scenario = parseScenario(`${hello}    profile: ${name}\n`);
      return parse(writeScenario(scenario)).peers[1].settings as Record<string, unknown>;
    });
    const table = rowsOf("## Profiles and settings").slice(
      0,
      Object.keys(profiles["mainline-4"]).length,
    );
    expect(table.map(([key]) => code(key))).toEqual(Object.keys(profiles["mainline-4"]));
    for (const [key, ...cells] of table) {
      const values = settings.map((one) => one[code(key)]);
      expect(cells.slice(0, names.length).map((cell) => parse(cell))).toEqual(values);
    }
  });

  test("has the defaults of the top, of its mappings and of a class", () => {
    const { torrent, network, tracker, stop, peers, ...whole } = parse(
      writeScenario(parseScenario(hello)),
    );
    const tables: [string, Record<string, unknown>][] = [
      ["## The top of the file", whole],
      ["### torrent", torrent],
      ["### network", network],
      ["### tracker", tracker],
      ["### stop", stop],
      ["## Peers", { ...peers[1], pieces: "none" }],
    ];
    // Said in other words: "the file's name", "24 h" for 1 d, "on" for 40 B.
    const said: Record<string, string> = { atMost: "24 h", headers: "on" };
    for (const [heading, values] of tables) {
      for (const [key, , byDefault] of rowsOf(heading)) {
        const name = code(key);
        if (byDefault?.startsWith("`") !== true || byDefault === "`network.delay`") continue;
        expect([name, parse(code(byDefault))]).toEqual([name, said[name] ?? values[name]]);
      }
    }
  });

  test("has an example that can be run", () => {
    expect(complaint(blocks[0] as string)).toBe("no complaint");
  });

  test("has examples that are right, line for line", () => {
    let count = 0;
    for (const block of blocks.slice(1)) {
      if (block.startsWith("- ")) {
        const classes = block.replace(/^/gm, "  ");
        expect(complaint(`${hello}${classes}`)).toBe("no complaint");
        continue;
      }
      for (const line of block.trim().split("\n")) {
        const key = line.split(":")[0] as string;
        const readFile = () => (key === "delay" ? "ms,share\n5,0\n50,1" : "1 MB/s;0\n2 MB/s;1");
        const end = line.includes("rejoin") ? "stop: { atMost: 1 h }\n" : "";
        expect(complaint(withLine(line, key) + end, { readFile })).toBe("no complaint");
        count++;
      }
    }
    expect(count).toBeGreaterThan(15);
  });

  test("tells mistakes in the words of the parser", () => {
    const mistakes = rowsOf("## When something is wrong");
    expect(mistakes.length).toBeGreaterThan(10);
    for (const [line, message] of mistakes) {
      const said = complaint(withLine(code(line), code(line).split(":")[0] as string));
      expect(said.replace(/^x\.yaml:\d+:\d+: /, "")).toBe(code(message));
    }
  });
});

/** Class dsl with this line, instead of its own of the key or at its end; or the scenario with it. */
function withLine(line: string, key: string): string {
  if (key === "stop") return `${hello}${line}\n`;
  const at = hello.indexOf("  - class: dsl");
  const whole = hello.slice(at);
  const own = key === "link" ? whole.replace(/^ {4}(upload|download): .*\n/gm, "") : whole;
  const uncounted = /trace:/.test(line) ? own.replace("    count: 10\n", "") : own;
  const replaced = uncounted.replace(new RegExp(`^    ${key}: .*$`, "m"), `    ${line}`);
  return hello.slice(0, at) + (replaced === uncounted ? `${uncounted}    ${line}\n` : replaced);
}
