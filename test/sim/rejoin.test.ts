import { describe, expect, test } from "@jest/globals";
import type { PeerRow } from "../../src/metrics/results.ts";
import { boundChart } from "../../src/report/bound-chart.ts";
import { parseScenario } from "../../src/scenario/parse.ts";
import { writeScenario } from "../../src/scenario/write.ts";
import { simulate } from "../../src/sim/simulate.ts";
import { Simulation } from "../../src/sim/simulation.ts";

const MIB = 2 ** 20;

const text = (leave = "rejoin", stop = "when: time, atMost: 10 min") => `
torrent: { size: 1 MiB, pieceLength: 64 KiB }
peers:
  - { class: origin, count: 1, role: seeder, upload: 8 Mbit/s, download: 8 Mbit/s }
  - class: home
    count: 8
    upload: { uniform: [1 Mbit/s, 8 Mbit/s] }
    download: unlimited
    arrive: { within: 10 s }
    leave: ${leave}
  - { class: client, count: 1, upload: 1 Mbit/s, download: unlimited, arrive: { at: 2 min }, leave: on-completion }
stop: { ${stop} }
`;

/** The visits of each peer of a class, told apart by their links, in order. */
function visitsOf(peers: readonly PeerRow[], className = "home"): PeerRow[][] {
  const visits = new Map<string, PeerRow[]>();
  for (const peer of peers) {
    if (peer.class !== className) continue;
    const link = `${peer.uploadCapacityBytesPerSecond}/${peer.delayMilliseconds}`;
    visits.set(link, [...(visits.get(link) ?? []), peer]);
  }
  return [...visits.values()];
}

describe("peers that rejoin", () => {
  const result = simulate(parseScenario(text()), { check: true });
  const visits = visitsOf(result.peers);

  test("come again at once over the same link, as new peers that have nothing", () => {
    expect(visits).toHaveLength(8);
    for (const own of visits) {
      expect(own.length).toBeGreaterThan(10);
      for (const [at, visit] of own.entries()) {
        const before = own[at - 1];
        if (before !== undefined) expect(visit.arrivedSeconds).toBe(before.leftSeconds);
        if (visit.leftSeconds === null) continue;
        expect(visit.completedSeconds).toBe(visit.leftSeconds);
        expect(visit.downloadedBytes - visit.wastedBytes).toBe(MIB);
      }
    }
    const numbers = result.peers.map(({ peer }) => peer);
    expect(numbers).toEqual(numbers.map((_, at) => at));
  });

  test("keep the swarm as large as it is, to the end of the run", () => {
    expect(result.summary.simulatedSeconds).toBe(600);
    const later = result.samples.filter((row) => row.class === "home" && row.timeSeconds > 15);
    for (const { leechers, seeders } of later) expect(leechers + seeders).toBe(8);
    expect(visits.map((own) => own.at(-1)?.leftSeconds)).toEqual(visits.map(() => null));
  });

  test("count once for each visit in what the run comes to", () => {
    const rows = result.peers.filter((peer) => peer.class === "home");
    expect(result.summary.classes.home?.count).toBe(rows.length);
    expect(result.summary.peers).toEqual({
      total: rows.length + 2,
      completed: rows.length - 8 + 1,
    });
    expect(result.summary.bound).toEqual({ minimumDistributionSeconds: null, ratio: null });
    expect(boundChart(result).title).toMatch(/^No lower bound: .*rejoin/);
  });

  test("do so alike twice, through the codec, and from the scenario that is written", () => {
    const scenario = parseScenario(text());
    expect(simulate(scenario)).toEqual(result);
    expect(simulate({ ...scenario, wire: "bytes" }, { check: true })).toEqual(result);
    expect(simulate(parseScenario(writeScenario(scenario)))).toEqual(result);
  });

  test("may leave before they complete, or crash, and have another stay each time", () => {
    for (const crash of [false, true]) {
      const leave = `{ session: { exponential: 10 s }, crash: ${crash}, rejoin: true }`;
      const { peers } = simulate(parseScenario(text(leave)), { check: true });
      for (const own of visitsOf(peers)) {
        const gone = own.filter(({ leftSeconds }) => leftSeconds !== null);
        const stays = gone.map((one) => (one.leftSeconds as number) - one.arrivedSeconds);
        expect(new Set(stays.map((stay) => stay.toFixed(6))).size).toBe(stays.length);
        const mean = stays.reduce((sum, stay) => sum + stay, 0) / stays.length;
        expect(mean).toBeGreaterThan(5);
        expect(mean).toBeLessThan(20);
        expect(gone.some((one) => one.completedSeconds === null)).toBe(true);
      }
    }
  });

  test("may stay a while as seeders, and bring pieces the first time only", () => {
    const scenario = parseScenario(text("{ after: 5 s, rejoin: true }"), {
      overrides: ["peers.home.pieces={ allBut: [0] }"],
    });
    const { peers } = simulate(scenario, { check: true });
    for (const [first, ...later] of visitsOf(peers)) {
      expect((first?.downloadedBytes ?? 0) - (first?.wastedBytes ?? 0)).toBe(MIB / 16);
      const gone = later.filter(({ leftSeconds }) => leftSeconds !== null);
      expect(gone.length).toBeGreaterThan(5);
      for (const one of gone) {
        expect(one.downloadedBytes - one.wastedBytes).toBe(MIB);
        expect(one.leftSeconds).toBeCloseTo((one.completedSeconds as number) + 5, 9);
      }
    }
  });

  test("keep their part of a mix, and the links of the population", () => {
    const mix = "rejoin\n    mix: [{ class: a, count: 3, choker: none }, { class: b }]";
    const { peers, summary } = simulate(parseScenario(text(mix)), { check: true });
    expect(visitsOf(peers, "a")).toHaveLength(3);
    expect(visitsOf(peers, "b")).toHaveLength(5);
    const count = (summary.classes.a?.count ?? 0) + (summary.classes.b?.count ?? 0);
    expect(count).toBe(peers.length - 2);
    const capacities = (own: PeerRow[][]) =>
      own.map(([first]) => first?.uploadCapacityBytesPerSecond ?? 0).sort((a, b) => a - b);
    const mixed = [...visitsOf(peers, "a"), ...visitsOf(peers, "b")];
    expect(capacities(mixed)).toEqual(capacities(visits));
  });
});

describe("a run that waits for some", () => {
  const waiting = parseScenario(text("rejoin", "when: { complete: [client] }, atMost: 1 h"));

  test("ends as they have completed, and not before", () => {
    const { peers, summary } = simulate(waiting, { check: true });
    const client = peers.find((peer) => peer.class === "client");
    expect(client?.completedSeconds).toBe(summary.simulatedSeconds);
    expect(summary.simulatedSeconds).toBeGreaterThan(120);
    expect(summary.partial).toBe(false);
    expect(summary.classes.home?.count).toBeGreaterThan(30);
  });

  test("ends also when they have left, and at the end of its time in any case", () => {
    const leaving = parseScenario(text("rejoin", "when: { complete: [client] }, atMost: 1 h"), {
      overrides: ["peers.client.leave={ session: 1 s }"],
    });
    expect(simulate(leaving).summary.simulatedSeconds).toBe(121);
    const late = { ...waiting, stop: { ...waiting.stop, atMost: 121_000 } };
    expect(simulate(late).summary.simulatedSeconds).toBe(121);
  });

  test("knows how far it is by those alone", () => {
    const simulation = new Simulation(waiting);
    const fractions: number[] = [];
    while (!simulation.isDone) {
      simulation.advance(2_000);
      const { fraction, completed, expected } = simulation.progress();
      fractions.push(fraction);
      expect(expected).toBe(1);
      expect(completed).toBe(fraction === 1 ? 1 : 0);
    }
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  });

  test("that waits for those who rejoin knows no share of an end, and goes on to its time", () => {
    const endless = parseScenario(text("rejoin", "atMost: 3 min"));
    const simulation = new Simulation(endless);
    while (!simulation.isDone) {
      simulation.advance(5_000);
      const { fraction, completed, expected } = simulation.progress();
      expect(fraction).toBe(0);
      expect(completed).toBeLessThan(expected);
    }
    expect(simulation.finish().summary.simulatedSeconds).toBe(180);
  });
});

test("those who went hold no client, no row and no connection", () => {
  const simulation = new Simulation(parseScenario(text("rejoin", "when: time, atMost: 1 h")), {
    check: true,
  });
  while (!simulation.isDone) simulation.advance(10_000);
  const { peers, arenas, tracking } = simulation.swarm;
  expect(peers.length).toBeGreaterThan(500);
  expect(peers.filter(({ client }) => client !== undefined)).toHaveLength(9);
  // Ten were there at once, and each has 15 connections to others at most: a run of 16 handles.
  expect(arenas.clients.length).toBeLessThanOrEqual(11);
  expect(arenas.connections.length).toBeLessThanOrEqual(11 * 16);
  const { complete, incomplete } = tracking.scrape();
  expect(complete + incomplete).toBeLessThanOrEqual(10);
});
