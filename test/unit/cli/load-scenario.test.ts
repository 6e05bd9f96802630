import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { loadScenario } from "../../../src/cli/load-scenario.ts";
import { profiles } from "../../../src/engine/profiles.ts";
import { parseScenario } from "../../../src/scenario/parse.ts";
import { dslWith, hello } from "../../support/scenario-text.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "swarmlab-test-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function save(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What is said of a scenario, with the folder left out. */
async function said(content: string | Uint8Array, overrides: string[] = []): Promise<string> {
  const path = save("x.yaml", content);
  const message = await loadScenario(path, overrides).then(
    () => "no complaint",
    (error: Error) => error.message,
  );
  return message.replaceAll(`${folder}/`, "");
}

describe("a scenario file", () => {
  test("is read with its arrival files and modules, relative to it", async () => {
    save("times.txt", "s\n1\n2\n");
    save(
      "mine.js",
      "export const choose = ({ candidates }) => candidates.map((peer) => ({ peer }));",
    );
    const text = dslWith("choker: ./mine.js\n    arrive: { trace: times.txt }").replace(
      "    count: 10\n",
      "",
    );
    const { scenario, strategies, resolvedText } = await loadScenario(save("x.yaml", text), []);
    expect(scenario.peers[1]).toMatchObject({ count: 2, arrive: { times: [1000, 2000] } });
    expect(strategies.chokers.has("./mine.js")).toBe(true);
    // The resolved scenario may stand anywhere.
    expect(parseScenario(resolvedText).peers[1]).toMatchObject({
      arrive: { times: [1000, 2000] },
      choker: { name: join(folder, "mine.js") },
    });
  });

  test("gives a class the settings of its strategies, over its profile's and under its own", async () => {
    save(
      "wide.js",
      `export const choker = {
         name: "wide", mark: "WIDE", settings: { numwant: 77, maxSpares: 77, snubTime: 7_000 },
         create: () => ({ choose: () => [] }),
       };`,
    );
    save(
      "close.js",
      `export const picker = {
         settings: { snubTime: 8_000, maxSpares: 88 },
         create: () => ({ pick: ({ candidates }) => candidates.next(0) }),
       };`,
    );
    const strategies = "choker: ./wide.js\n    picker: ./close.js\n    profile: libtorrent-2";
    const text = dslWith(`${strategies}\n    settings: { snubTime: 9 s, slots: 3 }`);
    const { scenario, resolvedText } = await loadScenario(save("x.yaml", text), []);
    const { settings, ownSettings } = scenario.peers[1] as (typeof scenario.peers)[0];
    expect(settings).toEqual({
      ...profiles["libtorrent-2"],
      ...{ numwant: 77, maxSpares: 88, snubTime: 9_000, slots: { rule: "fixed", slots: 3 } },
    });
    expect(ownSettings).toEqual({ snubTime: 9_000, slots: { rule: "fixed", slots: 3 } });
    // Written out and read again they are the class's own, and the same.
    const again = await loadScenario(save("resolved.yaml", resolvedText), []);
    expect(again.scenario.peers[1]?.settings).toEqual(settings);
  });

  test("with a strategy of the widest view and a narrow class can be written out and read again", async () => {
    const text = dslWith("choker: bitthief\n    settings: { maxConnections: 30 }");
    const { scenario, resolvedText } = await loadScenario(save("x.yaml", text), []);
    expect(scenario.peers[1]?.settings).toMatchObject({ maxConnections: 30, minPeers: 30 });
    expect(parseScenario(resolvedText).peers[1]?.settings).toEqual(scenario.peers[1]?.settings);
  });

  test("that cannot be read is an error that says why", async () => {
    await expect(loadScenario(join(folder, "none.yaml"), [])).rejects.toThrow(
      "none.yaml cannot be read: there is no such file.",
    );
    await expect(loadScenario(folder, [])).rejects.toThrow("cannot be read: it is a directory.");
    expect(await said(dslWith("arrive: { trace: none.txt }"))).toBe(
      "x.yaml:13:22: peers.dsl.arrive.trace: names a file that cannot be used: none.txt cannot be read: there is no such file.",
    );
  });

  test("that is not in UTF-8 is told with its place", async () => {
    const latin = Buffer.from(hello.replace("name: hello", "seed: 1\nname: Zürich"), "latin1");
    expect(await said(latin)).toBe("x.yaml:2:8: the file is not in UTF-8. Save it so.");
    expect(await said(Buffer.from(`\uFEFF${hello}`, "utf16le"))).toContain(
      "the file is not in UTF-8",
    );
    expect(await said(Buffer.from(hello, "utf16le"))).toBe(
      "x.yaml:1:1: the file is no text. Save it as UTF-8.",
    );
    save("latin.txt", Buffer.from("1 s # Zürich", "latin1"));
    expect(await said(dslWith("arrive: { trace: latin.txt }"))).toContain(
      "latin.txt:1:8: the file is not in UTF-8",
    );
  });
});

describe("a strategy that is wrong is told at its place in the file", () => {
  const optionsOf = "Its options: optimisticRounds, minUploads, newPeerWeight.";
  test.each([
    [
      "choker: { name: tit-for-tat, options: { minUplods: 1 } }",
      `13:56: peers.dsl.choker.options.minUplods: "tit-for-tat" has no option "minUplods". Did you mean "minUploads"? ${optionsOf}`,
    ],
    [
      "choker: { name: tit-for-tat, options: { minUploads: -1 } }",
      '13:57: peers.dsl.choker.options.minUploads: Option "minUploads" of "tit-for-tat" must be a whole number of at least 0, and is -1.',
    ],
    [
      "picker: { name: random, options: { a: 1 } }",
      '13:43: peers.dsl.picker.options.a: "random" takes no options, and is given "a".',
    ],
    [
      "choker: new-seed",
      '13:13: peers.dsl.choker: Choker "new-seed" is for seeders only: name it as seedChoker, and another as choker.',
    ],
    [
      "seedChoker: tit-for-tat",
      '13:17: peers.dsl.seedChoker: Choker "tit-for-tat" is for leechers only, and cannot be a seedChoker.',
    ],
    ["picker: ./none.ts", "13:13: peers.dsl.picker: There is no strategy module at none.ts."],
    [
      "mix: [{ class: a, share: 0.5, choker: new-seed }, { class: b }]",
      '13:43: peers.dsl.mix.a.choker: Choker "new-seed" is for seeders only: name it as seedChoker, and another as choker.',
    ],
    [
      "mix: [{ class: a, share: 0.5 }, { class: b, picker: { name: random, options: { a: 1 } } }]",
      '13:87: peers.dsl.mix.b.picker.options.a: "random" takes no options, and is given "a".',
    ],
  ])("%s", async (line, message) => {
    expect(await said(dslWith(line))).toBe(`x.yaml:${message}`);
  });

  test("or in the override, and all that are wrong are told", async () => {
    const overrides = [
      "peers.*.picker={ name: random, options: { a: 1 } }",
      "peers.dsl.choker=./none.ts",
    ];
    expect((await said(hello, overrides)).split("\n")).toEqual([
      `--set ${overrides[0]}: peers.origin.picker.options.a: "random" takes no options, and is given "a".`,
      `--set ${overrides[1]}: peers.dsl.choker: There is no strategy module at none.ts.`,
      `--set ${overrides[0]}: peers.dsl.picker.options.a: "random" takes no options, and is given "a".`,
    ]);
  });
});
