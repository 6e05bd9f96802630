import { describe, expect, test } from "@jest/globals";
import type { ExperimentCell } from "../../../src/experiments/experiment.ts";
import { hajekZhu2010OneClub } from "../../../src/experiments/hajek-zhu-2010-one-club.ts";
import { serviceOf } from "../../../src/experiments/kept-service.ts";
import { timesOf } from "../../../src/experiments/kept-times.ts";
import { legout2006RarestFirst } from "../../../src/experiments/legout-2006-rarest-first.ts";
import { legout2007Clustering } from "../../../src/experiments/legout-2007-clustering.ts";
import { qiuSrikant2004FreeRiders } from "../../../src/experiments/qiu-srikant-2004-free-riders.ts";
import { qiuSrikant2004Scaling } from "../../../src/experiments/qiu-srikant-2004-scaling.ts";
import { peerRow, runResult, sampleRow, seederRow } from "../../support/run-results.ts";

const cell: ExperimentCell = { id: "any-1", variant: "any", scenario: "", seed: 1 };

describe("times of a class", () => {
  const result = runResult([
    seederRow({ peer: 0 }),
    peerRow({ peer: 1, arrivedSeconds: 10, completedSeconds: 30 }),
    peerRow({ peer: 2, completedSeconds: 40 }),
    peerRow({ peer: 3, class: "other", completedSeconds: 7 }),
    peerRow({ peer: 4 }),
  ]);

  test("are each from its own arrival, of those that completed", () => {
    const times = { peers: 3, completed: 2, mean: 30, median: 30, last: 40 };
    expect(timesOf(result, "dsl")).toEqual(times);
  });

  test("are of all leechers where no class is named, and null where nobody completed", () => {
    expect(timesOf(result)).toMatchObject({ peers: 4, completed: 3, median: 20 });
    expect(timesOf(result, "nobody")).toMatchObject({ completed: 0, mean: null, last: null });
  });
});

test("service is in copies of the file, and its mean utilisation counts each sample alike", () => {
  const peers = [
    peerRow({ peer: 0, uploadedBytes: 100 }),
    peerRow({ peer: 1, uploadedBytes: 300 }),
    peerRow({ peer: 2, class: "other", uploadedBytes: 999 }),
  ];
  const samples = [
    sampleRow({ timeSeconds: 5, leechers: 9, uplinkUtilisation: 1 }),
    sampleRow({ timeSeconds: 10, leechers: 1, uplinkUtilisation: 0.5 }),
    sampleRow({ timeSeconds: 15, leechers: 0, uplinkUtilisation: 0 }),
    sampleRow({ timeSeconds: 15, class: "other", leechers: 3, uplinkUtilisation: 0.1 }),
  ];
  expect(serviceOf(runResult(peers, { samples }), "dsl", 200)).toMatchObject({
    meanCopies: 1,
    mostCopies: 1.5,
    meanUtilisation: 0.75,
  });
});

test("Legout's clustering counts a peer's unchoking by class and head, and the seed's service by leecher", () => {
  const named = (name: string, count: number, first: number) =>
    Array.from({ length: count }, (_, at) => {
      return peerRow({ peer: first + at, class: name, completedSeconds: 100 });
    });
  const peers = [
    seederRow({ peer: 0, class: "seed" }),
    ...named("slow", 13, 1),
    ...named("middle", 14, 14),
    ...named("fast", 13, 28),
  ];
  // One fast peer: as long per head of its own class as of the other two together.
  const unchokes = [
    { from: 28, to: 29, value: 24 },
    { from: 28, to: 1, value: 13 },
    { from: 28, to: 14, value: 14 },
  ];
  const service = peers
    .slice(1)
    .map(({ peer }) => ({ from: 0, to: peer, value: peer <= 20 ? 1 : 3 }));
  const observed = { "unchoke-times": [...unchokes, ...service] };
  const kept = legout2007Clustering.keep({ ...runResult(peers), observed }, cell);
  expect(kept).toMatchObject({ clustering: { fast: 0.5, slow: null, middle: null } });
  // 20 with 1 s and 20 with 3 s: mean 2, deviation sqrt(40/39).
  expect((kept as { seedSpread: number }).seedSpread).toBeCloseTo(Math.sqrt(40 / 39) / 2, 12);
});

test("Legout's entropy is of pairs of leechers in steady state that were neighbours for long enough", () => {
  const at = (peer: number, arrivedSeconds: number) => {
    return peerRow({ peer, arrivedSeconds, completedSeconds: arrivedSeconds + 300 });
  };
  const peers = [seederRow({ peer: 0 }), at(1, 1300), at(2, 1400), at(3, 100), at(4, 1500)];
  const observed = {
    "connected-times": [
      { from: 1, to: 2, value: 100 },
      { from: 1, to: 3, value: 100 },
      { from: 1, to: 4, value: 9 },
      { from: 1, to: 0, value: 100 },
    ],
    "interest-times": [
      { from: 1, to: 2, value: 80 },
      { from: 2, to: 1, value: 30 },
    ],
  };
  const kept = legout2006RarestFirst.keep({ ...runResult(peers), observed }, cell);
  expect(kept).toEqual({
    local: new Array(51).fill(0.8),
    remote: new Array(51).fill(0.3),
    medianSeconds: 300,
  });
});

test("a free rider's share is by head, with and without what the seed sent", () => {
  const peers = [
    seederRow({ peer: 0, class: "seed" }),
    peerRow({ peer: 1, class: "giver" }),
    peerRow({ peer: 2, class: "giver" }),
    peerRow({ peer: 3, class: "rider" }),
  ];
  const observed = {
    "pairwise-bytes": [
      { from: 1, to: 2, value: 60 },
      { from: 2, to: 1, value: 40 },
      { from: 1, to: 3, value: 10 },
      { from: 0, to: 3, value: 30 },
    ],
  };
  const kept = qiuSrikant2004FreeRiders.keep({ ...runResult(peers), observed }, cell);
  expect(kept).toEqual({ shareOfPeers: 0.2, share: 0.8 });
});

test("the fluid model is compared with those who came in steady state, and with the numbers from then on", () => {
  const peers = [
    peerRow({ peer: 0, class: "peer", arrivedSeconds: 10, completedSeconds: 20 }),
    peerRow({ peer: 1, class: "peer", arrivedSeconds: 3000, completedSeconds: 3100 }),
    peerRow({ peer: 2, class: "peer", arrivedSeconds: 4500, completedSeconds: 4501 }),
  ];
  const samples = [
    sampleRow({ timeSeconds: 100, class: "peer", leechers: 90, seeders: 9 }),
    sampleRow({ timeSeconds: 2500, class: "peer", leechers: 2, seeders: 1 }),
    sampleRow({ timeSeconds: 3000, class: "peer", leechers: 4, seeders: 3 }),
  ];
  const kept = qiuSrikant2004Scaling.keep(runResult(peers, { samples }), cell);
  expect(kept).toEqual({ seconds: 100, leechers: 3, seeders: 2 });
});

test("the club's growth is the slope of all leechers over time, without the beginning", () => {
  const times = [0, 600, 1200, 1800, 2400];
  const samples = times.flatMap((timeSeconds) => [
    sampleRow({ timeSeconds, class: "club", leechers: timeSeconds === 0 ? 999 : 10 }),
    sampleRow({ timeSeconds, class: "newcomer", leechers: timeSeconds / 100 }),
  ]);
  const kept = hajekZhu2010OneClub.keep(runResult([peerRow()], { samples }), cell);
  expect(kept).toMatchObject({ population: [999, 16, 22, 28, 34] });
  expect((kept as { slope: number }).slope).toBeCloseTo(0.01, 12);
});
