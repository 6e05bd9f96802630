import { describe, expect, test } from "@jest/globals";
import {
  type FluidModel,
  freeRiderShare,
  sharingEfficiency,
  steadyState,
  transient,
} from "../../../src/theory/qiu-srikant-2004.ts";

const model: FluidModel = { arrivals: 0.05, upload: 0.002, download: 0.02, seederLeaves: 0.004 };

describe("where the fluid model settles", () => {
  test.each([0.02, 0.05, 0.1])("with %d arrivals a second, it takes 250 s", (arrivals) => {
    expect(steadyState({ ...model, arrivals })).toEqual({
      leechers: arrivals * 250,
      seeders: arrivals * 250,
      downloadTime: 250,
      limit: "uplinks",
    });
  });

  test.each([
    ["seeders that stay a fifth as long", { seederLeaves: 0.02 }, 450, "uplinks"],
    ["seeders that leave at once", { seederLeaves: Number.POSITIVE_INFINITY }, 500, "uplinks"],
    ["seeders that stay as long as an upload takes", { seederLeaves: 0.002 }, 50, "downlinks"],
    ["narrow downlinks", { download: 0.0025 }, 400, "downlinks"],
    ["half of the uplinks of use", { efficiency: 0.5 }, 500, "uplinks"],
  ])("with %s", (_, change, seconds, limit) => {
    const { downloadTime, ...rest } = steadyState({ ...model, ...change });
    expect(downloadTime).toBeCloseTo(seconds, 9);
    expect(rest.limit).toBe(limit);
    expect(rest.leechers).toBeCloseTo(0.05 * seconds, 9);
  });

  test("with leechers that give up, 1/250 of them a second, half do, and the rest take as long", () => {
    const { leechers, seeders, downloadTime } = steadyState({ ...model, abandons: 1 / 250 });
    expect(downloadTime).toBeCloseTo(125, 9);
    expect(leechers).toBeCloseTo(0.05 * 125, 9);
    expect(seeders).toBeCloseTo((0.05 / 0.004) * 0.5, 9);
  });

  test.each<[string, Partial<FluidModel>]>([
    ["uplinks", {}],
    ["downlinks", { download: 0.0025 }],
    ["abandons and idle uplinks", { abandons: 0.001, efficiency: 0.7 }],
  ])("nothing changes any more: %s", (_, change) => {
    const at = steadyState({ ...model, ...change });
    const rows = transient({ ...model, ...change }, { ...at, duration: 500, step: 10 });
    expect(rows.at(-1)?.leechers).toBeCloseTo(at.leechers, 9);
    expect(rows.at(-1)?.seeders).toBeCloseTo(at.seeders, 9);
  });
});

describe("the way there", () => {
  test("ends where the steady state is, from an empty swarm and from a flash crowd", () => {
    const { leechers, seeders } = steadyState(model);
    for (const start of [0, 1000]) {
      const rows = transient(model, { leechers: start, seeders: 1, duration: 10_000, step: 20 });
      expect(rows.length).toBe(501);
      expect(rows.at(-1)?.leechers).toBeCloseTo(leechers, 3);
      expect(rows.at(-1)?.seeders).toBeCloseTo(seeders, 3);
    }
  });

  test("is exponential where downlinks alone count, and where seeders alone are left", () => {
    const wide = { ...model, upload: 0.9, seederLeaves: 0.01 };
    const rows = transient(wide, { leechers: 0, seeders: 50, duration: 105, step: 1 });
    for (const { time, leechers } of rows) {
      expect(leechers).toBeCloseTo((0.05 / 0.02) * (1 - Math.exp(-0.02 * time)), 6);
    }
    const nobody = transient(
      { ...model, arrivals: 0 },
      { leechers: 0, seeders: 8, duration: 250, step: 25 },
    );
    expect(nobody.at(-1)?.seeders).toBeCloseTo(8 * Math.exp(-1), 5);
  });

  test("has a row a step, and a shorter last one", () => {
    const rows = transient(model, { leechers: 1, seeders: 1, duration: 25, step: 10 });
    expect(rows.map(({ time }) => time)).toEqual([0, 10, 20, 25]);
  });

  test("keeps count of everybody: who came, less who left, is there", () => {
    const rows = transient(model, { leechers: 100, seeders: 10, duration: 2000, step: 1 });
    let left = 0;
    rows.forEach(({ seeders }, at) => {
      const before = rows[at - 1];
      if (before !== undefined) left += (0.004 * (before.seeders + seeders)) / 2;
    });
    const { leechers, seeders } = rows.at(-1)!;
    expect(leechers + seeders).toBeCloseTo(110 + 0.05 * 2000 - left, 2);
  });

  test.each<[string, Partial<FluidModel>, number, string]>([
    ["too long a step", {}, 60, "A step of 60 s is too long for a rate of 0.02 per s"],
    ["no downlinks", { download: Number.POSITIVE_INFINITY }, 1, "for a rate of Infinity per s"],
    ["too many rows", {}, 1e-4, "1000 s in steps of 0.0001 s are too many; take longer steps."],
    ["no step", {}, 0, "step is 0, and must be above 0."],
  ])("refuses %s", (_, change, step, message) => {
    const options = { leechers: 1, seeders: 1, duration: 1000, step };
    expect(() => transient({ ...model, ...change }, options)).toThrow(message);
  });
});

describe("the efficiency of sharing", () => {
  test.each([
    [100, 1, 0.954],
    [100, 2, 0.9979],
    [1, 5, 0],
    [1000, 0, 0],
  ])("of %d pieces and %d connections is %d", (pieces, connections, efficiency) => {
    expect(sharingEfficiency(pieces, connections)).toBeCloseTo(efficiency, 3);
  });
});

test("a free rider gets a fifth among peers with four regular slots", () => {
  expect(freeRiderShare(4)).toBe(0.2);
});

test.each([
  [{ arrivals: -1 }, "arrivals is -1, and must be 0 or more."],
  [{ upload: 0 }, "upload is 0, and must be above 0."],
  [{ efficiency: 2 }, "efficiency is 2, and must be above 0 and at most 1."],
  [{ seederLeaves: 0 }, "seederLeaves is 0, and must be above 0."],
])("a model with %j is refused", (change, message) => {
  expect(() => steadyState({ ...model, ...change })).toThrow(message);
});
