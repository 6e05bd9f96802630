import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { loadChoker, loadPicker, loadStrategies } from "../../../src/cli/load-strategies.ts";
import { profiles } from "../../../src/engine/profiles.ts";
import { builtInStrategies } from "../../../src/strategies/built-in.ts";
import { createChoker } from "../../../src/strategies/create.ts";
import { addStrategies, type StrategyOptions } from "../../../src/strategies/registry.ts";
import { StrategyError } from "../../../src/strategies/strategy-error.ts";
import { fixedRandom, neighbours, ScriptedClient, stoppedClock } from "../../support/neighbours.ts";

const settings = profiles["mainline-4"];
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "load-strategies-test-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  return `./${name}`;
}

async function messageOf(action: Promise<unknown>): Promise<string> {
  const error: unknown = await action.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StrategyError);
  return (error as StrategyError).message;
}

describe("a user's module", () => {
  test("may be a function choose alone, in TypeScript, and is named after its file", async () => {
    const path = await write(
      "first.ts",
      `import type { ChokeRound, Unchoke } from "swarmlab";
      export function choose(round: ChokeRound): Unchoke[] {
        return round.candidates.slice(0, 1).map((peer) => ({ peer }));
      }`,
    );
    const definition = await loadChoker(path, folder);
    expect(definition.name).toBe("first");
    const client = new ScriptedClient(definition.create({}, settings), 4);
    client.join(neighbours(3));
    expect(client.timer()).toEqual([1]);
  });

  test("may be JavaScript with a definition by default, and import a module of its own", async () => {
    await write("shared.js", "export const slots = 2;");
    const path = await write(
      "mine.mjs",
      `import { slots } from "./shared.js";
      export default {
        name: "two", summary: "Two.", options: { extra: { default: 0, summary: "More." } },
        create: ({ extra }, settings) => ({
          choose: ({ candidates }) => candidates.slice(0, slots + extra).map((peer) => ({ peer })),
        }),
      };`,
    );
    const definition = await loadChoker(path, folder);
    expect(definition).toMatchObject({ name: "two", summary: "Two." });
    const strategies = addStrategies(builtInStrategies, { chokers: [definition] });
    const choice = { name: "two", options: { extra: 1 } };
    const client = new ScriptedClient(
      createChoker(strategies, choice, settings, { peer: "dsl/0", clock: stoppedClock }),
      4,
    );
    client.join(neighbours(5));
    expect(client.timer()).toEqual([1, 2, 3]);
  });

  test("may be a picker, as a definition or as a function pick", async () => {
    const bare = await write("last.js", "export const pick = (choice) => choice.pieceCount - 1;");
    const full = await write(
      "both.ts",
      `export const picker = { create: () => ({ pick: () => 7, ownFirstPieces: true }) };
      export const choker = { create: () => ({ choose: () => [] }) };`,
    );
    const choice = { pieceCount: 9 } as never;
    expect((await loadPicker(bare, folder)).create({}, settings).pick(choice)).toBe(8);
    const both = (await loadPicker(full, folder)).create({}, settings);
    expect([both.pick(choice), both.ownFirstPieces]).toEqual([7, true]);
    expect((await loadChoker(full, folder)).name).toBe("both");
  });

  test("leaves nothing behind in the temporary folder", async () => {
    const path = await write("tidy-one.js", "export const pick = () => 0;");
    await loadPicker(path, folder);
    const left = await readdir(tmpdir());
    const ours = left.filter((name) => name.startsWith("swarmlab-"));
    const files = await Promise.all(
      ours.map((name) => readdir(join(tmpdir(), name)).catch(() => [])),
    );
    expect(files.flat()).not.toContain("tidy-one.mjs");
  });
});

describe("what a scenario names by path", () => {
  test("joins the registry under the path, relative to the folder of the scenario", async () => {
    const path = await write("named.ts", "export const choose = () => [];");
    const picker = await write("named-picker.ts", "export const pick = () => 0;");
    const scenario = {
      peers: [
        { choker: { name: path }, picker: { name: "random" } },
        { choker: { name: "none" }, seedChoker: { name: path }, picker: { name: picker } },
      ],
    };
    const strategies = await loadStrategies(builtInStrategies, scenario, folder);
    expect(strategies.chokers.get(path)?.name).toBe("named");
    expect(strategies.pickers.get(picker)?.name).toBe("named-picker");
    expect(strategies.chokers.size).toBe(builtInStrategies.chokers.size + 1);
    expect(builtInStrategies.chokers.has(path)).toBe(false);
  });
});

describe("the message", () => {
  test("for a missing file names it in full", async () => {
    const message = await messageOf(loadChoker("./nowhere.ts", folder));
    expect(message).toBe(`There is no strategy module at ${join(folder, "nowhere.ts")}.`);
  });

  test("for a syntax error names line and column", async () => {
    const path = await write("broken.ts", "export function choose() {\n  return [}\n}\n");
    expect(await messageOf(loadChoker(path, folder))).toMatch(/broken\.ts:2:11: Unexpected "}"/);
  });

  test("for a module that throws gives what it threw", async () => {
    const path = await write("throws.ts", "const a: any = undefined;\na.b();\n");
    expect(await messageOf(loadChoker(path, folder))).toMatch(/throws\.ts.* threw TypeError: /);
  });

  test.each([
    ["export const chose = () => [];", 'It exports chose. Is "chose" meant to be it?'],
    ["const a = 1;", "Export a function choose(round), or a const choker with create"],
    ["export const choker = () => [];", "the choker must be an object with create(options"],
    ["export const choker = { choose() {} };", "has no create(options, settings)"],
    ["export const choker = { name: 3, create() {} };", "must have a text as name"],
    ["export default { create() {}, options: { a: 1 } };", 'must define option "a" as'],
    [
      'export default { create() {}, options: { a: { default: { setting: "slots" } } } };',
      'must define option "a" as',
    ],
  ])("for %p says what was expected", async (text, expected) => {
    const path = await write("shape.js", text);
    const message = await messageOf(loadChoker(path, folder));
    expect(message).toContain(expected);
    expect(message).toContain(join(folder, "shape.js"));
  });
});

describe("the example of the docs", () => {
  const docs = join(import.meta.dirname, "../../../docs");

  async function generous(options: StrategyOptions) {
    const definition = await loadChoker("./examples/generous-tit-for-tat.ts", docs);
    const strategies = addStrategies(builtInStrategies, { chokers: [definition] });
    return createChoker(strategies, { name: definition.name, options }, settings, {
      peer: "dsl/0",
      clock: stoppedClock,
    });
  }

  test("is in docs/strategies.md as it is", async () => {
    const text = await readFile(join(docs, "strategies.md"), "utf8");
    const example = await readFile(join(docs, "examples/generous-tit-for-tat.ts"), "utf8");
    expect(text).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
  });

  test("serves who gave in the last round, most first", async () => {
    const client = new ScriptedClient(await generous({}), 2, { random: fixedRandom(0.5) });
    const peers = neighbours(5);
    client.join(peers);
    expect(client.timer()).toEqual([]);
    peers[1]!.downloaded += 10;
    peers[2]!.downloaded += 30;
    peers[3]!.downloaded += 20;
    expect(client.timer()).toEqual([3, 4]);
    peers[1]!.downloaded += 5;
    expect(client.timer()).toEqual([2]);
  });

  test("forgives who gave nothing, as long as slots are left", async () => {
    const client = new ScriptedClient(await generous({ generosity: 1 }), 3);
    const peers = neighbours(5);
    client.join(peers);
    peers[4]!.downloaded += 10;
    expect(client.timer()).toEqual([1, 2, 5]);
  });

  test("hands on a slot between two rounds, and forgets who left", async () => {
    const client = new ScriptedClient(await generous({ generosity: 1 }), 2);
    const peers = neighbours(4);
    client.join(peers);
    client.timer();
    client.leave(peers[0]!);
    expect(client.unchoked).toEqual([2, 3]);
    client.setInterest(peers[1]!, false);
    expect(client.unchoked).toEqual([3, 4]);
  });

  test("refuses an option out of bounds", async () => {
    await expect(generous({ generosity: 2 })).rejects.toThrow("a number from 0 to 1, and is 2");
  });
});
