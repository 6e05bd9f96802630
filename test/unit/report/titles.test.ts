import { describe, expect, test } from "@jest/globals";
import type { RunResult } from "../../../src/metrics/results.ts";
import { availabilityChart } from "../../../src/report/availability-chart.ts";
import { boundChart } from "../../../src/report/bound-chart.ts";
import { charts } from "../../../src/report/charts.ts";
import { completionChart } from "../../../src/report/completion-chart.ts";
import { headline } from "../../../src/report/headline.ts";
import { populationChart } from "../../../src/report/population-chart.ts";
import { shareRatioChart } from "../../../src/report/share-ratio-chart.ts";
import { summaryTable } from "../../../src/report/summary-table.ts";
import { throughputChart } from "../../../src/report/throughput-chart.ts";
import { utilisationChart } from "../../../src/report/utilisation-chart.ts";
import {
  fixedResult,
  peerRow,
  runResult,
  sampleRow,
  seederRow,
  strangerRow,
} from "../../support/run-results.ts";

const availability = (...minimums: number[]): RunResult =>
  runResult([], {
    availability: minimums.map((minimum, at) => {
      return { timeSeconds: 10 * (at + 1), minimum, mean: minimum, maximum: 9 };
    }),
  });

describe("a title says what is seen:", () => {
  test.each([
    [[1, 1, 2], "Until 20 s some piece had a single copy"],
    [[1, 3, 1, 4], "Now and then some piece had a single copy, last after 30 s"],
    [[2, 1], "Some piece has a single copy at the end"],
    [[2, 3], "Even the rarest piece has 3 copies at the end"],
    [[1, 0], "A piece is missing from the swarm at the end, first seen after 20 s"],
    [[0, 1], "A piece was missing from the swarm for a while, first seen after 10 s"],
  ])("rarest pieces with %j copies", (minimums, title) => {
    expect(availabilityChart(availability(...minimums)).title).toBe(title);
  });

  test("completions", () => {
    const [done, open] = [peerRow({ completedSeconds: 40 }), peerRow()];
    const titleOf = (...peers: (typeof done)[]) => completionChart(runResult(peers)).title;
    expect(titleOf(done)).toBe("The only leecher completed after 40 s");
    expect(titleOf(done, done)).toBe(
      "Half of the 2 leechers completed within 40 s, all within 40 s",
    );
    expect(titleOf(done, open)).toBe("1 of 2 leechers completed, half of those within 40 s");
    expect(titleOf(open)).toBe("None of 1 leecher completed");
    expect(titleOf(seederRow())).toBe("There was nobody to complete");
  });

  test("the bound, and when it says little because peers came one by one", () => {
    expect(boundChart(fixedResult()).title).toBe(
      "The swarm took 3.75 times the least possible 16 s", // 60 s; 8 MB at 4 Mbit/s
    );
    const late = [seederRow(), peerRow(), peerRow({ arrivedSeconds: 3600 })];
    expect(boundChart(runResult(late)).title).toMatch(
      /^Leechers came over 60.0 min, and the lower/,
    );
    expect(boundChart(runResult([peerRow()])).title).toMatch(/^No lower bound/);
    expect(boundChart(runResult([seederRow(), peerRow()])).title).toMatch(
      /^Not everybody completed/,
    );
  });

  test("the swarm empties for good, and not between two peers", () => {
    const counts = (...leechers: number[]) =>
      runResult([], {
        samples: leechers.map((count, at) =>
          sampleRow({ timeSeconds: 10 * (at + 1), leechers: count }),
        ),
      });
    expect(populationChart(counts(3, 0, 1, 0, 0)).title).toBe(
      "The swarm grew to 3 peers; no leecher was left after 40 s",
    );
    expect(populationChart(counts(3, 0, 1)).title).toBe(
      "The swarm grew to 3 peers, with 1 leecher in it at the end",
    );
  });

  test("link use counts the interval in which the last leecher completed", () => {
    const samples = [
      sampleRow({ timeSeconds: 10, leechers: 1, uplinkUtilisation: 0 }),
      sampleRow({ timeSeconds: 20, leechers: 0, seeders: 1, uplinkUtilisation: 1 }),
      sampleRow({ timeSeconds: 30, leechers: 0, seeders: 1, uplinkUtilisation: 0 }),
    ];
    expect(utilisationChart(runResult([peerRow()], { samples }), "uplink").title).toBe(
      "dsl: uplinks 50 % in use on average",
    );
  });

  test("downlinks, of which those that are no limit are not in use to any part", () => {
    const free = peerRow({
      class: "free",
      downloadCapacityBytesPerSecond: Number.POSITIVE_INFINITY,
    });
    const samples = [
      sampleRow({ class: "free", leechers: 1, downlinkUtilisation: null }),
      sampleRow({ class: "dsl", leechers: 1, downlinkUtilisation: 0.5 }),
    ];
    const some = utilisationChart(runResult([free, peerRow()], { samples }), "downlink");
    expect(some.title).toBe("dsl: downlinks 50 % in use on average");
    expect(some.legend).toEqual(["dsl"]);
    const none = utilisationChart(runResult([free], { samples }), "downlink");
    expect(none.title).toBe("No downlink is a limit");
    expect(JSON.stringify(none.view)).toContain("The downlinks are unlimited");
  });

  test("nothing at all", () => {
    const still = runResult([seederRow(), peerRow()], { samples: [sampleRow({ leechers: 1 })] });
    expect(throughputChart(still, "download").title).toBe("Nobody downloaded anything");
    expect(throughputChart(still, "upload").title).toBe("Nobody uploaded anything");
    expect(utilisationChart(still, "uplink").title).toBe("No uplink was in use");
    expect(shareRatioChart(still).title).toBe("No leecher downloaded anything");
    const rider = runResult([peerRow({ downloadedBytes: 5 })]);
    expect(shareRatioChart(rider).title).toBe("dsl gave nothing for what it took");
  });

  test("names that are too long for a title are cut", () => {
    const name = "a-name-of-a-class-that-is-far-too-long";
    const samples = [sampleRow({ class: name, downloadBytesPerSecond: 125_000 })];
    expect(
      throughputChart(runResult([peerRow({ class: name })], { samples }), "download").title,
    ).toBe("a-name-of-a-class-that-… downloads at up to 1 Mbit/s");
  });
});

describe("the headline of a report", () => {
  test("says who completed, which class was fastest, and how far from the bound", () => {
    expect(headline(fixedResult())).toBe(
      "All 6 leechers completed, half of them within 35 s of their arrival. " +
        "Class fibre was fastest (half within 20 s), dsl slowest (45 s). " +
        "The swarm took 3.75 times the least possible time.",
    );
  });

  test("of a run in which nobody completed, or nobody came", () => {
    expect(headline(runResult([seederRow(), peerRow()]))).toBe(
      "None of 1 leecher completed in 60 s.",
    );
    expect(headline(runResult([seederRow()]))).toBe("No leecher came.");
  });
});

describe("a client among strangers", () => {
  const any = Number.POSITIVE_INFINITY;
  const own = (options = {}) =>
    peerRow({
      class: "this client",
      completedSeconds: 30,
      downloadedBytes: 1000,
      uploadedBytes: 250,
      uploadCapacityBytesPerSecond: any,
      downloadCapacityBytesPerSecond: any,
      ...options,
    });
  const strangers = [
    strangerRow({ peer: 1, role: "seeder", uploadedBytes: 800 }),
    strangerRow({ peer: 2, uploadedBytes: 200, downloadedBytes: 250, leftSeconds: 20 }),
  ];
  const samples = [
    sampleRow({ class: "this client", leechers: 1, uplinkUtilisation: 0.5 }),
    sampleRow({ class: "peers", leechers: 1, seeders: 1, uplinkUtilisation: null }),
  ];

  test("has no charts of limits that nobody knows", () => {
    const ids = (options: object) =>
      charts(runResult([own(options), ...strangers], { samples })).map(({ id }) => id);
    expect(ids({})).toEqual([
      "completion-time",
      "population",
      "availability",
      "download-throughput",
      "upload-throughput",
      "share-ratio",
    ]);
    expect(ids({ uploadCapacityBytesPerSecond: 5000 })).toContain("uplink-utilisation");
    expect(ids({ downloadCapacityBytesPerSecond: 5000 })).toContain("downlink-utilisation");
  });

  test("is told apart from them: their completions are not known", () => {
    const result = runResult([own(), ...strangers], { samples });
    expect(completionChart(result).title).toBe("The only leecher completed after 30 s");
    expect(headline(result)).toBe("The client completed 30 s after it started. It met 2 peers.");
    const open = runResult([own({ completedSeconds: null }), ...strangers]);
    expect(headline(open)).toBe("The client did not complete in 60 s. It met 2 peers.");
    const seeder = own({ role: "seeder", completedSeconds: null, uploadedBytes: 60 * 125_000 });
    expect(headline(runResult([seeder, ...strangers]))).toBe(
      "The client seeded for 60 s, and uploaded 1 Mbit/s on average. It met 2 peers.",
    );
  });

  test("sees its neighbours, and not the swarm", () => {
    const result = runResult([own(), ...strangers], {
      samples,
      availability: [{ timeSeconds: 10, minimum: 0, mean: 1, maximum: 2 }],
    });
    expect(populationChart(result).title).toBe("The client was connected to 2 peers at most");
    expect(availabilityChart(result).title).toMatch(/^A piece is missing among the connected/);
    expect(shareRatioChart(result).caption).toContain("what it gave us");
  });

  test("has no classes of theirs among the leechers that completed", () => {
    const { rows } = summaryTable(runResult([own(), ...strangers]));
    expect(rows.map(([name, count, completed]) => [name, count, completed])).toEqual([
      ["this client", "1", "1"],
      ["peers", "2", "–"],
    ]);
  });
});

test("no uplink is a limit where all are unlimited", () => {
  const free = peerRow({ uploadCapacityBytesPerSecond: Number.POSITIVE_INFINITY });
  expect(utilisationChart(runResult([free]), "uplink").title).toBe("No uplink is a limit");
});
