import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { loadScenario } from "../../../src/cli/load-scenario.ts";
import { type PoolOptions, type RunningCell, runCells } from "../../../src/cli/simulation-pool.ts";
import type { Cell } from "../../../src/cli/simulation-worker.ts";
import { figuresOf, type RunFigures } from "../../../src/compare/run-figures.ts";
import type { RunResult } from "../../../src/metrics/results.ts";
import { simulate } from "../../../src/sim/simulate.ts";
import { StrategyError } from "../../../src/strategies/strategy-error.ts";
import { buildOnce } from "../../support/command.ts";
import {
  endlessScenario,
  file,
  newFolder,
  removeFolder,
  tinyScenario,
} from "../../support/folders.ts";

let folder = "";
let tiny = "";
let endless = "";

beforeAll(async () => {
  buildOnce();
  folder = await newFolder();
  tiny = await file(folder, "tiny.yaml", tinyScenario);
  endless = await file(folder, "endless.yaml", endlessScenario);
}, 180_000);

afterAll(() => removeFolder(folder));

async function cellOf(path: string, ...overrides: string[]): Promise<Cell> {
  const { scenario, strategies } = await loadScenario(path, overrides);
  return { scenario, modules: strategies.modules };
}

/** The results in order of the cells; undefined of those that did not end. */
async function results(
  cells: readonly Cell[],
  options: Partial<PoolOptions<"runCell">> = {},
): Promise<(RunResult | undefined)[]> {
  const done: (RunResult | undefined)[] = cells.map(() => undefined);
  await runCells("runCell", cells, {
    ...options,
    onDone: (index, result) => {
      expect(done[index]).toBeUndefined();
      done[index] = result;
    },
  });
  return done;
}

/** A module whose choker does this in its fourth round. */
async function saboteur(name: string, deed: string): Promise<Cell> {
  await file(
    folder,
    `${name}.ts`,
    `let rounds: number = 0;
    export function choose({ candidates }: { candidates: object[] }) {
      if (++rounds > 3) ${deed};
      return candidates.slice(0, 2).map((peer) => ({ peer }));
    }`,
  );
  return cellOf(tiny, `peers.home.choker=./${name}.ts`);
}

describe("cells on threads of their own", () => {
  test("have the results that they have on this one, whatever the number of threads", async () => {
    const seeds = ["1", "2", "3", "4", "5"];
    const cells = await Promise.all(seeds.map((seed) => cellOf(tiny, `seed=${seed}`)));
    const expected = cells.map(({ scenario }) => simulate(scenario));
    for (const jobs of [1, 3]) expect(await results(cells, { jobs })).toEqual(expected);
  });

  test("run a user's module anew in each cell: what it remembers outside of its strategies is its own", async () => {
    const cell = await saboteur("counting", "candidates = []");
    const [first, second] = await results([cell, cell], { jobs: 1 });
    expect(first?.summary.digest).toBe(second?.summary.digest);
  });

  test("can hand over what a comparison needs of them instead", async () => {
    const cell = await cellOf(tiny);
    const figures: RunFigures[] = [];
    await runCells("runCellForFigures", [cell], { onDone: (_, one) => void figures.push(one) });
    expect(figures).toEqual([figuresOf(simulate(cell.scenario))]);
  });

  test("tell how far they are", async () => {
    const stop = new AbortController();
    const told: RunningCell[] = [];
    const cells = [await cellOf(endless), await cellOf(endless, "seed=2")];
    await results(cells, {
      jobs: 2,
      signal: stop.signal,
      onProgress: (running) => {
        told.push(...running);
        const moving = told.filter(({ progress }) => progress.events > 0);
        if (new Set(moving.map(({ index }) => index)).size === 2) stop.abort();
      },
    });
    for (const { progress } of told) expect(progress.expected).toBeLessThanOrEqual(10);
  });

  test("end where they are when they are cancelled, and no other begins", async () => {
    const stop = new AbortController();
    const cells = [await cellOf(endless), await cellOf(tiny)];
    const [first, second] = await results(cells, {
      jobs: 1,
      signal: stop.signal,
      onProgress: ([one]) => {
        if ((one?.progress.events ?? 0) > 0) stop.abort();
      },
    });
    expect(first?.summary).toMatchObject({ scenario: "Endless", partial: true });
    expect(second).toBeUndefined();
  });

  test("end all with the error of the one that fails, as it is", async () => {
    const cells = [await cellOf(endless), await saboteur("thrower", "throw new RangeError('no')")];
    const error: unknown = await results(cells, { jobs: 2 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StrategyError);
    expect((error as Error).message).toMatch(
      /^Choker "thrower" of home\/\d, at [\d.]+ s, choose\(\): threw RangeError: no \(at .*thrower\.ts:3:\d+\)$/,
    );
  });

  test("say in which run it was, where runs have names", async () => {
    const cells = [await cellOf(endless), await saboteur("thrower", "throw new RangeError('no')")];
    const nameOf = (index: number) => `number ${index}`;
    await expect(results(cells, { jobs: 2, nameOf })).rejects.toThrow(
      /^number 1: Choker "thrower" of home\/\d, at [\d.]+ s, choose\(\): threw RangeError: no/,
    );
    const looper = [await saboteur("looper", "while (true);")];
    await expect(results(looper, { nameOf, watchInterval: 50 })).rejects.toThrow(
      /^number 0: Choker "looper" of .* has not returned for 10 s\.$/,
    );
  });

  test("end with the error of who takes the results", async () => {
    const cells = [await cellOf(tiny), await cellOf(endless)];
    const onDone = () => {
      throw new Error("the disk is full");
    };
    const nameOf = (index: number) => `number ${index}`;
    await expect(runCells("runCell", cells, { jobs: 2, onDone, nameOf })).rejects.toThrow(
      /^the disk is full$/,
    );
  });

  test("end with an error that says which strategy does not return, of which peer, and when", async () => {
    const cells = [await cellOf(endless), await saboteur("looper", "while (true);")];
    const running = results(cells, { jobs: 2, watchInterval: 50 });
    await expect(running).rejects.toThrow(
      /^Choker "looper" of home\/\d, at [\d.]+ s, choose\(\): has not returned for 10 s\.$/,
    );
  });

  test("are watched while they make their strategies too", async () => {
    await file(
      folder,
      "maker.js",
      "export const picker = { create() { for (;;); }, name: 'maker' };",
    );
    const cell = await cellOf(tiny, "peers.home.picker=./maker.js");
    await expect(results([cell], { watchInterval: 50 })).rejects.toThrow(
      /^Picker "maker" of home\/0, at 0 s, create\(\): has not returned/,
    );
  });
});
