import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { scenarioJsonSchema } from "../../../src/scenario/schema.ts";
import { hello } from "../../support/scenario-text.ts";

interface Node {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: unknown;
  readonly items?: Node | readonly Node[];
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
}

const root = new URL("../../../", import.meta.url);
const generated = scenarioJsonSchema() as Node;

/** Every schema in the schema, with its path. */
function* nodes(node: Node, path = "scenario"): Generator<[string, Node]> {
  yield [path, node];
  const items = node.items === undefined ? [] : [node.items].flat();
  for (const one of [...items, ...(node.anyOf ?? []), ...(node.oneOf ?? [])])
    yield* nodes(one, path);
  for (const [key, one] of Object.entries(node.properties ?? {}))
    yield* nodes(one, `${path}.${key}`);
}

describe("the JSON Schema", () => {
  test("is in scenario.schema.json as it is (npm run schema)", () => {
    const committed = readFileSync(new URL("scenario.schema.json", root), "utf8");
    expect(committed).toBe(`${JSON.stringify(generated, undefined, 2)}\n`);
  });

  test("describes every key, for editors", () => {
    const silent = [...nodes(generated)].flatMap(([path, { properties }]) =>
      Object.entries(properties ?? {})
        // The key that tells the rules of a pipeline apart has but one value in each.
        .filter(([key, { description }]) => description === undefined && key !== "rule")
        .map(([key]) => `${path}.${key}`),
    );
    expect(silent).toEqual([]);
  });

  test("knows no key beyond those it names, but for options of strategies", () => {
    const open = [...nodes(generated)]
      .filter(([, node]) => node.properties !== undefined && node.additionalProperties !== false)
      .map(([path]) => path);
    expect(open).toEqual([]);
  });

  test("has defaults that say what the parser does without them", () => {
    const scenario = parse(hello);
    const withDefaults = (node: Node, value: Record<string, unknown>): void => {
      for (const [key, inner] of Object.entries(node.properties ?? {})) {
        if (inner.default !== undefined) value[key] ??= structuredClone(inner.default);
        if (inner.properties !== undefined && key in value && key !== "settings") {
          withDefaults(inner, value[key] as Record<string, unknown>);
        }
      }
    };
    withDefaults(generated, scenario);
    for (const one of scenario.peers) withDefaults(generated.properties?.peers?.items as Node, one);
    expect(Object.keys(scenario.tracker)).toHaveLength(4);
    expect(scenario.peers[1].arrive).toEqual({ at: "0 s" });
    expect(parseScenario(JSON.stringify(scenario))).toEqual(parseScenario(hello));
  });
});

test("every shipped scenario names the schema in its first line, for editors", () => {
  const folder = new URL("scenarios/", root);
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name))
    : [];
  const first = files.map((name) => readFileSync(new URL(name, folder), "utf8").split("\n")[0]);
  expect(first).toEqual(files.map(() => "# yaml-language-server: $schema=../scenario.schema.json"));
});
